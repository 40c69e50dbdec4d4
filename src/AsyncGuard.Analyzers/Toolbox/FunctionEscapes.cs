namespace AsyncGuard.Toolbox;

/// <summary>What leaves a function of this compilation, with all that runs when it is called.</summary>
internal readonly struct FunctionEscapes(CompilationFacts facts, EscapeInquiry inquiry)
{
    public Escape? First(IMethodSymbol function, bool awaited, int given)
    {
        var body = facts.Bodies.Of(function, inquiry.Cancel);
        if (!awaited && body is not null && Iterators.MayBeOne(function) && Iterators.IsBodyOfOne(body))
        {
            return null; // its code runs where somebody enumerates it
        }

        var search = new EscapeSearch(facts, inquiry, awaited, new(function, given));
        return (function.MethodKind == MethodKind.Constructor ? BeforeBody(function, body, search) : null)
            ?? (body is not null ? search.FirstInside(body) : HarmlessCalls.WithoutBody(function) || function.GetDllImportData() is not null ? null : Escape.OutOfSight);
    }

    // The initialisers of fields and properties, and the base constructor that nobody wrote a call of.
    private Escape? BeforeBody(IMethodSymbol constructor, IOperation? body, EscapeSearch search)
    {
        var chained = body is IConstructorBodyOperation { Initializer: IExpressionStatementOperation { Operation: IInvocationOperation call } } ? call.TargetMethod : null;
        if (chained is not null && SymbolEqualityComparer.Default.Equals(chained.ContainingType.OriginalDefinition, constructor.ContainingType))
        {
            return null; // ": this(…)" runs them
        }

        foreach (var member in constructor.ContainingType.GetMembers())
        {
            if (!member.IsStatic && InitialValues.Of(member, facts, inquiry.Cancel) is { } value && search.First(value) is { } escape)
            {
                return escape;
            }
        }

        return chained is null && ParameterlessBase(constructor) is { } parent ? inquiry.Of(parent, awaited: false) : null;
    }

    private IMethodSymbol? ParameterlessBase(IMethodSymbol constructor)
    {
        foreach (var candidate in constructor.ContainingType.BaseType?.InstanceConstructors ?? [])
        {
            if (candidate.Parameters.IsEmpty && facts.Targets.IsOfThisCompilation(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
