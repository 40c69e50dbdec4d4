using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Support;

/// <summary>The piece of a snippet between <c>[|</c> and <c>|]</c>, compiled, for tests that ask a model about one place.</summary>
internal sealed record Spot(SyntaxNode Node, SemanticModel Model)
{
    public static Spot In(string members, params IEnumerable<string> otherFiles) => InFile(Snippet.InClass(members), OutputKind.DynamicallyLinkedLibrary, otherFiles);

    public static Spot InFile(string file, OutputKind kind, params IEnumerable<string> otherFiles)
    {
        var start = file.IndexOf("[|", StringComparison.Ordinal);
        var end = file.IndexOf("|]", StringComparison.Ordinal) - 2;
        var tree = CSharpSyntaxTree.ParseText(file.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create("Spot", [tree, .. otherFiles.Select(each => CSharpSyntaxTree.ParseText(each))], Workbench.Net10, new(kind, allowUnsafe: true));
        Assert.Empty(compilation.GetDiagnostics().Where(each => each.Severity == DiagnosticSeverity.Error));
        return new(tree.GetRoot().FindNode(new(start, end - start), getInnermostNodeForTie: true), compilation.GetSemanticModel(tree));
    }
}
