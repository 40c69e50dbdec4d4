using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Toolbox;

/// <summary>Is this loop meant to run until it is stopped, and on what?</summary>
internal sealed class LongRunningLoops(EndlessSources sources)
{
    public LoopShape KindOf(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } => KindOf(condition, loop),
        IForLoopOperation { Condition: null } => LoopShape.Endless,
        IForLoopOperation { Condition: { } condition, AtLoopBottom.IsEmpty: true } => KindOf(condition, loop),
        IForEachLoopOperation { Syntax: CommonForEachStatementSyntax } each when sources.IsEndless(each.Collection) => LoopShape.Items,
        _ => LoopShape.Bounded,
    };

    public bool IsLongRunning(IOperation operation) => operation is ILoopOperation loop && KindOf(loop) != LoopShape.Bounded;

    /// <summary>The outermost long-running loop around this operation in the same function; the operation itself does not count.</summary>
    public ILoopOperation? Around(IOperation operation)
    {
        ILoopOperation? outermost = null;
        for (var it = operation.Parent; it is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); it = it.Parent)
        {
            outermost = IsLongRunning(it) ? (ILoopOperation)it : outermost;
        }

        return outermost;
    }

    /// <summary>The loop's keyword with its condition, where a report about the loop stands: the keyword alone where that is more than a line.</summary>
    public static Location LocationOf(ILoopOperation loop)
    {
        var (keyword, end) = loop.Syntax switch
        {
            WhileStatementSyntax it => (it.WhileKeyword, it.CloseParenToken),
            ForStatementSyntax it => (it.ForKeyword, it.CloseParenToken),
            CommonForEachStatementSyntax it => (it.AwaitKeyword.IsKind(SyntaxKind.None) ? it.ForEachKeyword : it.AwaitKeyword, it.CloseParenToken),
            DoStatementSyntax it => (it.DoKeyword, it.DoKeyword),
            var other => (other.GetFirstToken(), other.GetFirstToken()),
        };
        var head = Location.Create(loop.Syntax.SyntaxTree, TextSpan.FromBounds(keyword.SpanStart, end.Span.End));
        var lines = head.GetLineSpan();
        return lines.StartLinePosition.Line == lines.EndLinePosition.Line ? head : keyword.GetLocation();
    }

    private static LoopShape KindOf(IOperation condition, ILoopOperation loop)
    {
        switch (condition.Bare())
        {
            case { ConstantValue: { HasValue: true, Value: var value } }:
                return value is true ? LoopShape.Endless : LoopShape.Bounded;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } both:
                return Both(KindOf(both.LeftOperand, loop), KindOf(both.RightOperand, loop));
            // "until stopped, and then until it is empty": the stop is still what it waits for.
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } either:
                return Either(KindOf(either.LeftOperand, loop), KindOf(either.RightOperand, loop));
            case IAwaitOperation { Operation: var awaited }:
                return EndlessSources.WaitKind(awaited);
            case IInvocationOperation call when EndlessSources.IsEndlessTake(call):
                return LoopShape.Items;
            case var test:
                return StopConditions.IsStop(test, loop) ? LoopShape.UntilStopped : LoopShape.Bounded;
        }
    }

    // The more telling of two: a tick or an item says more than the stop that also ends the loop.
    private static LoopShape Both(LoopShape left, LoopShape right) =>
        left == LoopShape.Bounded || right == LoopShape.Bounded ? LoopShape.Bounded : Either(left, right);

    private static LoopShape Either(LoopShape left, LoopShape right) => left > right ? left : right;
}
