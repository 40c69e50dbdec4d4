using AsyncGuard.RealCode;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Benchmarks;

/// <summary>The projects of a folder, parsed once.</summary>
internal sealed class Code(IReadOnlyList<Compilation> projects)
{
    private int _copies;

    public long Lines { get; } = projects.Sum(each => each.SyntaxTrees.Sum(tree => (long)tree.GetText().Lines.Count));

    public static async Task<Code> OfAsync(string folder)
    {
        using var source = new SourceFolder(folder);
        var projects = new List<Compilation>();
        foreach (var project in source.Projects())
        {
            if (await project.GetCompilationAsync().ConfigureAwait(false) is { } compilation)
            {
                projects.Add(compilation);
            }
        }

        return new(projects);
    }

    /// <summary>The same trees in compilations that have bound nothing yet.</summary>
    public IEnumerable<Compilation> Fresh()
    {
        foreach (var project in projects)
        {
            yield return project.WithAssemblyName(FormattableString.Invariant($"{project.AssemblyName}{++_copies}"));
        }
    }
}
