using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules;

/// <summary>Where a function that turns async gets a token to pass on, and who gives it one.</summary>
public sealed class AddedTokenTests : RuleTests<BlockingInSyncAnalyzer, BlockingInSyncFix>
{
    [Fact]
    public Task A_function_that_others_can_call_takes_a_token() => FixesAsync(
        "public string Read(string path) => System.IO.File.ReadAllTextAsync(path).{|ASG4010:Result|};",
        "public async Task<string> ReadAsync(string path, CancellationToken cancellationToken = default) => await System.IO.File.ReadAllTextAsync(path, cancellationToken);");

    [Fact]
    public Task A_caller_with_a_token_gives_its_own() => FixesAsync(
        """
        string Read() => System.IO.File.ReadAllTextAsync("x").{|ASG4002:Result|};
        async Task<int> CountAsync(CancellationToken stop) { await Task.Yield(); return Read().Length; }
        async Task<int> SumAsync() { await Task.Yield(); return Read().Length; }
        """,
        """
        async Task<string> ReadAsync(CancellationToken cancellationToken = default) => await System.IO.File.ReadAllTextAsync("x", cancellationToken);
        async Task<int> CountAsync(CancellationToken stop) { await Task.Yield(); return (await ReadAsync(stop)).Length; }
        async Task<int> SumAsync() { await Task.Yield(); return (await ReadAsync()).Length; }
        """);

    [Fact]
    public Task A_caller_with_a_local_token_gives_that() => FixesAsync(
        "string Read() => System.IO.File.ReadAllTextAsync(\"x\").{|ASG4002:Result|}; async Task<int> CountAsync(CancellationTokenSource source) { var stop = source.Token; await Task.Yield(); return Read().Length; }",
        "async Task<string> ReadAsync(CancellationToken cancellationToken = default) => await System.IO.File.ReadAllTextAsync(\"x\", cancellationToken); async Task<int> CountAsync(CancellationTokenSource source) { var stop = source.Token; await Task.Yield(); return (await ReadAsync(stop)).Length; }");

    [Fact]
    public Task Callers_that_turn_async_pass_it_through() => FixesAsync(
        """
        public void Show() { Console.WriteLine(Twice(1)); }
        string Twice(int n) => Read() + Read() + n;
        string Read() => System.IO.File.ReadAllTextAsync("x").{|ASG4010:Result|};
        """,
        """
        public async Task ShowAsync(CancellationToken cancellationToken = default) { Console.WriteLine(await TwiceAsync(1, cancellationToken)); }
        async Task<string> TwiceAsync(int n, CancellationToken cancellationToken = default) => await ReadAsync(cancellationToken) + await ReadAsync(cancellationToken) + n;
        async Task<string> ReadAsync(CancellationToken cancellationToken = default) => await System.IO.File.ReadAllTextAsync("x", cancellationToken);
        """);

    [Fact]
    public Task An_interface_and_what_implements_it_take_it_together() => FixesAsync(
        """
        internal interface IStore { void Save(string text); }
        internal class Remote : IStore { public void Save(string text) => System.IO.File.WriteAllTextAsync("x", text).{|ASG4010:Wait|}(); }
        internal class Hidden : IStore { void IStore.Save(string text) { Console.WriteLine(text); } }
        async Task RunAsync(IStore store, CancellationToken stop) { await Task.Delay(1, stop); store.Save("a"); }
        """,
        """
        internal interface IStore { Task SaveAsync(string text, CancellationToken cancellationToken = default); }
        internal class Remote : IStore { public async Task SaveAsync(string text, CancellationToken cancellationToken = default) => await System.IO.File.WriteAllTextAsync("x", text, cancellationToken); }
        internal class Hidden : IStore { Task IStore.SaveAsync(string text, CancellationToken cancellationToken) { Console.WriteLine(text); return Task.CompletedTask; } }
        async Task RunAsync(IStore store, CancellationToken stop) { await Task.Delay(1, stop); await store.SaveAsync("a", stop); }
        """);

    [Fact]
    public Task An_optional_parameter_before_it_is_passed_over_by_name() => FixesAsync(
        "public string Read(string path = \"x\") => System.IO.File.ReadAllTextAsync(path).{|ASG4002:Result|}; async Task<string> M(CancellationToken stop) { await Task.Yield(); return Read(); }",
        "public async Task<string> ReadAsync(string path = \"x\", CancellationToken cancellationToken = default) => await System.IO.File.ReadAllTextAsync(path, cancellationToken); async Task<string> M(CancellationToken stop) { await Task.Yield(); return await ReadAsync(cancellationToken: stop); }");

    [Fact]
    public Task A_lambda_in_it_passes_the_function_s() => FixesAsync(
        "public string Read() => Task.Run(() => System.IO.File.ReadAllTextAsync(\"x\")).{|ASG4010:Result|};",
        "public async Task<string> ReadAsync(CancellationToken cancellationToken = default) => await Task.Run(() => System.IO.File.ReadAllTextAsync(\"x\", cancellationToken), cancellationToken);");

    [Fact]
    public Task A_controller_s_action_takes_the_request_s() => FixesAsync(
        "public class Shop : Microsoft.AspNetCore.Mvc.ControllerBase { public string Get() => System.IO.File.ReadAllTextAsync(\"x\").{|ASG4002:Result|}; }",
        "public class Shop : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task<string> Get(CancellationToken cancellationToken = default) => await System.IO.File.ReadAllTextAsync(\"x\", cancellationToken); }",
        Has.Source("Web.cs", WebStubs.Web));

    [Fact]
    public Task A_name_that_is_taken_is_another() => FixesAsync(
        "public string Read(string cancellationToken) => System.IO.File.ReadAllTextAsync(cancellationToken).{|ASG4010:Result|};",
        "public async Task<string> ReadAsync(string cancellationToken, CancellationToken cancel = default) => await System.IO.File.ReadAllTextAsync(cancellationToken, cancel);");

    [Fact]
    public Task Keeps_one_parameter_a_line_and_documents_the_new_one() => FixesAsync(
        """
        /// <summary>Reads.</summary>
        /// <param name="path">Where.</param>
        /// <param name="length">How much.</param>
        public string Read(
            string path, // where
            int length)
        {
            return System.IO.File.ReadAllTextAsync(path).{|ASG4010:Result|}[..length];
        }
        """,
        """
        /// <summary>Reads.</summary>
        /// <param name="path">Where.</param>
        /// <param name="length">How much.</param>
        /// <param name="cancellationToken">Stops the work.</param>
        public async Task<string> ReadAsync(
            string path, // where
            int length,
            CancellationToken cancellationToken = default)
        {
            return (await System.IO.File.ReadAllTextAsync(path, cancellationToken))[..length];
        }
        """,
        project => project.DocumentationMode = DocumentationMode.Diagnose);

    [Fact]
    public Task A_finally_is_not_to_be_stopped() => FixesAsync(
        "public void Run() { try { Console.Beep(); } finally { System.IO.File.WriteAllTextAsync(\"x\", \"\").{|ASG4010:Wait|}(); } }",
        "public async Task RunAsync() { try { Console.Beep(); } finally { await System.IO.File.WriteAllTextAsync(\"x\", \"\"); } }");

    [Theory]
    [InlineData("it is private, and no caller has one", "string Read() => System.IO.File.ReadAllTextAsync(\"x\").{|ASG4010:Result|};", "async Task<string> ReadAsync() => await System.IO.File.ReadAllTextAsync(\"x\");")]
    [InlineData("what it awaits takes none", "public void Run(Task t) => t.{|ASG4010:Wait|}();", "public async Task RunAsync(Task t) => await t;")]
    [InlineData("it has one already", "public string Read(CancellationToken stop) => System.IO.File.ReadAllTextAsync(\"x\", CancellationToken.None).{|ASG4010:Result|};", "public async Task<string> ReadAsync(CancellationToken stop) => await System.IO.File.ReadAllTextAsync(\"x\", CancellationToken.None);")]
    [InlineData("its last parameter takes all that follows", "public string Read(params string[] all) => System.IO.File.ReadAllTextAsync(all[0]).{|ASG4010:Result|};", "public async Task<string> ReadAsync(params string[] all) => await System.IO.File.ReadAllTextAsync(all[0]);")]
    [InlineData("it is given to Task.Run", "internal async Task M() => await Task.Run(Read); internal string Read() => System.IO.File.ReadAllTextAsync(\"x\").{|ASG4002:Result|};", "internal async Task M() => await Task.Run(ReadAsync); internal async Task<string> ReadAsync() => await System.IO.File.ReadAllTextAsync(\"x\");")]
    [InlineData("a framework reads its parameters", "class CommandAttribute : Attribute { } [Command] public string Read() => System.IO.File.ReadAllTextAsync(\"x\").{|ASG4010:Result|};", "class CommandAttribute : Attribute { } [Command] public async Task<string> ReadAsync() => await System.IO.File.ReadAllTextAsync(\"x\");")]
    [InlineData("another of that signature is there", "public string Read() => System.IO.File.ReadAllTextAsync(\"x\").{|ASG4010:Result|}; public string ReadAsync(CancellationToken stop) => \"\";", "public async Task<string> ReadAsync() => await System.IO.File.ReadAllTextAsync(\"x\"); public string ReadAsync(CancellationToken stop) => \"\";")]
    [InlineData("its documentation names it with its parameters", "/// <summary>As <see cref=\"Read(string)\"/>.</summary>\npublic string Read(string path) => System.IO.File.ReadAllTextAsync(path).{|ASG4010:Result|};", "/// <summary>As <see cref=\"ReadAsync(string)\"/>.</summary>\npublic async Task<string> ReadAsync(string path) => await System.IO.File.ReadAllTextAsync(path);")]
    public Task No_token_is_added_where(string reason, string members, string repaired)
    {
        Assert.NotEmpty(reason);
        return FixesAsync(members, repaired, project => project.DocumentationMode = DocumentationMode.Diagnose);
    }

    [Fact]
    public Task Tests_take_none() => FixesAsync(
        "internal class A { public static string Read() => System.IO.File.ReadAllTextAsync(\"x\").{|ASG4010:Result|}; } internal class Tests { [Xunit.Fact] public void Reads() => GC.KeepAlive(A.Read()); }",
        "internal class A { public static async Task<string> ReadAsync(CancellationToken cancellationToken = default) => await System.IO.File.ReadAllTextAsync(\"x\", cancellationToken); } internal class Tests { [Xunit.Fact] public async Task Reads() => GC.KeepAlive(await A.ReadAsync()); }",
        Has.Source("Xunit.cs", "namespace Xunit { class FactAttribute : System.Attribute { } }"));

    [Fact]
    public Task Main_takes_none() => FixesAsync(
        "public static void Main() => System.IO.File.WriteAllTextAsync(\"x\", Read()).Wait(); public static string Read() => System.IO.File.ReadAllTextAsync(\"x\").{|ASG4010:Result|};",
        "public static async Task Main() => await System.IO.File.WriteAllTextAsync(\"x\", await ReadAsync()); public static async Task<string> ReadAsync(CancellationToken cancellationToken = default) => await System.IO.File.ReadAllTextAsync(\"x\", cancellationToken);",
        project => project.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task A_hub_s_method_takes_none() => FixesAsync(
        "public class Chat : Microsoft.AspNetCore.SignalR.Hub { public string Read() => System.IO.File.ReadAllTextAsync(\"x\").{|ASG4002:Result|}; }",
        "public class Chat : Microsoft.AspNetCore.SignalR.Hub { public async Task<string> Read() => await System.IO.File.ReadAllTextAsync(\"x\"); }",
        Has.Source("Web.cs", WebStubs.Web));

    [Fact]
    public async Task The_namespace_of_the_token_is_imported() => Assert.StartsWith(
        "using System.IO;\nusing System.Threading;\nusing System.Threading.Tasks;\n\npublic class One { public async Task<string> ReadAsync(CancellationToken cancellationToken = default)",
        await MendedAsync("using System.IO;\nusing System.Threading.Tasks;\n\npublic class One { public string Read() => File.ReadAllTextAsync(\"x\").Result; }"), StringComparison.Ordinal);

    [Fact]
    public async Task The_token_s_name_is_whole_where_an_import_would_make_another_ambiguous() => Assert.StartsWith(
        "using System.IO;\nusing System.Timers;\n\npublic class One { public Timer T; public async System.Threading.Tasks.Task<string> ReadAsync(System.Threading.CancellationToken cancellationToken = default)",
        await MendedAsync("using System.IO;\nusing System.Timers;\n\npublic class One { public Timer T; public string Read() => File.ReadAllTextAsync(\"x\").Result; }"), StringComparison.Ordinal);

    private static async Task<string> MendedAsync(string code)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var workspace = await Workbench.OpenWorkspaceAsync();
        var document = workspace.CurrentSolution.AddProject("One", "One", LanguageNames.CSharp).WithMetadataReferences(Workbench.Net10)
            .WithCompilationOptions(new Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).AddDocument("One.cs", code);
        var compilation = (await document.Project.GetCompilationAsync(cancel))!; // C# has one
        var finding = Assert.Single(await compilation.WithAnalyzers([new BlockingInSyncAnalyzer()]).GetAnalyzerDiagnosticsAsync(cancel));
        var offers = new List<CodeAction>();
        await new BlockingInSyncFix().RegisterCodeFixesAsync(new(document, finding, (offer, _) => offers.Add(offer), cancel));
        var applied = (await Assert.Single(offers).GetOperationsAsync(cancel)).OfType<ApplyChangesOperation>().Single();
        return $"{await applied.ChangedSolution.GetDocument(document.Id)!.GetTextAsync(cancel)}";
    }
}
