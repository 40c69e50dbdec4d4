using AsyncGuard.Support;
using AsyncGuard.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Robustness;

/// <summary>The code that is mutated: what the pages and the tests show, this repository's own files, and by hand a folder of real code.</summary>
internal sealed partial class FuzzSources
{
    private readonly IReadOnlyList<IReadOnlyList<Source>> _kinds;

    private FuzzSources(params IReadOnlyList<IReadOnlyList<Source>> kinds) => _kinds = kinds;

    public static FuzzSources OfRepository() => new(Pages(), Pages(), Snippets(), Settings(), Files(SourceFiles.EndingIn(".cs").Select(Repository.PathOf)));

    public static FuzzSources OfFolder(string folder) => new(Files(Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)));

    public Source Next(Random random)
    {
        var kind = _kinds[random.Next(_kinds.Count)];
        return kind[random.Next(kind.Count)];
    }

    private static List<Source> Pages() =>
    [
        .. from id in Page.Ids
           from example in Page.Read(id).Examples
           select new Source(id, () => Snippet.InClass(example)),
    ];

    private static List<Source> Settings() => [.. from id in Page.Ids from example in Page.Read(id).JsonExamples select new Source(id, () => example, IsCode: false)];

    private static List<Source> Files(IEnumerable<string> paths) => [.. paths.Select(path => new Source(path, () => File.ReadAllText(path)))];

    // What a test shows a rule stands in a raw string of several lines; the marks of the testing library are not C#.
    private static List<Source> Snippets() =>
    [
        .. from file in SourceFiles.EndingIn("Tests.cs")
           where file.StartsWith("tests/AsyncGuard.Analyzers.Tests/", StringComparison.Ordinal)
           from token in SyntaxFactory.ParseTokens(File.ReadAllText(Repository.PathOf(file)))
           where token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
           select new Source(file, () => Snippet.InClass(Mark().Replace(token.ValueText, ""))),
    ];

    [System.Text.RegularExpressions.GeneratedRegex(@"\[\||\|\]|\{\|[^:|}]*:|\|\}")]
    private static partial System.Text.RegularExpressions.Regex Mark();

    /// <summary>A file of code, or of settings.</summary>
    internal sealed record Source(string Name, Func<string> Text, bool IsCode = true);
}
