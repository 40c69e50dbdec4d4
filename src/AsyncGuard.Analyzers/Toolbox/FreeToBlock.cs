namespace AsyncGuard.Toolbox;

/// <summary>May this function block its thread without harm to anybody: a program's start, a test or a benchmark, the body of a thread of its own?</summary>
/// <remarks>Asked for suspicious sites only; each answer is kept.</remarks>
internal sealed class FreeToBlock(CompilationFacts facts)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _types = new(SymbolEqualityComparer.Default);
    private readonly TypeFamilies _tests = new(
        facts.Types,
        roots: [],
        marks:
        [
            "Xunit.FactAttribute", "NUnit.Framework.TestAttribute", "NUnit.Framework.TestCaseAttribute", "NUnit.Framework.TestCaseSourceAttribute", "NUnit.Framework.TheoryAttribute",
            "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute", "Microsoft.VisualStudio.TestTools.UnitTesting.TestClassAttribute", "NUnit.Framework.TestFixtureAttribute",
            "NUnit.Framework.SetUpFixtureAttribute", "BenchmarkDotNet.Attributes.BenchmarkAttribute",
        ]);

    /// <summary>A member, or a lambda or local function in one.</summary>
    public bool Contains(IMethodSymbol function) => IsEntryPoint(function) || IsTest(function.ContainingType) || HasOwnThread(function);

    /// <summary>Whether the thread that a program began with runs this: its entry point, up to the first <c>await</c>.</summary>
    public bool IsOnMainThread(IOperation operation, IMethodSymbol function)
    {
        if (!IsEntryPoint(function))
        {
            return false;
        }

        var end = OutermostLoop(operation)?.Syntax.Span.End ?? operation.Syntax.SpanStart;
        return !operation.Root().HasInFunction(each => each.Syntax.SpanStart < end && each.IsAwait());
    }

    // What a loop awaits at its end, its next round has awaited before.
    private static IOperation? OutermostLoop(IOperation operation)
    {
        IOperation? loop = null;
        for (var it = operation.Parent; it is not null; it = it.Parent)
        {
            loop = it is ILoopOperation ? it : loop;
        }

        return loop;
    }

    /// <summary>Whether this is where the program begins, and ends.</summary>
    public bool IsEntryPoint(IMethodSymbol method) => IsEntryPoint(method, facts.Compilation);

    public static bool IsEntryPoint(IMethodSymbol method, Compilation compilation) =>
        method is { IsStatic: true, Name: "Main" or WellKnownMemberNames.TopLevelStatementsEntryPointMethodName }
        && SymbolEqualityComparer.Default.Equals(compilation.GetEntryPoint(CancellationToken.None), method);

    /// <summary>Whether a thread of its own runs the function, so that there is nobody to give the thread back to.</summary>
    public bool HasOwnThread(IMethodSymbol method)
    {
        if (facts.Types.Thread is null)
        {
            return false;
        }

        foreach (var use in DelegatesOf.Function(method, facts))
        {
            if (use.Parent is IArgumentOperation { Parent: var given } && IsOwnThread(given))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOwnThread(IOperation? given) => given switch
    {
        IObjectCreationOperation { Type: var made } creation => SymbolEqualityComparer.Default.Equals(made, facts.Types.Thread) || (facts.Awaitables.IsTask(made) && IsLongRunning(creation.Arguments)),
        IInvocationOperation { TargetMethod.Name: "StartNew" } start => facts.Waits.Starts(start.TargetMethod) && IsLongRunning(start.Arguments),
        _ => false,
    };

    private static bool IsLongRunning(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value is { Type: { Name: "TaskCreationOptions" }, ConstantValue: { HasValue: true, Value: int options } } && (options & LongRunning) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private const int LongRunning = 2; // TaskCreationOptions.LongRunning

    /// <summary>Whether this compilation knows a test framework: then it is made of tests, and of what they stand on.</summary>
    public bool IsOfTests => (facts.Types["Xunit.FactAttribute"] ?? facts.Types["NUnit.Framework.TestAttribute"] ?? facts.Types["Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute"]) is not null;

    /// <summary>Whether the type has tests: what a test calls in its own class is the test's.</summary>
    public bool IsTest(INamedTypeSymbol? type) => type is not null && IsTestType(type);

    private bool IsTestType(INamedTypeSymbol type) => _types.TryGetValue(type, out var known) ? known : _types.GetOrAdd(type, _tests.IsMarked(type) || HasTest(type));

    private bool HasTest(INamedTypeSymbol type)
    {
        for (var it = type; it is { SpecialType: SpecialType.None }; it = it.BaseType)
        {
            foreach (var member in it.GetMembers())
            {
                if (member is IMethodSymbol && _tests.IsMarked(member))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
