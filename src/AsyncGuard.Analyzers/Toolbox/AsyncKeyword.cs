namespace AsyncGuard.Toolbox;

/// <summary>Where does a lambda say that it is async?</summary>
internal static class AsyncKeyword
{
    public static Location Of(IAnonymousFunctionOperation lambda) =>
        lambda.Syntax is AnonymousFunctionExpressionSyntax { AsyncKeyword: var keyword } ? keyword.GetLocation() : lambda.Syntax.GetLocation();
}
