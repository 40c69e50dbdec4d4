namespace AsyncGuard.Toolbox;

/// <summary>Is a task complete by what it is: made so, the winner of a race, one of those that a query lets through?</summary>
internal sealed class CompletedTasks(CompilationFacts facts)
{
    private const int Depth = 8;

    private readonly Antecedents _antecedents = new(facts);

    /// <summary>Whether whatever this expression may stand for is complete.</summary>
    /// <param name="task">The expression.</param>
    /// <param name="steps">How far to look for what makes it.</param>
    public bool AreAllOf(IOperation task, int steps = Depth) => IsByMaking(task, steps) || _antecedents.Includes(task) || IsLetThrough(task);

    /// <summary><c>await Task.WhenAny(…)</c>, or a local that holds nothing else: the task it gives has ended.</summary>
    public bool IsWinner(IOperation value) => value.Bare() switch
    {
        IAwaitOperation { Operation: var awaited } => IsRace(Inner(awaited)),
        ILocalReferenceOperation local => LocalValues.Of(local.Local, local) is { IsEmpty: false } values && AreWinners(values),
        _ => false,
    };

    /// <summary>Those that the winner was chosen from, where the code lists them.</summary>
    public ImmutableArray<IOperation> RaceOf(IOperation winner) => winner.Bare() switch
    {
        IAwaitOperation { Operation: var awaited } when Inner(awaited) is IInvocationOperation { Arguments: var given } race && IsRace(race) => given switch
        {
            [{ Value: var tasks }] => TaskSources.Listed(tasks),
            [{ Value: var one }, { Value: var other }] => [one, other],
            _ => [],
        },
        ILocalReferenceOperation local => LocalValues.Of(local.Local, local) is [var only] && only.Bare() is IAwaitOperation ? RaceOf(only) : [],
        _ => [],
    };

    /// <summary>A call of <c>Task.WhenAny</c>.</summary>
    public bool IsRace(IOperation call) => call is IInvocationOperation { TargetMethod: { Name: "WhenAny" } method } && facts.Awaitables.IsTask(method.ContainingType);

    /// <summary>The task below its coats: <c>ConfigureAwait</c>, <c>AsTask</c> and the like.</summary>
    public IOperation Inner(IOperation task)
    {
        var inner = task.Bare();
        while (facts.Waits.Behind(inner) is { } behind)
        {
            inner = behind.Bare();
        }

        return inner;
    }

    private bool AreWinners(ImmutableArray<IOperation> values)
    {
        foreach (var value in values)
        {
            if (value.Bare() is not IAwaitOperation || !IsWinner(value))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsByMaking(IOperation task, int depth) => depth > 0 && Inner(task) switch
    {
        IInvocationOperation { TargetMethod: { Name: "FromResult" or "FromException" or "FromCanceled" } method } => IsOfTasks(method),
        IInvocationOperation call when facts.InstantTasks.IsOne(call, depth) => true,
        IPropertyReferenceOperation { Property: var property } when facts.Waits.IsWait(property) => true,
        IDefaultValueOperation { Type: var type } => facts.Awaitables.IsValueTask(type),
        IObjectCreationOperation { Type: var type, Arguments: var arguments } when facts.Awaitables.IsValueTask(type) =>
            arguments.IsEmpty || (arguments is [{ Value: var made }] && (!facts.Awaitables.IsTask(made.Type) || IsByMaking(made, depth - 1))),
        IConditionalOperation { WhenFalse: { } otherwise } choice => IsByMaking(choice.WhenTrue, depth - 1) && IsByMaking(otherwise, depth - 1),
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } => IsInitialisedComplete(field, depth),
        ILocalReferenceOperation local => IsWinner(local) || IsOfEach(local) || (LocalValues.Of(local.Local, local) is { IsEmpty: false } values && AreByMaking(values, depth - 1)),
        IArrayElementReferenceOperation { Indices: [var index] } element => IsIndexOfWinner(index, element.ArrayReference),
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value: var index }], Instance: { } all } => IsIndexOfWinner(index, all),
        var other => IsWinner(other),
    };

    private bool AreByMaking(ImmutableArray<IOperation> values, int depth)
    {
        foreach (var value in values)
        {
            if (!IsByMaking(value, depth))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsOfTasks(IMethodSymbol method) => facts.Awaitables.IsTask(method.ContainingType) || facts.Awaitables.IsValueTask(method.ContainingType);

    private bool IsInitialisedComplete(IFieldSymbol field, int depth) =>
        SymbolEqualityComparer.Default.Equals(field.ContainingAssembly, facts.Compilation.Assembly)
        && field.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value }
        && facts.Bodies.ModelOf(value.SyntaxTree).GetOperation(value) is { } made && IsByMaking(made, depth - 1);

    // await foreach (var task in Task.WhenEach(tasks))
    private bool IsOfEach(ILocalReferenceOperation local) =>
        TaskSources.RunOver(local) is { } source && Unconfigured(source) is IInvocationOperation { TargetMethod: { Name: "WhenEach" } method } && facts.Awaitables.IsTask(method.ContainingType);

    private static IOperation Unconfigured(IOperation source) =>
        source.Bare() is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "WithCancellation", Arguments: [{ Value: var inner }, ..] } ? inner.Bare() : source.Bare();

    // tasks[Task.WaitAny(tasks)]
    private bool IsIndexOfWinner(IOperation index, IOperation all) => index.Bare() switch
    {
        IInvocationOperation { TargetMethod: { Name: "WaitAny", Parameters.Length: 1 } method, Arguments: [{ Value: var tasks }] } => facts.Awaitables.IsTask(method.ContainingType) && TaskPlaces.AreSame(tasks, all),
        ILocalReferenceOperation local => LocalValues.Of(local.Local, local) is [var only] && only.Bare() is IInvocationOperation && IsIndexOfWinner(only, all),
        _ => false,
    };

    // tasks.Where(t => t.IsCompleted).Select(t => t.Result), tasks.First(t => t.IsCompleted).Result
    private bool IsLetThrough(IOperation task)
    {
        var source = (TaskSources.RunOver(task) ?? (task is ILocalReferenceOperation local && LocalValues.Of(local.Local, local) is [var only] ? only : task)).Bare();
        for (var steps = 0; source is not null && steps < Depth; steps++)
        {
            if (source is IInvocationOperation { TargetMethod.Name: "Where" or "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault" or "TakeWhile" or "Find" or "FindAll" } query
                && CompletionTests.PredicateOf(query) is ({ } element, { } condition) && facts.CompletionTests.Implies(condition, true, element))
            {
                return true;
            }

            source = MadeOf(source)?.Bare();
        }

        return false;
    }

    private static IOperation? MadeOf(IOperation source) => source switch
    {
        ILocalReferenceOperation local => LocalValues.Of(local.Local, local) is [var value] ? value : null,
        IArrayElementReferenceOperation element => element.ArrayReference,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } all } => all,
        _ => TaskSources.QueriedBy(source),
    };
}
