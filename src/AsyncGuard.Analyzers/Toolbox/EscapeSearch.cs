namespace AsyncGuard.Toolbox;

/// <summary>Which operation of this body is the first whose failure leaves it?</summary>
/// <param name="facts">What is known of the compilation.</param>
/// <param name="inquiry">What asks, and answers for the functions that this one calls.</param>
/// <param name="awaited">Whether a task that the function returns unawaited counts as awaited.</param>
internal sealed class EscapeSearch(CompilationFacts facts, EscapeInquiry inquiry, bool awaited)
{
    // Operations nest as deep as their author pleases; beyond this nobody wrote them by hand, and the stack is finite.
    private const int DeepestNesting = 400;

    private int _depth;

    public EscapeInquiry Inquiry => inquiry;

    /// <summary>Like <see cref="First"/>, but a lambda or local function is entered, not passed by.</summary>
    public IOperation? FirstInside(IOperation body) => body switch
    {
        IAnonymousFunctionOperation lambda => First(lambda.Body),
        ILocalFunctionOperation local => First(local.Body) ?? First(local.IgnoredBody),
        _ => First(body),
    };

    public IOperation? First(IOperation? operation)
    {
        if (operation is null || operation.ConstantValue.HasValue || _depth == DeepestNesting)
        {
            return null;
        }

        _depth++;
        var escape = Visit(operation);
        _depth--;
        return escape;
    }

    /// <summary>One step deeper, for those who follow values; whether there is room for it.</summary>
    public bool Enter()
    {
        if (_depth == DeepestNesting)
        {
            return false;
        }

        _depth++;
        return true;
    }

    public void Leave() => _depth--;

    public IOperation? FirstOfChildren(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (First(child) is { } escape)
            {
                return escape;
            }
        }

        return null;
    }

    private IOperation? Visit(IOperation operation) => operation switch
    {
        IAnonymousFunctionOperation or ILocalFunctionOperation => null, // does not run here
        IInvalidOperation or ITypeOfOperation or INameOfOperation => null,
        ITryOperation guard => InTry(guard),
        IThrowOperation thrown => First(thrown.Exception) ?? (CancellationTests.ThrowsCancellation(thrown, facts.Types) ? null : thrown),
        IBinaryOperation binary => InBinary(binary),
        IAwaitOperation wait => First(wait.Operation) ?? Values.WhenAwaited(wait.Operation, wait),
        IForEachLoopOperation loop => First(loop.Collection) ?? WhenEnumerated(loop) ?? First(loop.Body),
        IReturnOperation returned => First(returned.ReturnedValue) ?? WhenReturned(returned),
        IInvocationOperation call => FirstOfChildren(call) ?? Calls.AtCall(call),
        IObjectCreationOperation creation => FirstOfChildren(creation) ?? Calls.AtCreation(creation),
        IPropertyReferenceOperation property => FirstOfChildren(property) ?? Calls.AtProperty(property),
        IArrayElementReferenceOperation element => FirstOfChildren(element) ?? (CallEscapes.IsCounted(element.Indices) ? null : element),
        IConversionOperation { OperatorMethod: { } convert } conversion => First(conversion.Operand) ?? Calls.AtOperator(convert, conversion),
        IDynamicInvocationOperation or IDynamicObjectCreationOperation or IFunctionPointerInvocationOperation => operation,
        _ => FirstOfChildren(operation),
    };

    private CallEscapes Calls => new(facts, this);

    private AwaitedValues Values => new(facts, this);

    private IOperation? InTry(ITryOperation guard)
    {
        if (First(guard.Body) is { } inside)
        {
            if (!CatchClauses.CatchAll(guard, facts.Types))
            {
                return inside;
            }

            foreach (var clause in guard.Catches)
            {
                if (First(clause.Handler) is { } escape)
                {
                    return escape;
                }
            }
        }

        return First(guard.Finally);
    }

    // A long sum leans to the left as deep as it is long.
    private IOperation? InBinary(IBinaryOperation binary)
    {
        var spine = new Stack<IBinaryOperation>();
        IOperation left = binary;
        for (; left is IBinaryOperation { ConstantValue.HasValue: false } each; left = each.LeftOperand)
        {
            spine.Push(each);
        }

        var escape = First(left);
        while (escape is null && spine.Count > 0)
        {
            var each = spine.Pop();
            escape = First(each.RightOperand) ?? (each.OperatorMethod is { } compute ? Calls.AtOperator(compute, each) : null);
        }

        return escape;
    }

    private IOperation? WhenEnumerated(IForEachLoopOperation loop) => loop.IsAsynchronous
        ? Values.WhenAwaited(loop.Collection, loop.Collection)
        : HarmlessCalls.IsQuery(loop.Collection.Bare().Type) && loop.Collection.Bare() is not IInvocationOperation { TargetMethod.Name: "GetConsumingEnumerable" } ? loop.Collection : null;

    private IOperation? WhenReturned(IReturnOperation returned) =>
        awaited && returned is { Kind: OperationKind.Return, ReturnedValue: { } value } && facts.Awaitables.IsAwaitable(value.Bare().Type) && FunctionOf(returned) is { IsAsync: false }
            ? Values.WhenAwaited(value, value)
            : null;

    private IMethodSymbol? FunctionOf(IOperation operation) =>
        operation.EnclosingFunction(operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart, inquiry.Cancel)!);
}
