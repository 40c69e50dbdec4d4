using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>What is awaited instead of a wait that a time or a token may end?</summary>
/// <remarks>
/// A wait goes on where its time runs out, and <c>WaitAsync</c> throws there: a race with a delay does as the wait did. A token makes both throw.
/// </remarks>
internal sealed class BoundedAwait
{
    private readonly int _time;
    private readonly int _token;

    private BoundedAwait(int time, int token) => (_time, _token) = (time, token);

    /// <summary>How many of the arguments limit it, from the end.</summary>
    public int Arguments { get; private init; }

    /// <summary>Of a call that waits: which of its arguments are the bounds.</summary>
    public static BoundedAwait Of(IOperation blocking)
    {
        var (time, token, all) = (-1, -1, 0);
        if (blocking is IInvocationOperation { Syntax: InvocationExpressionSyntax { ArgumentList.Arguments: var written } } call)
        {
            foreach (var argument in call.Arguments)
            {
                var place = argument is { ArgumentKind: ArgumentKind.Explicit, Syntax: ArgumentSyntax syntax } ? written.IndexOf(syntax) : -1;
                var isTime = argument.Parameter is { Type: { SpecialType: SpecialType.System_Int32 } or { Name: "TimeSpan" } };
                if (place >= 0 && (isTime || argument.Parameter is { Type.Name: "CancellationToken" }))
                {
                    all++;
                    (time, token) = (isTime && !IsForEver(argument.Value) ? place : time, isTime ? token : place);
                }
            }
        }

        return new(time, token) { Arguments = all };
    }

    /// <summary>The task with the bounds, which stand in <paramref name="arguments"/>.</summary>
    public ExpressionSyntax With(ExpressionSyntax task, SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        var token = _token < 0 ? null : Bare(arguments[_token]);
        if (_time < 0)
        {
            return token is null ? task : Call(task, "WaitAsync", token);
        }

        var delay = token is null ? Call(Task, "Delay", Bare(arguments[_time])) : Call(Task, "Delay", Bare(arguments[_time]), token);
        return AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), Call(Task, "WhenAny", Argument(task.WithoutTrivia()), Argument(delay)));
    }

    // Timeout.Infinite, Timeout.InfiniteTimeSpan
    private static bool IsForEver(IOperation time) =>
        time.Bare() is { ConstantValue: { HasValue: true, Value: -1 } } or IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } };

    private static ExpressionSyntax Task => ParseExpression("global::System.Threading.Tasks.Task").WithAdditionalAnnotations(Simplifier.Annotation);

    private static ArgumentSyntax Bare(ArgumentSyntax argument) => Argument(argument.Expression.WithoutTrivia());

    private static InvocationExpressionSyntax Call(ExpressionSyntax receiver, string name, params ArgumentSyntax[] arguments) => InvocationExpression(
        MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, IdentifierName(name)),
        ArgumentList(SeparatedList(arguments, Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), arguments.Length - 1))));
}
