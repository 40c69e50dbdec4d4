using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Where does a walk through callers end, and how?</summary>
internal static class AsyncEnds
{
    /// <summary>Whether the function stays <c>void</c>: an event's handler, from which no error can escape.</summary>
    public static bool IsGuardedHandler(AsyncRewriting function, CompilationFacts facts, CancellationToken cancel) =>
        function.Symbol is { ReturnsVoid: true, Parameters: [{ Type.SpecialType: SpecialType.System_Object }, { Type: var args }] } handler
        && IsEventArgs(args, facts.Types["System.EventArgs"])
        && DelegatesOf.Function(handler, facts, cancel).All(each => each.Parent is IEventAssignmentOperation)
        && facts.References.Of(handler, cancel).All(each => each is IMethodReferenceOperation)
        && facts.Bodies.Of(handler, cancel) is { } body
        && facts.Errors.FirstEscape(body, cancel) is null;

    /// <summary>Whether the function is none that could be async: the body of a thread, a method of a struct (it would change a copy), a <c>Main</c> that has to stay on its thread or is too old.</summary>
    public static bool StaySynchronous(AsyncRewriting function, CompilationFacts facts) => function is { IsAsyncAlready: false, Symbol: { } symbol }
        && (facts.FreeToBlock.HasOwnThread(symbol)
            || symbol is { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation, IsStatic: false, IsReadOnly: false, ContainingType: { IsValueType: true, IsReadOnly: false } }
            || (SymbolEqualityComparer.Default.Equals(facts.Compilation.GetEntryPoint(CancellationToken.None), symbol)
                && (function.Function.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp7_1 } || symbol.GetAttributes().Any(each => each.AttributeClass?.Name == "STAThreadAttribute"))));

    /// <summary>Whether somebody outside calls the function by its name and its signature, so that neither can change.</summary>
    public static bool IsCalledByName(IMethodSymbol method, CompilationFacts facts) =>
        EventHandlers.HasSignature(method) // by markup, perhaps
        || method.Name is "Configure" or "ConfigureServices" or "ConfigureContainer"
        && method.Parameters.Any(each => SymbolEqualityComparer.Default.Equals(each.Type, facts.Types["Microsoft.AspNetCore.Builder.IApplicationBuilder"])
            || SymbolEqualityComparer.Default.Equals(each.Type, facts.Types["Microsoft.Extensions.DependencyInjection.IServiceCollection"]));

    /// <summary>Whether a caller that cannot be async does no harm when it blocks.</summary>
    public static bool MayBlock(ExpressionSyntax call, SemanticModel model, CompilationFacts facts, CancellationToken cancel) =>
        model.GetEnclosingSymbol(call.SpanStart, cancel) is IMethodSymbol caller && facts.FreeToBlock.Contains(caller);

    public static ExpressionSyntax Blocking(ExpressionSyntax call) =>
        Call(Call(call.WithoutTrivia().WithAdditionalAnnotations(AsyncChange.Awaited), "GetAwaiter"), "GetResult").WithTriviaFrom(call);

    private static InvocationExpressionSyntax Call(ExpressionSyntax receiver, string name) =>
        SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, SyntaxFactory.IdentifierName(name)));

    private static bool IsEventArgs(ITypeSymbol type, INamedTypeSymbol? eventArgs)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(it, eventArgs))
            {
                return true;
            }
        }

        return false;
    }
}
