namespace AsyncGuard.Toolbox;

/// <summary>Is this function an event handler, or another whose <c>void</c> is not its author's to change? Asked of async void functions only; each answer is kept.</summary>
/// <remarks>
/// The signature <c>(object, EventArgs)</c> is enough: markup and designers attach handlers where no compiler sees it. Otherwise somebody in the
/// compilation has to attach it with <c>+=</c>. Overrides, implementations of an interface and of a partial method have the signature
/// that others gave them.
/// </remarks>
internal sealed class EventHandlers(CompilationFacts facts)
{
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _attached = new(SymbolEqualityComparer.Default);

    public bool IsHandler(IMethodSymbol function, CancellationToken cancel) =>
        HasSignature(function) || MustReturnVoid(function) || IsAttachedSomewhere(function.OriginalDefinition, cancel);

    /// <summary>Whether a lambda handles an event: its parameters are those of one, or it is attached where it stands.</summary>
    public static bool IsHandler(IAnonymousFunctionOperation lambda) => HasSignature(lambda.Symbol) || IsAttached(lambda);

    /// <summary><c>(object, EventArgs)</c>, with a sender and arguments of any type that say so.</summary>
    public static bool HasSignature(IMethodSymbol function) =>
        function.Parameters is [{ Type: var sender }, { Type: var arguments }] && sender.IsReferenceType && IsEventArgs(arguments);

    /// <summary>Whether the function's signature is shared with others that it cannot change.</summary>
    public static bool MustReturnVoid(IMethodSymbol function)
    {
        if (function.IsOverride || !function.ExplicitInterfaceImplementations.IsEmpty || function.PartialDefinitionPart is not null || function.IsPartialDefinition)
        {
            return true;
        }

        if (function is not { MethodKind: MethodKind.Ordinary, IsStatic: false, ContainingType: { TypeKind: not TypeKind.Interface } type })
        {
            return false;
        }

        foreach (var contract in type.AllInterfaces)
        {
            foreach (var member in contract.GetMembers(function.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), function))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The event, or the member or local of a delegate type, to which this lambda or method group is added; <see langword="null"/> where it is not.</summary>
    public static ISymbol? AttachedTo(IOperation function) => Outermost(function) switch
    {
        { Parent: IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: var target } } add } given when add.HandlerValue == given => target,
        { Parent: ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Type.TypeKind: TypeKind.Delegate } add } given when add.Value == given => SymbolOf(add.Target),
        { Parent: IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } } given => AttachedLater(local, given),
        { Parent: ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } set } given when set.Value == given => AttachedLater(local, given),
        _ => null,
    };

    /// <summary>Whether the function is taken off an event here, so that this place does not run it.</summary>
    public static bool IsDetached(IOperation function) => Outermost(function).Parent is IEventAssignmentOperation { Adds: false } or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract };

    private static bool IsAttached(IOperation function) => AttachedTo(function) is not null;

    private bool IsAttachedSomewhere(IMethodSymbol function, CancellationToken cancel)
    {
        if (_attached.TryGetValue(function, out var known))
        {
            return known;
        }

        var found = false;
        foreach (var use in facts.References.Of(function, cancel))
        {
            found |= use is IMethodReferenceOperation && IsAttached(use);
        }

        return _attached.GetOrAdd(function, found);
    }

    private static bool IsEventArgs(ITypeSymbol type)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            if (it.Name.EndsWith("EventArgs", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return type is ITypeParameterSymbol { ConstraintTypes: [var constraint, ..] } && IsEventArgs(constraint);
    }

    private static IOperation Outermost(IOperation function)
    {
        while (function.Parent is IDelegateCreationOperation or IConversionOperation or IConditionalOperation or ICoalesceOperation)
        {
            function = function.Parent;
        }

        return function;
    }

    private static ISymbol? SymbolOf(IOperation target) => target switch
    {
        IMemberReferenceOperation { Member: var member } => member,
        ILocalReferenceOperation { Local: var local } => local,
        IParameterReferenceOperation { Parameter: var parameter } => parameter,
        _ => null,
    };

    // Action handler = async () => …; source.Changed += handler;
    private static ISymbol? AttachedLater(ILocalSymbol local, IOperation at)
    {
        foreach (var operation in at.Root().Descendants())
        {
            if (operation is IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: var target }, HandlerValue: var handler }
                && handler.Bare() is ILocalReferenceOperation { Local: var attached } && SymbolEqualityComparer.Default.Equals(attached, local))
            {
                return target;
            }
        }

        return null;
    }
}
