using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.RealCode;

/// <summary>.NET and ASP.NET Core for every project, the runtime that fixes call, and of the libraries this program was restored with those that a project names.</summary>
internal static class Libraries
{
    // What comes with a package that this program does not have, or not by that name.
    private static readonly Dictionary<string, string[]> Contents = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Aspire.Npgsql"] = ["Npgsql"],
        ["Aspire.Npgsql.EntityFrameworkCore.PostgreSQL"] = ["Npgsql.EntityFrameworkCore.PostgreSQL"],
        ["Aspire.RabbitMQ.Client"] = ["RabbitMQ.Client"],
        ["Aspire.StackExchange.Redis"] = ["StackExchange.Redis"],
        ["MSTest"] = ["MSTest.TestFramework"],
        ["Pomelo.EntityFrameworkCore.MySql"] = ["Microsoft.EntityFrameworkCore.Relational", "MySqlConnector"],
        ["xunit"] = ["xunit.assert", "xunit.extensibility.core"],
        ["xunit.v3"] = ["xunit.v3.assert", "xunit.v3.extensibility.core"],
    };

    private static readonly Dictionary<string, MetadataReference> Known = new(StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<string, string> Paths = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
        .DistinctBy(path => Path.GetFileName(path)).ToDictionary(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, Package> Packages = ReadPackages();
    private static readonly string[] Always = [.. FrameworkAssemblies(), .. Closure(["AsyncGuard.Runtime"])];

    public static IReadOnlyList<MetadataReference> For(IEnumerable<string> packages) =>
        [.. from file in Always.Concat(Closure(packages)).Distinct(StringComparer.OrdinalIgnoreCase) where Paths.ContainsKey(file) select Reference(file)];

    private static MetadataReference Reference(string file) =>
        Known.TryGetValue(file, out var known) ? known : Known[file] = MetadataReference.CreateFromFile(Paths[file]);

    // The shared frameworks lie elsewhere than this program; a package that brings a newer patch of theirs replaces the file, not the claim.
    private static IEnumerable<string> FrameworkAssemblies()
    {
        var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var shared = Paths.Values.Select(Path.GetDirectoryName).Where(folder => folder is not null && !folder.StartsWith(own, StringComparison.Ordinal)).Distinct().ToList();
        return Paths.Keys.Where(file => shared.Exists(folder => File.Exists(Path.Combine(folder ?? "", file))));
    }

    private static HashSet<string> Closure(IEnumerable<string> packages)
    {
        var files = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>(packages);
        while (open.TryPop(out var name))
        {
            if (seen.Add(name))
            {
                var package = Packages.GetValueOrDefault(name, Package.None);
                files.UnionWith(package.Files);
                Array.ForEach([.. package.Needs, .. Contents.GetValueOrDefault(name, [])], open.Push);
            }
        }

        return files;
    }

    private static Dictionary<string, Package> ReadPackages()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "RealCode.deps.json")));
        var target = json.RootElement.GetProperty("targets").EnumerateObject().First().Value;
        return target.EnumerateObject().ToDictionary(each => each.Name.Split('/')[0], each => new Package(
            [.. Names(each.Value, "runtime").Concat(Names(each.Value, "runtimeTargets")).Select(path => Path.GetFileName(path)).Distinct()],
            [.. Names(each.Value, "dependencies")]), StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Names(JsonElement package, string section) =>
        package.TryGetProperty(section, out var names) ? names.EnumerateObject().Select(each => each.Name) : [];

    private sealed record Package(string[] Files, string[] Needs)
    {
        public static readonly Package None = new([], []);
    }
}
