using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Is a failed <c>try</c> an answer: nothing was there to look up, or a local has kept the value that says so?</summary>
internal static class Attempts
{
    public static bool IsOne(ITryOperation guard) => OnlyLooksUp(guard.Body) || IsTested(guard);

    // entry.X = (float)circles[id].x: without a call nothing fails but the look-up itself.
    private static bool OnlyLooksUp(IBlockOperation body)
    {
        var looksUp = false;
        foreach (var operation in body.Descendants())
        {
            if (operation is IInvocationOperation or IObjectCreationOperation or IDynamicInvocationOperation or IDynamicObjectCreationOperation or IAwaitOperation or IThrowOperation or ILoopOperation)
            {
                return false;
            }

            looksUp |= operation is IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true } or IDynamicIndexerAccessOperation or IDynamicMemberReferenceOperation;
        }

        return looksUp;
    }

    // Message? message = null; try { message = Parse(text); } catch { } if (message is null) …
    private static bool IsTested(ITryOperation guard) => AssignedBy(guard.Body) is { } assignment && IsNullOtherwise(assignment, guard) && IsTestedAfter(assignment.Target, guard);

    // What the block ends with, and the one thing that it does to the outside; what it prepares for that is its own.
    private static ISimpleAssignmentOperation? AssignedBy(IBlockOperation body)
    {
        for (var at = 0; at < body.Operations.Length - 1; at++)
        {
            if (body.Operations[at] is not IVariableDeclarationGroupOperation)
            {
                return null;
            }
        }

        return body.Operations is [.., IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } only }] && !body.Locals.Contains(local) ? only : null;
    }

    private static bool IsNullOtherwise(ISimpleAssignmentOperation assignment, ITryOperation guard)
    {
        var values = LocalValues.Of(((ILocalReferenceOperation)assignment.Target).Local, guard);
        foreach (var value in values)
        {
            if (value != assignment.Value && value.Bare() is not ({ ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation { Type.IsReferenceType: true }))
            {
                return false;
            }
        }

        return values.Length > 1;
    }

    private static bool IsTestedAfter(IOperation target, ITryOperation guard)
    {
        foreach (var operation in guard.Root().Descendants())
        {
            if (operation.Syntax.SpanStart > guard.Syntax.Span.End && TaskPlaces.AreSame(operation, target) && IsTest(operation))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTest(IOperation local)
    {
        while (local.Parent is IConversionOperation conversion)
        {
            local = conversion;
        }

        return local.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } or IIsPatternOperation or ICoalesceOperation => true,
            IConditionalAccessOperation access => access.Operation == local,
            _ => false,
        };
    }
}
