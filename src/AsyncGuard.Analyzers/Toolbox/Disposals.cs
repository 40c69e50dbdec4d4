namespace AsyncGuard.Toolbox;

/// <summary>Can the end of a <c>using</c> fail? Libraries dispose quietly; a type of this compilation does what it does.</summary>
internal readonly struct Disposals(CompilationFacts facts, EscapeSearch search)
{
    // What a clean-up calls to clean up is part of it.
    private static readonly ImmutableArray<string> CleaningUp = ["Dispose", "Close", "Release", "Cancel", "Stop", "Complete", "Unsubscribe", "Unregister", "Detach", "Remove", "Clear", "Kill", "Exit", "Delete"];

    public Escape? At(IOperation resources, bool isAsynchronous)
    {
        if (resources is not IVariableDeclarationGroupOperation group)
        {
            return Of(resources, isAsynchronous);
        }

        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators)
            {
                if (declarator.GetVariableInitializer() is { Value: var resource } && Of(resource, isAsynchronous) is { } escape)
                {
                    return escape;
                }
            }
        }

        return null;
    }

    private Escape? Of(IOperation resource, bool isAsynchronous)
    {
        if (resource.Bare().Type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type
            || !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, facts.Compilation.Assembly)
            || DisposeOf(type, isAsynchronous) is not { } dispose
            || search.Inquiry.FirstOf(facts.Targets.On(dispose, resource), awaited: true) is not { } cause)
        {
            return null;
        }

        return IsCleanUp(cause) ? null : new(resource, cause);
    }

    private IMethodSymbol? DisposeOf(INamedTypeSymbol type, bool isAsynchronous)
    {
        var contract = isAsynchronous ? facts.Types["System.IAsyncDisposable"] : facts.Types["System.IDisposable"];
        return contract?.GetMembers() is [IMethodSymbol method] ? type.FindImplementationForInterfaceMember(method) as IMethodSymbol : null;
    }

    private static bool IsCleanUp(Escape cause)
    {
        var last = cause;
        while (last.Cause?.At is not null)
        {
            last = last.Cause;
        }

        return last.At is IInvocationOperation { TargetMethod.Name: var name } && StartsLikeOne(name);
    }

    private static bool StartsLikeOne(string name)
    {
        foreach (var each in CleaningUp)
        {
            if (name.StartsWith(each, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
