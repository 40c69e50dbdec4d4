using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>What does the body of a parallel loop become that awaits: <c>async (item, token) => …</c>?</summary>
internal static class AsyncLoopBody
{
    /// <summary><see langword="null"/> where the body takes more than the item, or blocks on something that no <c>await</c> stands for.</summary>
    public static ParenthesizedLambdaExpressionSyntax? Of(ExpressionSyntax body, FixSite site)
    {
        if (ParameterOf(body) is not { } item || body is not AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: 0 } function)
        {
            return null;
        }

        var token = FreeName.For(site, body, "token", "cancel", "stop");
        var awaiting = new Awaiting(site, token);
        var changed = awaiting.Of(function.Body);
        return changed is null || awaiting.LeavesSome
            ? null
            : ParenthesizedLambdaExpression(
                Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(Space),
                ParameterList(SeparatedList([item.WithoutTrivia(), Parameter(Identifier(awaiting.IsUsed ? token : FreeName.For(site, body, "_", token))).WithType(TypeLike(item))])).NormalizeWhitespace().WithTrailingTrivia(Space),
                Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(function is LambdaExpressionSyntax lambda ? lambda.ArrowToken.TrailingTrivia : [Space]),
                changed)
            .WithTriviaFrom(body);
    }

    private static ParameterSyntax? ParameterOf(ExpressionSyntax body) => body switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var only] } => only,
        AnonymousMethodExpressionSyntax { ParameterList.Parameters: [var only] } => only,
        _ => null,
    };

    // Lambda parameters have types all or none.
    private static TypeSyntax? TypeLike(ParameterSyntax item) =>
        item.Type is null ? null : ParseTypeName("global::System.Threading.CancellationToken").WithAdditionalAnnotations(Microsoft.CodeAnalysis.Simplification.Simplifier.Annotation);

    /// <summary>Awaits every blocking call of the body itself, and passes the loop's token on.</summary>
    private sealed class Awaiting(FixSite site, string token) : TokenPassing(site.Model, token)
    {
        private readonly Dictionary<SyntaxNode, AwaitInstead> _blocking = [];

        public bool LeavesSome { get; private set; }

        public CSharpSyntaxNode? Of(CSharpSyntaxNode body)
        {
            foreach (var name in body.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
            {
                if (name.Identifier.ValueText is "Result" or "Wait" or "GetResult" or "WaitAll" or "WaitAny" || name.Parent is InvocationExpressionSyntax)
                {
                    Add(name, body);
                }
            }

            return _blocking.Count == 0 ? null : (CSharpSyntaxNode?)Visit(body);
        }

        public override SyntaxNode? Visit(SyntaxNode? node)
        {
            var visited = base.Visit(node);
            return node is not null && visited is not null && _blocking.TryGetValue(node, out var await) ? await.Replace(node, visited) : visited;
        }

        // What waits no longer needs no token; what it waits for may.
        public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node) => _blocking.ContainsKey(node)
            ? node.WithExpression((ExpressionSyntax?)Visit(node.Expression) ?? node.Expression).WithArgumentList((ArgumentListSyntax?)Visit(node.ArgumentList) ?? node.ArgumentList)
            : base.VisitInvocationExpression(node);

        private void Add(SimpleNameSyntax name, CSharpSyntaxNode body)
        {
            if (AwaitInstead.At(name, site.Model) is not { } await)
            {
                return;
            }

            foreach (var node in await.Nodes)
            {
                LeavesSome |= AwaitPlaces.FunctionAround(node) != body.Parent;
                _blocking[node] = await;
            }
        }
    }
}
