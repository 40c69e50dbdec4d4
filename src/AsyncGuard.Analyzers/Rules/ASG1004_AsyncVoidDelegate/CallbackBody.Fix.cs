using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>The body of an async callback as work that gets a token.</summary>
internal static class CallbackBody
{
    /// <summary><c>async ct => …</c>; <see langword="null"/> where the callback reads a parameter of its own.</summary>
    public static LambdaExpressionSyntax? WithToken(FixSite site, AnonymousFunctionExpressionSyntax callback)
    {
        if (ReadsParameter(site, callback))
        {
            return null;
        }

        var (body, token) = PassingToken(site, callback);
        return SyntaxFactory.SimpleLambdaExpression(SyntaxFactory.Parameter(SyntaxFactory.Identifier(token)), body)
            .WithAsyncKeyword(SyntaxFactory.Token(SyntaxKind.AsyncKeyword));
    }

    /// <summary>The body, in which every call that takes a token gets one, and what that is called: <c>_</c> where no call does.</summary>
    public static (CSharpSyntaxNode Body, string Token) PassingToken(FixSite site, AnonymousFunctionExpressionSyntax callback)
    {
        var passing = new TokenPassing(site.Model, SupervisedRun.TokenName(site.Model, callback.Body.SpanStart));
        var body = (CSharpSyntaxNode)passing.Visit(callback.Body);
        return (body, passing.ParameterFor(callback));
    }

    public static bool ReadsParameter(FixSite site, AnonymousFunctionExpressionSyntax callback) =>
        site.Model.GetSymbolInfo(callback).Symbol is not IMethodSymbol function
        || callback.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name =>
            site.Model.GetSymbolInfo(name).Symbol is IParameterSymbol read && function.Parameters.Contains(read, SymbolEqualityComparer.Default));
}
