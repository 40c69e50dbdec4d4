namespace AsyncGuard.Toolbox;

/// <summary>What leaves a delegate: a lambda, a method group, or whatever a variable of this compilation is known to hold.</summary>
internal readonly struct HeldDelegates(CompilationFacts facts, EscapeSearch search)
{
    /// <summary><see langword="null"/> when it is guarded, <see cref="Escape.OutOfSight"/> when nobody can say what it runs.</summary>
    public Escape? Of(IOperation? value) => value?.Bare() switch
    {
        IDelegateCreationOperation creation => Of(creation.Target),
        IAnonymousFunctionOperation lambda => lambda.Symbol.IsAsync && !search.Awaited ? null : search.FirstInside(lambda),
        IMethodReferenceOperation { Method.IsAsync: true } when !search.Awaited => null,
        IMethodReferenceOperation { Method: var method } => facts.Targets.Of(method) is { IsEmpty: false } targets ? search.Inquiry.FirstOf(targets, search.Awaited) : Escape.OutOfSight,
        ILiteralOperation or IDefaultValueOperation => null,
        IConditionalOperation choice => Of(choice.WhenTrue) ?? Of(choice.WhenFalse),
        ICoalesceOperation choice => Of(choice.Value) ?? Of(choice.WhenNull),
        IConditionalAccessInstanceOperation instance => Of(Receiver(instance)),
        ILocalReferenceOperation { Local: var local } read => search.Inquiry.OfHeldDelegate(local, search.Awaited, read),
        IParameterReferenceOperation { Parameter: var parameter } read => search.Given.Contains(parameter) ? null : OfParameter(parameter, read),
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } read => search.Inquiry.OfHeldDelegate(field, search.Awaited, read),
        IPropertyReferenceOperation { Property: { SetMethod: null, IsIndexer: false } property } read => search.Inquiry.OfHeldDelegate(property, search.Awaited, read),
        IEventReferenceOperation { Event: var raised } read => search.Inquiry.OfHeldDelegate(raised, search.Awaited, read),
        IObjectCreationOperation creation when IsLazy(creation.Type) => OfFactory(creation),
        _ => Escape.OutOfSight,
    };

    /// <summary>What leaves the delegate in this variable, whoever may have put it there.</summary>
    public Escape? First(ISymbol variable, IOperation? at) => variable switch
    {
        ILocalSymbol local when at is not null => FirstOf(LocalValues.Of(local, at)),
        IParameterSymbol parameter => FirstArgument(parameter),
        IEventSymbol raised => new EventSubscribers(facts).Of(raised, search.Inquiry.Cancel) is { } handlers ? FirstOf(handlers) : Escape.OutOfSight,
        IFieldSymbol or IPropertySymbol when SymbolEqualityComparer.Default.Equals(variable.ContainingAssembly, facts.Compilation.Assembly) => FirstOf(MemberValues.Of(variable, facts, search.Inquiry.Cancel)),
        _ => Escape.OutOfSight,
    };

    public bool IsLazy(ITypeSymbol? type) => type is { Name: "Lazy" } && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, facts.Types["System.Lazy`1"]);

    private Escape? FirstOf(ImmutableArray<IOperation> values)
    {
        foreach (var value in values)
        {
            if (Of(value) is { } escape)
            {
                return escape;
            }
        }

        return values.IsEmpty ? Escape.OutOfSight : null;
    }

    private Escape? OfFactory(IObjectCreationOperation creation)
    {
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate)
            {
                return Of(argument.Value);
            }
        }

        return null;
    }

    // Who follows the way knows which call led here, and what it passes.
    private Escape? OfParameter(IParameterSymbol parameter, IParameterReferenceOperation read) =>
        search.Inquiry.OfHeldDelegate(parameter, search.Awaited, read) is { } escape ? new(read, escape) : null;

    // Only of functions whose every call is to be seen.
    private Escape? FirstArgument(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.Ordinary } function
            || (function.MethodKind == MethodKind.Ordinary && function.DeclaredAccessibility != Accessibility.Private))
        {
            return Escape.OutOfSight;
        }

        var uses = facts.References.Of(function, search.Inquiry.Cancel);
        foreach (var use in uses)
        {
            if (Argument(use, parameter) is not { } argument)
            {
                return Escape.OutOfSight;
            }

            if (Of(argument) is { } escape)
            {
                return escape;
            }
        }

        return uses.IsEmpty ? Escape.OutOfSight : null;
    }

    /// <summary>What this call passes for the parameter.</summary>
    public static IOperation? Argument(IOperation call, IParameterSymbol parameter)
    {
        foreach (var argument in call is IInvocationOperation invocation ? invocation.Arguments : call is IObjectCreationOperation creation ? creation.Arguments : [])
        {
            if (argument.Parameter?.Ordinal == parameter.Ordinal)
            {
                return argument.Value;
            }
        }

        return null;
    }

    private static IOperation? Receiver(IConditionalAccessInstanceOperation instance)
    {
        for (var (child, parent) = ((IOperation)instance, instance.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (parent is IConditionalAccessOperation access && ReferenceEquals(child, access.WhenNotNull))
            {
                return access.Operation;
            }
        }

        return null;
    }
}
