using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.RealCode;

/// <summary>The projects of a folder as one solution, without MSBuild: every library they might use is one that this program has.</summary>
internal sealed class SourceFolder : IDisposable
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;"
        + " global using System.Threading; global using System.Threading.Tasks;";

    private const string WebUsings =
        " global using System.Net.Http.Json; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;"
        + " global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection;"
        + " global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;";

    private static readonly string[] Skipped = ["bin", "obj", "node_modules", ".git"];

    private readonly AdhocWorkspace _workspace = new();

    private SourceFolder(string root) => Root = root;

    public string Root { get; }

    public Solution Solution => _workspace.CurrentSolution;

    public static SourceFolder Open(string root)
    {
        var folder = new SourceFolder(root);
        var projects = Files(root, "*.csproj").Select(path => (Path: path, Id: ProjectId.CreateNewId(), Xml: XDocument.Load(path))).ToList();
        var ids = projects.ToDictionary(each => each.Path, each => each.Id);
        var homes = projects.Select(each => Path.GetDirectoryName(each.Path)).ToHashSet();
        foreach (var (path, id, xml) in projects)
        {
            folder.Add(path, id, xml, ids, homes);
        }

        return folder;
    }

    public void Dispose() => _workspace.Dispose();

    private void Add(string path, ProjectId id, XDocument xml, Dictionary<string, ProjectId> ids, HashSet<string?> homes)
    {
        var home = Path.GetDirectoryName(path) ?? Root;
        var name = Path.GetFileNameWithoutExtension(path);
        var references = from include in xml.Descendants("ProjectReference").Attributes("Include")
                         let target = Path.GetFullPath(Path.Combine(home, include.Value.Replace('\\', '/')))
                         where ids.ContainsKey(target) && target != path
                         select new ProjectReference(ids[target]);
        var symbols = new[] { "NET", "NETCOREAPP", "NET8_0_OR_GREATER", "NET10_0", "NET10_0_OR_GREATER", "TRACE" };
        var documents = Files(home, "*.cs", homes).Select(file => (file, SourceText.From(File.ReadAllText(file)))).ToList();
        documents.Add((Path.Combine(home, "Implicit.g.cs"), SourceText.From(ImplicitUsings + (xml.Root?.Attribute("Sdk")?.Value.EndsWith("Web", StringComparison.Ordinal) == true ? WebUsings : ""))));

        _workspace.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, name, name, LanguageNames.CSharp, path,
            compilationOptions: new CSharpCompilationOptions(
                xml.Descendants("OutputType").Any(each => each.Value.EndsWith("Exe", StringComparison.OrdinalIgnoreCase)) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true, nullableContextOptions: NullableContextOptions.Annotations),
            parseOptions: new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: symbols),
            documents: documents.Select(each => Document(id, each.Item1, each.Item2)),
            projectReferences: references.Distinct(),
            metadataReferences: Libraries.All,
            additionalDocuments: Files(home, "appsettings*.json", homes).Select(file => Document(id, file, SourceText.From(File.ReadAllText(file))))));
    }

    private static DocumentInfo Document(ProjectId id, string file, SourceText text) =>
        DocumentInfo.Create(DocumentId.CreateNewId(id), Path.GetFileName(file), filePath: file, loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Default, file)));

    // A project's folder does not reach into the folder of another.
    private static IEnumerable<string> Files(string folder, string pattern, HashSet<string?>? otherHomes = null)
    {
        foreach (var file in Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal))
        {
            yield return file;
        }

        foreach (var below in Directory.EnumerateDirectories(folder).Where(each => !Skipped.Contains(Path.GetFileName(each)) && otherHomes?.Contains(each) != true).Order(StringComparer.Ordinal))
        {
            foreach (var file in Files(below, pattern, otherHomes))
            {
                yield return file;
            }
        }
    }
}
