using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace AsyncGuard.RealCode;

/// <summary>What can be read from a project file and the <c>Directory.Build.props</c> above it without MSBuild: conditions are taken to hold.</summary>
internal sealed class ProjectFile
{
    private readonly IReadOnlyList<XDocument> _layers;

    private ProjectFile(string path, IReadOnlyList<XDocument> layers) => (FullPath, _layers) = (path, layers);

    public string FullPath { get; }

    public string Home => Path.GetDirectoryName(FullPath) ?? "/";

    public string AssemblyName => Property("AssemblyName") is { Length: > 0 } name && !name.Contains('$', StringComparison.Ordinal) ? name : Path.GetFileNameWithoutExtension(FullPath);

    public bool IsProgram => Property("OutputType")?.EndsWith("Exe", StringComparison.OrdinalIgnoreCase) == true || Sdk.EndsWith("Web", StringComparison.Ordinal) || Sdk.EndsWith("Worker", StringComparison.Ordinal);

    public LanguageVersion LanguageVersion => LanguageVersionFacts.TryParse(Property("LangVersion"), out var version) ? version : LanguageVersion.Latest;

    public IEnumerable<string> Packages => Items("PackageReference").Concat(Items("GlobalPackageReference"));

    public IEnumerable<string> ProjectReferences => Items("ProjectReference").Select(include => Path.GetFullPath(Path.Combine(Home, include.Replace('\\', '/'))));

    private string Sdk => _layers[^1].Root?.Attribute("Sdk")?.Value ?? "";

    /// <summary>For sources that have no project file.</summary>
    public static ProjectFile None(string folder) => new(Path.Combine(folder, Path.GetFileName(folder) + ".csproj"), [new XDocument(new XElement("Project"))]);

    public static ProjectFile Read(string path, string root)
    {
        var layers = new List<XDocument> { XDocument.Load(path) };
        for (var folder = Path.GetDirectoryName(path); folder is not null && folder.StartsWith(root, StringComparison.Ordinal); folder = Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, "Directory.Build.props") is var props && File.Exists(props))
            {
                layers.Insert(0, XDocument.Load(props));
            }
        }

        return new(path, layers);
    }

    /// <summary>What the build would add: global usings, and the assemblies that see this one's internals.</summary>
    public string GeneratedCode()
    {
        var usings = string.Equals(Property("ImplicitUsings"), "enable", StringComparison.OrdinalIgnoreCase) || string.Equals(Property("ImplicitUsings"), "true", StringComparison.OrdinalIgnoreCase)
            ? ImplicitUsings.Of(Sdk)
            : [];
        var own = from item in Elements("Using")
                  let name = (string?)item.Attribute("Include")
                  where name is not null
                  select (string?)item.Attribute("Alias") is { } alias ? $"{alias} = {name}" : (string?)item.Attribute("Static") is "true" or "True" ? $"static {name}" : name;
        var friends = Items("InternalsVisibleTo").Select(name => name.Replace("$(AssemblyName)", AssemblyName, StringComparison.Ordinal).Replace("$(MSBuildProjectName)", Path.GetFileNameWithoutExtension(FullPath), StringComparison.Ordinal));
        return string.Concat(usings.Concat(own).Distinct().Select(name => $"global using {name};\n"))
            + string.Concat(friends.Select(name => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{name}\")]\n"));
    }

    /// <summary>The files of other folders that the project compiles too.</summary>
    public IEnumerable<string> LinkedFiles() => Matches("Include").Where(file => file.EndsWith(".cs", StringComparison.OrdinalIgnoreCase));

    public HashSet<string> RemovedFiles() => [.. Matches("Remove")];

    private IEnumerable<string> Matches(string attribute)
    {
        var matcher = new Matcher();
        matcher.AddIncludePatterns(Elements("Compile").Attributes(attribute).SelectMany(each => each.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(pattern => !pattern.Contains('$', StringComparison.Ordinal)).Select(pattern => pattern.Replace('\\', '/')));
        return matcher.Execute(new DirectoryInfoWrapper(new DirectoryInfo(Home))).Files.Select(match => Path.GetFullPath(Path.Combine(Home, match.Path)));
    }

    private IEnumerable<XElement> Elements(string name) => _layers.SelectMany(layer => layer.Descendants().Where(each => each.Name.LocalName == name));

    private IEnumerable<string> Items(string name) => Elements(name).Attributes("Include").SelectMany(each => each.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private string? Property(string name) => Elements(name).LastOrDefault()?.Value.Trim();
}
