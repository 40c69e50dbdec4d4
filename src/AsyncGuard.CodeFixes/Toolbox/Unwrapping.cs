using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>What is awaited instead of calling a function that blocks on what it is given (<c>RunSync(() => LoadAsync())</c>)?</summary>
internal static class Unwrapping
{
    /// <summary>From the call, in whatever state, to the task in it; <see langword="null"/> where the function does more than wait, catches, or the work is a block of its own.</summary>
    public static Func<ExpressionSyntax, ExpressionSyntax?>? Of(BlockingCall blocking, ExpressionSyntax expression)
    {
        if (blocking is not { Operation: IInvocationOperation call, Task: { } given }
            || call.Arguments.Count(each => each.ArgumentKind == ArgumentKind.Explicit) != 1
            || given.Parent is not IArgumentOperation argument
            || !HasResultOf(call.TargetMethod, given.Type)
            || (blocking.Inside is { } inside && CaughtInside.Is(call.TargetMethod, inside))
            || !(given.Bare() is { Type.TypeKind: TypeKind.Delegate } or IAnonymousFunctionOperation or IMethodReferenceOperation || OnlyWaits(blocking.Inside)))
        {
            return null;
        }

        var isReceiver = argument.Syntax is not ArgumentSyntax;
        if (TaskIn(isReceiver ? Receiver(expression) : FirstArgument(expression), given) is null)
        {
            return null;
        }

        if (call.TargetMethod.Name != BlockingWrappers.Swallowing || blocking.Inside is not null)
        {
            return now => TaskIn(isReceiver ? Receiver(now) : FirstArgument(now), given);
        }

        return SwallowingAwait.Of(given.Bare().Type, expression) is not { } await ? null
            : now => TaskIn(isReceiver ? Receiver(now) : FirstArgument(now), given) is { } task ? await(task) : null;
    }

    // Who runs what it is given gives its result; who takes a task may compute something from it.
    private static bool OnlyWaits(IOperation? inside)
    {
        var whole = inside;
        while (whole?.Parent is IConversionOperation)
        {
            whole = whole.Parent;
        }

        return whole is null or { Parent: IReturnOperation { Parent: IBlockOperation { Operations.Length: 1 } } or IExpressionStatementOperation { Parent: IBlockOperation { Operations.Length: 1 } } };
    }

    private static ExpressionSyntax? TaskIn(ExpressionSyntax? work, IOperation given) => (work, given.Bare()) switch
    {
        (null, _) => null,
        (ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0, ExpressionBody: AwaitExpressionSyntax { Expression: var task } }, _) => task,
        (ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0, ExpressionBody: { } task, AsyncKeyword.RawKind: 0 }, _) => task,
        (AnonymousFunctionExpressionSyntax, _) => null,
        (_, { Type.TypeKind: TypeKind.Delegate } or IMethodReferenceOperation) => InvocationExpression(work),
        _ => work,
    };

    private static ExpressionSyntax? Receiver(ExpressionSyntax call) => ((call as InvocationExpressionSyntax)?.Expression as MemberAccessExpressionSyntax)?.Expression;

    private static ExpressionSyntax? FirstArgument(ExpressionSyntax call) => call is InvocationExpressionSyntax { ArgumentList.Arguments: [var only] } ? only.Expression : null;

    // Void, or exactly what the task gives.
    private static bool HasResultOf(IMethodSymbol wrapper, ITypeSymbol? work)
    {
        var task = work is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var made } ? made : work;
        return wrapper.ReturnsVoid || (task is INamedTypeSymbol { TypeArguments: [var result] } && SymbolEqualityComparer.Default.Equals(result, wrapper.ReturnType));
    }
}
