using System.Text.RegularExpressions;

namespace AsyncGuard.Toolbox;

/// <summary>Does this condition only ask whether someone else has stopped the loop: a token, an event, a flag that the loop itself does not set?</summary>
internal static class StopConditions
{
    // Flags that tell of data, not of a stop: whoever sets them is the loop's own work.
    private static readonly Regex Data = new("^_*(has|any|more|need|is(More|Dirty|Empty)|can)|More|Pending|Remaining|Left|Found|Changed$", RegexOptions.CultureInvariant);

    private static readonly Regex StopName = new(
        "stop|cancel|shut|running|dispos|exit|terminat|quit|abort|clos|alive|active|enabled|started|complet", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static bool IsStop(IOperation condition, ILoopOperation loop)
    {
        switch (condition.Bare())
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                return IsStop(operand, loop);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } compared:
                return compared.RightOperand.Bare().ConstantValue is { HasValue: true, Value: bool } && IsStop(compared.LeftOperand, loop);
            case IIsPatternOperation { Pattern: var pattern, Value: var value }:
                return IsBooleanPattern(pattern) && IsStop(value, loop);
            case IPropertyReferenceOperation property:
                return IsFlag(property.Property, property.Instance) && !IsSetIn(loop, property.Property);
            case IFieldReferenceOperation field:
                return IsFlag(field.Field, field.Instance) && !IsSetIn(loop, field.Field);
            case ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean, Local: var local }:
                return IsSharedWithAnotherFunction(local, loop) && !IsSetIn(loop, local);
            case IParameterReferenceOperation { Type.SpecialType: SpecialType.System_Boolean, Parameter: var parameter }:
                return !IsSetIn(loop, parameter);
            case IInvocationOperation call:
                return IsWaitForStop(call) || IsVolatileRead(call, loop);
            default:
                return false;
        }
    }

    private static bool IsBooleanPattern(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool } } => true,
        INegatedPatternOperation { Pattern: var inner } => IsBooleanPattern(inner),
        _ => false,
    };

    // Its own flag, or another object's whose name says what it is for; not one that another object computes from its data.
    private static bool IsFlag(ISymbol member, IOperation? instance) =>
        !Data.IsMatch(member.Name)
        && (instance is null or IInstanceReferenceOperation ? IsStored(member) || StopName.IsMatch(member.Name) : StopName.IsMatch(member.Name));

    private static bool IsStored(ISymbol member)
    {
        if (member is IFieldSymbol)
        {
            return true;
        }

        foreach (var sibling in member.ContainingType.GetMembers())
        {
            if (sibling is IFieldSymbol { AssociatedSymbol: { } property } && SymbolEqualityComparer.Default.Equals(property, member))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSharedWithAnotherFunction(ILocalSymbol local, ILoopOperation loop)
    {
        IOperation root = loop;
        for (var it = (IOperation)loop; it is not null; it = it.Parent!)
        {
            root = it;
            if (it is IAnonymousFunctionOperation { Symbol: var lambda } && !SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, lambda))
            {
                return true;
            }

            if (it is ILocalFunctionOperation { Symbol: var function } && !SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, function))
            {
                return true;
            }
        }

        return IsSetIn(root, local, onlyInInnerFunctions: true);
    }

    private static bool IsSetIn(IOperation scope, ISymbol variable, bool onlyInInnerFunctions = false)
    {
        foreach (var each in scope.Descendants())
        {
            var target = each switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Parent: not IInvocationOperation { TargetMethod.Name: "Read" } } argument => argument.Value,
                _ => null,
            };
            if (target is not null && Refers(target, variable) && (!onlyInInnerFunctions || IsInInnerFunction(each)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Refers(IOperation operation, ISymbol variable) => SymbolEqualityComparer.Default.Equals(variable, operation switch
    {
        ILocalReferenceOperation it => it.Local,
        IParameterReferenceOperation it => it.Parameter,
        IFieldReferenceOperation it => it.Field,
        IPropertyReferenceOperation it => it.Property,
        _ => null,
    });

    private static bool IsInInnerFunction(IOperation operation)
    {
        for (var it = operation.Parent; it is not null; it = it.Parent)
        {
            if (it is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    // stop.WaitOne(pause): the pause between two iterations is the wait for the stop. A mutex or a semaphore has the same WaitOne.
    private static bool IsWaitForStop(IInvocationOperation call) =>
        call is { TargetMethod.Name: "WaitOne" or "Wait", Instance.Type.Name: "WaitHandle" or "EventWaitHandle" or "ManualResetEvent" or "AutoResetEvent" or "ManualResetEventSlim" };

    private static bool IsVolatileRead(IInvocationOperation call, ILoopOperation loop) =>
        call is { TargetMethod: { Name: "Read", ContainingType.Name: "Volatile" }, Arguments: [{ Value: IFieldReferenceOperation field }] } && !IsSetIn(loop, field.Field);
}
