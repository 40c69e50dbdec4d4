namespace AsyncGuard.Fixing;

/// <summary>Which period does the <c>PeriodicTimer</c> have that drives this loop, if it was made for the loop alone?</summary>
internal static class TickPeriod
{
    public static string? Of(FixSite site, LoopSite loop) => Declaration(site, loop) is { } declaration
        && declaration.Declaration.Variables[0].Initializer?.Value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var period }] }
            ? period.WithoutTrivia().ToString()
            : null;

    /// <summary>The local that holds the timer, where only the loop's head uses it: it goes with the loop.</summary>
    public static LocalDeclarationStatementSyntax? Declaration(FixSite site, LoopSite loop)
    {
        if (loop.Loop is not WhileStatementSyntax { Condition: AwaitExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } } } }
            || site.Model.GetSymbolInfo(name).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: [var reference] } timer
            || reference.GetSyntax() is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } })
        {
            return null;
        }

        var scope = declaration.Parent!;
        var uses = scope.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Count(each => each.Identifier.ValueText == timer.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(each).Symbol, timer));
        return uses == 1 ? declaration : null;
    }
}
