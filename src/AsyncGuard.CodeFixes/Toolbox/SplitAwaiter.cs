namespace AsyncGuard.Fixing;

/// <summary>An awaiter that was put into a local becomes the task itself: <c>var a = t.GetAwaiter(); … a.GetResult()</c>.</summary>
internal sealed class SplitAwaiter
{
    private readonly InvocationExpressionSyntax _made;

    private SplitAwaiter(InvocationExpressionSyntax made, IReadOnlyList<SyntaxNode> reads)
    {
        _made = made;
        Nodes = [made, .. reads];
    }

    /// <summary>The making of the awaiter, and each of its blocking reads.</summary>
    public IReadOnlyList<SyntaxNode> Nodes { get; }

    public SyntaxNode Replace(SyntaxNode old, SyntaxNode now) => old == _made
        ? ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)now).Expression).Expression.WithTriviaFrom(now)
        : Awaits.InPlaceOf((ExpressionSyntax)old, ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)now).Expression).Expression);

    /// <summary><see langword="null"/> where the local is used for more than that.</summary>
    public static SplitAwaiter? Of(ILocalReferenceOperation awaiter, ExpressionSyntax read, SemanticModel model, CancellationToken cancel)
    {
        if (awaiter.Local.DeclaringSyntaxReferences is not [var reference]
            || reference.GetSyntax(cancel) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true, Variables.Count: 1 }, Initializer.Value: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } made }
            || AwaitPlaces.FunctionAround(made) is not { } function || function != AwaitPlaces.FunctionAround(read))
        {
            return null;
        }

        var reads = new List<SyntaxNode>();
        foreach (var name in function.DescendantNodes().OfType<IdentifierNameSyntax>().Where(each => each.Identifier.ValueText == awaiter.Local.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(each, cancel).Symbol, awaiter.Local)))
        {
            switch (name.Parent)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Parent: InvocationExpressionSyntax call } when AwaitPlaces.FunctionAround(call) == function:
                    reads.Add(call);
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsCompleted" }:
                    break;
                default:
                    return null;
            }
        }

        return new(made, reads);
    }
}
