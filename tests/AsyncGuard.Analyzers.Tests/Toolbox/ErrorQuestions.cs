using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Toolbox;

/// <summary>Asks the error model about the function <c>M</c> of a snippet.</summary>
internal static class ErrorQuestions
{
    private const string Others = """
        using System; using System.IO; using System.Threading.Tasks;

        static class F
        {
            public static int Count => 1;
            public static string Text => File.ReadAllText("x");
            public static void Nothing() { }
            public static Task<string> ReadAsync() => File.ReadAllTextAsync("x");
            public class Context { public int SaveChanges() => File.ReadAllText("x").Length; }
            public static async Task GuardedAsync() { try { await ReadAsync(); } catch (Exception) { } }
        }

        interface IWork { void Work(); }
        public class Open { public virtual void Work() { } }
        class Derived : Open { public override void Work() { } }
        class Opens { public Opens() { File.ReadAllText("x"); } }
        class AppLogger { public void Fail(Exception e) => File.AppendAllText("log", e.ToString()); }
        record Pair(int A, int B);
        static partial class P { public static partial void Part(); public static partial void Part() { } }
        """;

    private static readonly MetadataReference Library = CSharpCompilation.Create(
        "Errors",
        [CSharpSyntaxTree.ParseText("namespace Library { public static class Errors { public static bool IsFatal(System.Exception e) => false; public static bool IsCriticalException(System.Exception e) => false; public static bool IsCatchableExceptionType(System.Exception e) => true; public static bool NonFatal(System.Exception e) => true; public static bool IsTransient(System.Exception e) => true; } }")],
        Workbench.Net10,
        new(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();

    public static void Guarded(string members)
    {
        var cancel = TestContext.Current.CancellationToken;
        var (facts, method) = Read(members);
        Assert.Empty(Path(facts, method));
        Assert.True(facts.Errors.HandlesItsOwnErrors(method, cancel), "An error was said to escape.");
    }

    public static void Escapes(string members)
    {
        var cancel = TestContext.Current.CancellationToken;
        var (facts, method) = Read(members.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
        Assert.False(facts.Errors.HandlesItsOwnErrors(method, cancel), "No error was said to escape.");
        var start = members.IndexOf("[|", StringComparison.Ordinal) + 2;
        var escape = facts.Errors.FirstEscape(facts.Bodies.Of(method, cancel)!, cancel); // it has source
        Assert.Equal(members[start..members.IndexOf("|]", StringComparison.Ordinal)], escape?.Syntax.ToString());
    }

    /// <summary>
    /// <c>M</c> is guarded where <c>WORK;</c> catches its error, and is not where it lets it go; then the path leads to it through at least
    /// five calls.
    /// </summary>
    public static void Follows(string members)
    {
        Guarded(members.Replace("WORK;", "try { File.Delete(\"x\"); } catch (Exception) { }", StringComparison.Ordinal));

        var cancel = TestContext.Current.CancellationToken;
        var (facts, method) = Read(members.Replace("WORK;", "File.Delete(\"x\");", StringComparison.Ordinal));
        Assert.False(facts.Errors.HandlesItsOwnErrors(method, cancel), "No error was said to escape.");
        var path = Path(facts, method);
        Assert.Equal("File.Delete(\"x\")", path[^1]);
        Assert.True(path.Length > 5, string.Join(" > ", path));
    }

    private static string[] Path(CompilationFacts facts, IMethodSymbol method)
    {
        var cancel = TestContext.Current.CancellationToken;
        return [.. facts.Errors.PathOf(facts.Bodies.Of(method, cancel)!, cancel).Select(each => each.SourceTree!.GetText(cancel).ToString(each.SourceSpan))]; // it has source
    }

    public static (CompilationFacts Facts, IMethodSymbol Method) Read(string members, bool compiles = true)
    {
        var cancel = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(Snippet.InClass("using System.IO;\n" + members), cancellationToken: cancel);
        var compilation = CSharpCompilation.Create("Read", [tree, CSharpSyntaxTree.ParseText(Others, cancellationToken: cancel)], [.. Workbench.Net10, .. Workbench.LibraryOf(typeof(Supervisor)), Library], new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Equal(compiles, !compilation.GetDiagnostics(cancel).Any(each => each.Severity == DiagnosticSeverity.Error));
        return (CompilationFacts.Of(compilation), (IMethodSymbol)compilation.GetTypeByMetadataName("Subject")!.GetMembers("M").Single()); // the snippet's class
    }
}
