using Microsoft.CodeAnalysis;

namespace AsyncGuard.RealCode;

/// <summary>.NET, ASP.NET Core and the libraries this program was restored with, all that it was started with itself.</summary>
internal static class Libraries
{
    private static readonly string[] Own = ["RealCode", "AsyncGuard.Analyzers", "AsyncGuard.CodeFixes", "Microsoft.CodeAnalysis"];

    public static IReadOnlyList<MetadataReference> All { get; } =
    [
        .. from path in ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
           where path.EndsWith(".dll", StringComparison.Ordinal) && !Own.Any(own => Path.GetFileName(path).StartsWith(own, StringComparison.Ordinal))
           select MetadataReference.CreateFromFile(path),
    ];
}
