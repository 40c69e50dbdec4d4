using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Can code that runs under a lock come to take it once more? Its thread may; whoever holds a semaphore would wait for himself.</summary>
/// <remarks>Functions of other assemblies are taken not to come back, delegates of unknown origin to do so.</remarks>
internal sealed class Reentrance(CompilationFacts facts, IFieldSymbol gate, CancellationToken cancel)
{
    private readonly HashSet<IMethodSymbol> _seen = new(SymbolEqualityComparer.Default);

    public bool IsPossibleIn(IOperation body) => body.DescendantsAndSelf().Any(Takes);

    private bool Takes(IOperation operation)
    {
        cancel.ThrowIfCancellationRequested();
        return operation switch
        {
            ILockOperation { LockedValue: var held } => held.Bare() is IFieldReferenceOperation { Field: var field } && SymbolEqualityComparer.Default.Equals(field.OriginalDefinition, gate.OriginalDefinition),
            IDynamicInvocationOperation or IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } => true,
            IInvocationOperation call => Runs(call.TargetMethod, facts.Targets.Of(call)),
            IMethodReferenceOperation group => Runs(group.Method, facts.Targets.On(group.Method, group.Instance)),
            IPropertyReferenceOperation { Property: var property, Instance: var instance } => Runs(property.GetMethod, instance) || Runs(property.SetMethod, instance),
            IObjectCreationOperation { Constructor: { } constructor } => Runs(constructor, facts.Targets.Of(operation)),
            IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: var raised, Instance: var instance } } => Runs(raised.AddMethod, instance) || Runs(raised.RemoveMethod, instance),
            IUsingOperation { Resources: var resources } => Disposes(resources),
            IUsingDeclarationOperation { DeclarationGroup: var resources } => Disposes(resources),
            _ => false,
        };
    }

    private bool Disposes(IOperation resources) => resources is IVariableDeclarationGroupOperation group
        ? group.Declarations.SelectMany(each => each.Declarators).Any(each => Disposes(each.Symbol.Type))
        : Disposes(resources.Type);

    private bool Disposes(ITypeSymbol? type) => facts.Types["System.IDisposable"]?.GetMembers() is [var contract]
        && type?.FindImplementationForInterfaceMember(contract) is IMethodSymbol dispose && Runs(dispose, facts.Targets.Of(dispose));

    private bool Runs(IMethodSymbol? accessor, IOperation? instance) => accessor is not null && Runs(accessor, facts.Targets.On(accessor, instance));

    // One of ours that others may implement is not to be followed.
    private bool Runs(IMethodSymbol method, ImmutableArray<IMethodSymbol> targets) => targets.IsEmpty
        ? facts.Targets.IsOfThisCompilation(method) && (method.IsVirtual || method.IsAbstract || method.IsOverride)
        : targets.Any(each => _seen.Add(each) && facts.Bodies.Of(each, cancel) is { } inside && IsPossibleIn(inside));
}
