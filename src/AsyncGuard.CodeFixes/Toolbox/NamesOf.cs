using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Where do these members stand by name: calls, method groups, reads, <c>nameof</c>, documentation?</summary>
internal static class NamesOf
{
    public static IEnumerable<SimpleNameSyntax> All(IReadOnlyCollection<ISymbol> family, SyntaxTree tree, SemanticModel model, CancellationToken cancel)
    {
        var name = AsyncNames.Plain(family.First());
        foreach (var node in NamesInTree.Of(name, tree, cancel).Concat(InDocumentation(name, tree, cancel)))
        {
            var info = model.GetSymbolInfo(node, cancel);
            var meant = info.Symbol is null ? info.CandidateSymbols : [info.Symbol];
            if (!meant.IsEmpty && meant.All(each => family.Contains(Defined(each), SymbolEqualityComparer.Default)))
            {
                yield return node;
            }
        }
    }

    /// <summary>The expression that the name ends: with its receiver, without its arguments.</summary>
    public static ExpressionSyntax WholeOf(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access,
        MemberBindingExpressionSyntax binding => binding,
        _ => name,
    };

    /// <summary>The call of what is named.</summary>
    public static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name) => WholeOf(name) is { Parent: InvocationExpressionSyntax call } whole && call.Expression == whole ? call : null;

    /// <summary>Whether nothing runs here: <c>nameof</c>, documentation.</summary>
    public static bool IsOnlyName(SimpleNameSyntax name) =>
        name.IsPartOfStructuredTrivia()
        || WholeOf(name).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } };

    /// <summary>Whether a call goes on from a <c>?.</c>, so that there may be no task.</summary>
    public static bool IsBehindQuestionMark(ExpressionSyntax call)
    {
        var at = call;
        while (true)
        {
            switch (at)
            {
                case InvocationExpressionSyntax { Expression: var called }:
                    at = called;
                    continue;
                case MemberAccessExpressionSyntax { Expression: var receiver }:
                    at = receiver;
                    continue;
                case ElementAccessExpressionSyntax { Expression: var receiver }:
                    at = receiver;
                    continue;
                default:
                    return at is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax;
            }
        }
    }

    private static IEnumerable<SimpleNameSyntax> InDocumentation(string name, SyntaxTree tree, CancellationToken cancel) =>
        tree.GetRoot(cancel).DescendantNodes(descendIntoTrivia: true).OfType<NameMemberCrefSyntax>()
            .Select(each => each.Name is QualifiedNameSyntax { Right: var right } ? right : each.Name)
            .Concat(tree.GetRoot(cancel).DescendantNodes(descendIntoTrivia: true).OfType<QualifiedCrefSyntax>().Select(each => (each.Member as NameMemberCrefSyntax)?.Name))
            .OfType<SimpleNameSyntax>().Where(each => each.Identifier.ValueText == name).Distinct();

    private static ISymbol Defined(ISymbol member) => ((member as IMethodSymbol)?.ReducedFrom ?? member).OriginalDefinition;
}
