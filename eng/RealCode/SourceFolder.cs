using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.RealCode;

/// <summary>The projects of a repository as one solution, without MSBuild.</summary>
internal sealed class SourceFolder : IDisposable
{
    private static readonly string[] Symbols =
    [
        "NET", "NETCOREAPP", "NETCOREAPP3_1_OR_GREATER", "NET5_0_OR_GREATER", "NET6_0_OR_GREATER", "NET7_0_OR_GREATER", "NET8_0_OR_GREATER", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER", "NET10_0", "TRACE",
    ];

    private static readonly string[] Skipped = ["bin", "obj", "node_modules", ".git"];

    private readonly AdhocWorkspace _workspace = new();
    private readonly Dictionary<string, (ProjectFile File, ProjectId Id)> _projects;
    private readonly HashSet<string> _homes;
    private Solution _solution;

    public SourceFolder(string root)
    {
        _projects = Files(root, "*.csproj").Select(path => ProjectFile.Read(path, root)).ToDictionary(each => each.FullPath, each => (each, ProjectId.CreateNewId()));
        _homes = [.. _projects.Values.Select(each => each.File.Home)];
        _solution = _workspace.CurrentSolution;
        foreach (var (file, id) in _projects.Values)
        {
            _solution = _solution.AddProject(Describe(file, id));
        }

        // Sources without a project file are one project.
        _solution = _projects.Count > 0 ? _solution : _solution.AddProject(Describe(ProjectFile.None(root), ProjectId.CreateNewId()));
    }

    /// <summary>Each project after those it refers to. What nobody still to come refers to is let go, or a large repository would not fit into memory.</summary>
    public IEnumerable<Project> Projects()
    {
        var order = _solution.GetProjectDependencyGraph().GetTopologicallySortedProjects().ToList();
        var open = order.ToHashSet();
        foreach (var id in order)
        {
            yield return _solution.GetProject(id) ?? throw new InvalidOperationException("A project was let go before its turn.");
            open.Remove(id);
            LetGo(open);
        }
    }

    public void Dispose() => _workspace.Dispose();

    private void LetGo(HashSet<ProjectId> open)
    {
        var graph = _solution.GetProjectDependencyGraph();
        foreach (var done in _solution.ProjectIds.Where(id => !open.Contains(id) && !graph.GetProjectsThatTransitivelyDependOnThisProject(id).Any(open.Contains)))
        {
            _solution = _solution.RemoveProject(done);
        }
    }

    private ProjectInfo Describe(ProjectFile file, ProjectId id)
    {
        var removed = file.RemovedFiles();
        var files = Files(file.Home, "*.cs", _homes).Concat(file.LinkedFiles()).Distinct().Where(path => !removed.Contains(path) && File.Exists(path) && !IsGeneratedModel(Path.GetFileName(path)));
        var generated = DocumentInfo.Create(
            DocumentId.CreateNewId(id), "Generated.g.cs", filePath: Path.Combine(file.Home, "Generated.g.cs"),
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(file.GeneratedCode()), VersionStamp.Default)));
        return ProjectInfo.Create(
            id, VersionStamp.Default, Path.GetFileNameWithoutExtension(file.FullPath), file.AssemblyName, LanguageNames.CSharp, file.FullPath,
            compilationOptions: new CSharpCompilationOptions(
                file.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Annotations),
            parseOptions: new CSharpParseOptions(file.LanguageVersion, preprocessorSymbols: Symbols),
            documents: [.. files.Select(path => Describe(path, id)), generated],
            projectReferences: Reached(file).Select(other => new ProjectReference(other.Id)),
            metadataReferences: Libraries.For(Reached(file).SelectMany(other => other.File.Packages).Concat(file.Packages)),
            additionalDocuments: Files(file.Home, "appsettings*.json", _homes).Select(path => Describe(path, id)));
    }

    // As the build does: what a project refers to, and what that refers to.
    private HashSet<(ProjectFile File, ProjectId Id)> Reached(ProjectFile file)
    {
        var reached = new HashSet<(ProjectFile, ProjectId)>();
        var open = new Stack<ProjectFile>([file]);
        while (open.TryPop(out var next))
        {
            foreach (var path in next.ProjectReferences)
            {
                if (path != file.FullPath && _projects.TryGetValue(path, out var other) && reached.Add(other))
                {
                    open.Push(other.File);
                }
            }
        }

        return reached;
    }

    // Half of the lines of some repositories: the models that EF Core writes beside each migration. No rule may report anything in them.
    private static bool IsGeneratedModel(string name) => name.EndsWith("ModelSnapshot.cs", StringComparison.Ordinal) || (char.IsDigit(name[0]) && name.EndsWith(".Designer.cs", StringComparison.Ordinal));

    private static DocumentInfo Describe(string path, ProjectId project) =>
        DocumentInfo.Create(DocumentId.CreateNewId(project), Path.GetFileName(path), filePath: path, loader: new FileTextLoader(path, defaultEncoding: null));

    // A project's folder does not reach into the folder of another.
    private static IEnumerable<string> Files(string folder, string pattern, HashSet<string>? otherHomes = null)
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
