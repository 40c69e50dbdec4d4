using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>A field, property or local that held a timer, now one that holds supervised work: its type, and what stops it.</summary>
internal sealed class TimerVariable(FixSite site, ISymbol variable, TypeSyntax declared)
{
    /// <summary>The variable that a new timer is put into, declared in this document with its type; <see langword="null"/> where it is none.</summary>
    public static TimerVariable? Of(FixSite site, ExpressionSyntax made)
    {
        var symbol = made.Parent switch
        {
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.CoalesceAssignmentExpression, Left: var target } assignment when assignment.Right == made =>
                site.Model.GetSymbolInfo(target).Symbol,
            EqualsValueClauseSyntax { Parent: (VariableDeclaratorSyntax or PropertyDeclarationSyntax) and var place } => site.Model.GetDeclaredSymbol(place),
            _ => null,
        };

        return symbol is { DeclaringSyntaxReferences: [var declaration] } && declaration.SyntaxTree == site.Root.SyntaxTree && TypeOf(declaration.GetSyntax()) is { IsVar: false } type
            ? new(site, symbol, type)
            : null;
    }

    /// <summary>The document with the timer replaced, the variable of the new type, and a stop where there was a disposal.</summary>
    public SyntaxNode With(ExpressionSyntax made, ExpressionSyntax by)
    {
        var bare = declared is NullableTypeSyntax nullable ? nullable.ElementType : declared;
        var stops = site.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(name).Symbol, variable))
            .Select(StopAt).OfType<ExpressionSyntax>().ToList();
        return site.Root.ReplaceNodes(stops.Append(bare).Append(made), (old, _) =>
            old == made ? by
            : old == bare ? SyntaxFactory.ParseTypeName(new Written(site, bare).Type("AsyncGuard.SupervisedTask")).WithTriviaFrom(bare)
            : Stopping((ExpressionSyntax)old));
    }

    private static TypeSyntax? TypeOf(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Type: var type } } => type,
        PropertyDeclarationSyntax { Type: var type } => type,
        _ => null,
    };

    // _timer.Dispose(); _timer?.Change(Timeout.Infinite, 0); await _timer.DisposeAsync();
    private static ExpressionSyntax? StopAt(IdentifierNameSyntax name)
    {
        ExpressionSyntax timer = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own && own.Name == name ? own : name;
        var (whole, call) = timer.Parent switch
        {
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax direct } access when access.Expression == timer => (direct, direct),
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax inner } access when access.Expression == timer => ((ExpressionSyntax)access, inner),
            _ => default,
        };

        return call is not null && whole?.Parent is ExpressionStatementSyntax or AwaitExpressionSyntax { Parent: ExpressionStatementSyntax } && Stops(call) ? whole : null;
    }

    private static bool Stops(InvocationExpressionSyntax call) => call switch
    {
        { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } => IsStop(name, call),
        { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: var name } } => IsStop(name, call),
        _ => false,
    };

    private static bool IsStop(string name, InvocationExpressionSyntax call) =>
        name is "Dispose" or "DisposeAsync" || (name == "Change" && call.ArgumentList.Arguments is [{ Expression: var due }, _] && due.ToString() is "Timeout.Infinite" or "Timeout.InfiniteTimeSpan" or "-1");

    // Who disposed of the timer did not wait for its callback either.
    private static ExpressionSyntax Stopping(ExpressionSyntax whole)
    {
        var timer = whole is ConditionalAccessExpressionSyntax access ? access.Expression : ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)whole).Expression).Expression;
        var stop = $"{timer.WithoutTrivia()}{(whole is ConditionalAccessExpressionSyntax ? "?" : "")}.StopAsync()";
        return SyntaxFactory.ParseExpression(whole.Parent is AwaitExpressionSyntax ? stop : "_ = " + stop).WithTriviaFrom(whole);
    }
}
