namespace AsyncGuard.Toolbox;

/// <summary>Which operation of this body is the first whose failure leaves it?</summary>
/// <param name="facts">What is known of the compilation.</param>
/// <param name="inquiry">What asks, and answers for the functions that this one calls.</param>
/// <param name="awaited">Whether a task that the function returns unawaited counts as awaited.</param>
/// <param name="given">What is known of the delegates that the function is given.</param>
internal sealed class EscapeSearch(CompilationFacts facts, EscapeInquiry inquiry, bool awaited, GuardedParameters given = default)
{
    public EscapeInquiry Inquiry => inquiry;

    public bool Awaited => awaited;

    public GuardedParameters Given => given;

    /// <summary>The same search in a function inside this one.</summary>
    public EscapeSearch When(bool awaited) => awaited == Awaited ? this : new(facts, inquiry, awaited, given);

    /// <summary>Like <see cref="First"/>, but a lambda or local function is entered, not passed by.</summary>
    public Escape? FirstInside(IOperation body) => body switch
    {
        IAnonymousFunctionOperation lambda => First(lambda.Body),
        ILocalFunctionOperation local => First(local.Body) ?? First(local.IgnoredBody),
        _ => First(body),
    };

    public Escape? First(IOperation? operation)
    {
        if (operation is null || operation.ConstantValue.HasValue || !inquiry.Enter())
        {
            return null;
        }

        var escape = Visit(operation);
        inquiry.Leave();
        return escape is not null && inquiry.PassesBy(escape) ? null : escape;
    }

    public Escape? FirstOfChildren(IOperation operation)
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

    private Escape? Visit(IOperation operation) => operation switch
    {
        IAnonymousFunctionOperation or ILocalFunctionOperation => null, // does not run here
        IInvalidOperation or ITypeOfOperation or INameOfOperation => null,
        ITryOperation guard => InTry(guard),
        IThrowOperation thrown => First(thrown.Exception) ?? (CancellationTests.ThrowsCancellation(thrown, facts.Types) || ArgumentChecks.IsOne(thrown) || Preconditions.IsOne(thrown) ? null : new(thrown)),
        IBinaryOperation binary => InBinary(binary),
        IAwaitOperation wait => First(wait.Operation) ?? Values.WhenAwaited(wait.Operation, wait),
        IForEachLoopOperation loop => First(loop.Collection) ?? new EnumeratedValues(facts, this).AtLoop(loop) ?? First(loop.Body),
        IReturnOperation returned => First(returned.ReturnedValue) ?? WhenReturned(returned),
        IInvocationOperation call => FirstOfChildren(call) ?? Calls.AtCall(call),
        IObjectCreationOperation creation => FirstOfChildren(creation) ?? Calls.AtCreation(creation),
        IPropertyReferenceOperation property => FirstOfChildren(property) ?? new PropertyEscapes(facts, this).At(property),
        IArrayElementReferenceOperation element => FirstOfChildren(element) ?? (LoopCounters.Are(element.Indices) ? null : new(element)),
        IConversionOperation or IUnaryOperation or ICompoundAssignmentOperation or IIncrementOrDecrementOperation => FirstOfChildren(operation) ?? new Computations(facts, this).At(operation),
        IUsingOperation { Resources: var resources, Body: var body } use => First(resources) ?? First(body) ?? new Disposals(facts, this).At(resources, use.IsAsynchronous),
        IUsingDeclarationOperation { DeclarationGroup: var declared } use => First(declared) ?? new Disposals(facts, this).At(declared, use.IsAsynchronous),
        IImplicitIndexerReferenceOperation or IFunctionPointerInvocationOperation => new(operation),
        IDynamicInvocationOperation or IDynamicObjectCreationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation => new(operation),
        _ => FirstOfChildren(operation),
    };

    private CallEscapes Calls => new(facts, this);

    private AwaitedValues Values => new(facts, this);

    private Escape? InTry(ITryOperation guard)
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
    private Escape? InBinary(IBinaryOperation binary)
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
            escape = First(each.RightOperand) ?? new Computations(facts, this).At(each);
        }

        return escape;
    }

    private Escape? WhenReturned(IReturnOperation returned) =>
        awaited && returned is { Kind: OperationKind.Return, ReturnedValue: { } value } && IsAwaitedLater(value.Bare().Type) && FunctionOf(returned) is { IsAsync: false }
            ? Values.WhenAwaited(value, value)
            : null;

    private bool IsAwaitedLater(ITypeSymbol? type) =>
        facts.Awaitables.IsAwaitable(type)
        || (type is { Name: "IAsyncEnumerable" } && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, facts.Types["System.Collections.Generic.IAsyncEnumerable`1"]));

    private IMethodSymbol? FunctionOf(IOperation operation) =>
        operation.EnclosingFunction(operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart, inquiry.Cancel)!);
}
