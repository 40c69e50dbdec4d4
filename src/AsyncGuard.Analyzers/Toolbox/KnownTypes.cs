namespace AsyncGuard.Toolbox;

/// <summary>The types of <c>System.Threading</c> this compilation knows; <see langword="null"/> where it has none.</summary>
internal sealed class KnownTypes(Compilation compilation)
{
    public INamedTypeSymbol? Task { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");

    public INamedTypeSymbol? Thread { get; } = compilation.GetTypeByMetadataName("System.Threading.Thread");
}
