using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>The parts of a call that must be evaluated now although the call is made later, as locals in the order they were written.</summary>
internal sealed record EarlyValues(IReadOnlyList<StatementSyntax> Statements, IReadOnlyDictionary<SyntaxNode, SyntaxNode> Replaced)
{
    /// <summary><see langword="null"/> where nothing needs to be, or something cannot be: a reference, a lambda that reads what changes.</summary>
    public static EarlyValues? Of(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancel)
    {
        if (model.GetOperation(call, cancel) is not IInvocationOperation operation || StartedWork.In(call, model, cancel) is not null || !LateReads.MayChange(call, model, cancel))
        {
            return null;
        }

        var parts = Parts(call, operation).ToList();
        var hasEffect = parts.Any(each => LateReads.HasEffect(each.Written, model, cancel));
        var statements = new List<StatementSyntax>();
        var replaced = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var (written, name) in parts)
        {
            if (IsPlain(written, model, cancel) || !(hasEffect || LateReads.MayChange(written, model, cancel)))
            {
                continue;
            }

            if (written is AnonymousFunctionExpressionSyntax || written.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
            {
                return null;
            }

            var local = Free(name, call, model, statements.Count);
            statements.Add(LocalDeclarationStatement(VariableDeclaration(
                IdentifierName("var"), [VariableDeclarator(Identifier(local), null, EqualsValueClause(written.WithoutTrivia()))])));
            replaced[written] = IdentifierName(local).WithTriviaFrom(written);
        }

        return statements.Count == 0 ? null : new(statements, replaced);
    }

    // The receiver comes first, then the arguments as they stand.
    private static IEnumerable<(ExpressionSyntax Written, string Name)> Parts(InvocationExpressionSyntax call, IInvocationOperation operation)
    {
        if (call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && operation.Instance is not (null or IInstanceReferenceOperation))
        {
            yield return (receiver, "target");
        }

        foreach (var argument in call.ArgumentList.Arguments)
        {
            var parameter = operation.Arguments.FirstOrDefault(each => each.Syntax == argument)?.Parameter;
            yield return (argument.Expression, parameter?.Name ?? "argument");
        }
    }

    // What means the same at any time.
    private static bool IsPlain(ExpressionSyntax written, SemanticModel model, CancellationToken cancel) => written switch
    {
        LiteralExpressionSyntax or ThisExpressionSyntax or BaseExpressionSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax => true,
        AnonymousFunctionExpressionSyntax => !LateReads.MayChange(written, model, cancel),
        _ => model.GetConstantValue(written, cancel).HasValue
            || model.GetSymbolInfo(written, cancel).Symbol is IMethodSymbol { } group && model.GetTypeInfo(written, cancel).Type is null && group.IsStatic
            || (model.GetSymbolInfo(written, cancel).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol { IsReadOnly: true } && !LateReads.MayChange(written, model, cancel)),
    };

    private static string Free(string name, SyntaxNode place, SemanticModel model, int others)
    {
        var block = place.Ancestors().FirstOrDefault(each => each is MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) ?? place;
        string[] names = [name, name + "Now", "current" + char.ToUpperInvariant(name[0]) + name.Substring(1)];
        return names.FirstOrDefault(each => SyntaxFacts.GetKeywordKind(each) == SyntaxKind.None
            && model.LookupSymbols(place.SpanStart, name: each).All(symbol => symbol is not (ILocalSymbol or IParameterSymbol))
            && !block.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == each && token.Parent is VariableDeclaratorSyntax or ParameterSyntax or SingleVariableDesignationSyntax))
            ?? name + (others + 1);
    }
}
