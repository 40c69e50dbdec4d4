using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Conventions;

/// <summary>A defect is one in whatever form of code it stands: each rule's plainest defect in each form of type and function.</summary>
public sealed class FormTests
{
    private const string Loop = "_ = Task.Run(async () => { while (true) { await System.IO.File.ReadAllTextAsync(\"x\"); await Task.Delay(9); } });";
    private const string CaughtOutside = "_ = Task.Run(async () => { try { while (true) { await System.IO.File.ReadAllTextAsync(\"x\"); await Task.Delay(9); } } catch (Exception e) { Console.WriteLine(e); } });";
    private const string Swallowed = "_ = Task.Run(async () => { try { await System.IO.File.ReadAllTextAsync(\"x\"); } catch { } });";

    internal static readonly Dictionary<string, string> Defects = new()
    {
        ["ASG1001"] = "_ = System.IO.File.ReadAllTextAsync(\"x\");",
        ["ASG1002"] = "async void L1() => await System.IO.File.ReadAllTextAsync(\"x\"); L1();",
        ["ASG1003"] = "System.Timers.Timer timer = null; timer.Elapsed += async (_, e) => await System.IO.File.ReadAllTextAsync(\"x\");",
        ["ASG1004"] = "new Thread(async () => await System.IO.File.ReadAllTextAsync(\"x\")).Start();",
        ["ASG1007"] = "var lost = System.IO.File.ReadAllTextAsync(\"x\");",
        ["ASG1008"] = "using (var lent = new Npgsql.NpgsqlConnection()) { _ = lent.OpenAsync(); }",
        ["ASG1015"] = "Console.WriteLine(System.IO.File.ReadAllTextAsync(\"x\"));",
        ["ASG1005"] = "await Task.Factory.StartNew(() => System.IO.File.ReadAllTextAsync(\"x\"));",
        ["ASG1011"] = "_ = System.IO.File.ReadAllTextAsync(\"x\").ContinueWith(_ => Console.WriteLine(\"read\"));",
        ["ASG2001"] = Loop,
        ["ASG2002"] = CaughtOutside,
        ["ASG2007"] = Swallowed,
        ["ASG3001"] = "var command = new Npgsql.NpgsqlCommand(); command.CommandTimeout = 0; command.ExecuteNonQuery();",
        ["ASG3008"] = "var connection = new Npgsql.NpgsqlConnection(\"Host=db;Database=shop\"); GC.KeepAlive(connection);",
        ["ASG4001"] = "GC.KeepAlive(System.IO.File.ReadAllTextAsync(\"x\").Result);",
        ["ASG4002"] = "int Size() => System.IO.File.ReadAllTextAsync(\"x\").Result.Length; GC.KeepAlive(Size());",
        ["ASG4003"] = "var size = new Lazy<int>(() => System.IO.File.ReadAllTextAsync(\"x\").Result.Length); GC.KeepAlive(size.Value);",
        ["ASG4004"] = "Thread.Sleep(9);",
        ["ASG4005"] = "var gate = new SemaphoreSlim(1); gate.Wait();",
        ["ASG4009"] = "Parallel.ForEach(new[] { 1 }, _ => System.IO.File.ReadAllTextAsync(\"x\").Wait());",
        ["ASG4010"] = "Func<int> size = () => System.IO.File.ReadAllTextAsync(\"x\").Result.Length; GC.KeepAlive(size);",
        ["ASG4011"] = "var gate = new SemaphoreSlim(1); await gate.WaitAsync(); Console.WriteLine(System.IO.File.ReadAllText(\"x\")); gate.Release();",
    };

    internal static readonly Dictionary<string, string> Forms = new()
    {
        ["a method"] = "class C { async Task M() { $ await Task.Yield(); } }",
        ["a static method"] = "static class C { static async Task M() { $ await Task.Yield(); } }",
        ["a value task"] = "class C { async ValueTask M() { $ await Task.Yield(); } }",
        ["a local function"] = "class C { void M() { GC.KeepAlive((Func<Task>)L); async Task L() { $ await Task.Yield(); } } }",
        ["a lambda"] = "class C { Func<Task> M() => async () => { $ await Task.Yield(); }; }",
        ["an anonymous method"] = "class C { Func<Task> M() => async delegate { $ await Task.Yield(); }; }",
        ["a lambda in a field"] = "class C { Func<Task> _f = async () => { $ await Task.Yield(); }; }",
        ["a generic method"] = "class C { async Task M<T>(T item) where T : class { $ await Task.Yield(); GC.KeepAlive(item); } }",
        ["a generic type"] = "class C<T> { async Task M() { $ await Task.Yield(); } }",
        ["a record"] = "record C(int Id) { async Task M() { $ await Task.Yield(); } }",
        ["a record struct"] = "record struct C(int Id) { async Task M() { $ await Task.Yield(); } }",
        ["a struct"] = "struct C { async Task M() { $ await Task.Yield(); } }",
        ["a partial type"] = "partial class C { } partial class C { async Task M() { $ await Task.Yield(); } }",
        ["a partial method"] = "partial class C { private partial Task M(); private async partial Task M() { $ await Task.Yield(); } }",
        ["a primary constructor's type"] = "class C(int id) { async Task M() { $ await Task.Yield(); GC.KeepAlive(id); } }",
        ["a nested type"] = "class C { class D { async Task M() { $ await Task.Yield(); } } }",
        ["an interface's default"] = "interface I { async Task M() { $ await Task.Yield(); } }",
        ["an explicit implementation"] = "interface I { Task M(); } class C : I { async Task I.M() { $ await Task.Yield(); } }",
        ["an override"] = "abstract class B { public abstract Task M(); } class C : B { public override async Task M() { $ await Task.Yield(); } }",
        ["an async iterator"] = "class C { async System.Collections.Generic.IAsyncEnumerable<int> M() { $ await Task.Yield(); yield return 1; } }",
        ["an await using"] = "class C { async Task M() { await using (new System.IO.MemoryStream()) { $ await Task.Yield(); } } }",
        ["a switch"] = "class C { async Task M(int n) { switch (n) { case 1: { $ break; } } await Task.Yield(); } }",
        ["a try"] = "class C { async Task M() { try { $ } finally { await Task.Yield(); } } }",
        ["a nullable context"] = "#nullable enable\nclass C { async Task M(string? s) { $ await Task.Yield(); GC.KeepAlive(s); } }",
        ["no nullable context"] = "#nullable disable\nclass C { async Task M(string s) { $ await Task.Yield(); GC.KeepAlive(s); } }",
        ["a file-local type"] = "file class C { async Task M() { $ await Task.Yield(); } }",
        ["an extension"] = "static class C { static async Task M(this int n) { $ await Task.Yield(); GC.KeepAlive(n); } }",
        ["top-level statements"] = "await Task.Yield(); $ await Task.Yield();",
        ["C# 7.3"] = "class C { async Task M() { $ await Task.Yield(); } }",
    };

    /// <summary>ASG2003 stands at a method of its own, so the forms are those of its type.</summary>
    internal static readonly Dictionary<string, string> ServiceForms = new()
    {
        ["a method"] = "class StockChecker : Microsoft.Extensions.Hosting.BackgroundService { $ }",
        ["a generic type"] = "class StockChecker<T> : Microsoft.Extensions.Hosting.BackgroundService { $ }",
        ["a partial type"] = "partial class StockChecker { $ } partial class StockChecker : Microsoft.Extensions.Hosting.BackgroundService { }",
        ["a nested type"] = "class C { class StockChecker : Microsoft.Extensions.Hosting.BackgroundService { $ } }",
        ["a type between"] = "abstract class Service : Microsoft.Extensions.Hosting.BackgroundService { } class StockChecker : Service { $ }",
        ["a nullable context"] = "#nullable enable\nclass StockChecker : Microsoft.Extensions.Hosting.BackgroundService { $ }",
        ["a primary constructor's type"] = "class StockChecker(string path) : Microsoft.Extensions.Hosting.BackgroundService { public string Path => path; $ }",
        ["a file-local type"] = "file class StockChecker : Microsoft.Extensions.Hosting.BackgroundService { $ }",
        ["C# 7.3"] = "class StockChecker : Microsoft.Extensions.Hosting.BackgroundService { $ }",
    };

    internal const string RunsOnce = "protected override async Task ExecuteAsync(CancellationToken stoppingToken) { await System.IO.File.ReadAllTextAsync(\"x\", stoppingToken); }";

    public static TheoryData<string> ServiceCases => [.. ServiceForms.Keys];

    [Theory, MemberData(nameof(ServiceCases))]
    public async Task A_service_that_runs_once_is_reported_in(string form)
    {
        var cancel = TestContext.Current.CancellationToken;
        var code = "using System.Threading;\nusing System.Threading.Tasks;\n" + ServiceForms[form].Replace("$", RunsOnce, StringComparison.Ordinal);
        var tree = CSharpSyntaxTree.ParseText(code, new(form == "C# 7.3" ? LanguageVersion.CSharp7_3 : LanguageVersion.Latest), "Form.cs", cancellationToken: cancel);
        var compilation = CSharpCompilation.Create("Form", [tree], [.. Workbench.Net10, .. Workbench.LibraryOf(typeof(Microsoft.Extensions.Hosting.IHost))], new(OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(compilation.GetDiagnostics(cancel), each => each.Severity == DiagnosticSeverity.Error);

        var found = await compilation.WithAnalyzers([new AsyncGuard.Rules.RunOnceServiceAnalyzer()]).GetAnalyzerDiagnosticsAsync(cancel);
        Assert.Equal(["ASG2003"], found.Select(each => each.Id));
    }

    public static TheoryData<string, string> Cases => [.. from id in Defects.Keys from form in Forms.Keys select (id, form)];

    [Theory, MemberData(nameof(Cases))]
    public async Task A_defect_is_reported_in(string id, string form)
    {
        var cancel = TestContext.Current.CancellationToken;
        var code = "using System;\nusing System.Threading;\nusing System.Threading.Tasks;\n" + Forms[form].Replace("$", Defects[id], StringComparison.Ordinal);
        var version = form == "C# 7.3" ? LanguageVersion.CSharp7_3 : LanguageVersion.Latest;
        var tree = CSharpSyntaxTree.ParseText(code, new(version), "Form.cs", cancellationToken: cancel);
        var kind = form == "top-level statements" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var compilation = CSharpCompilation.Create("Form", [tree], [.. Workbench.Net10, .. Workbench.LibraryOf(typeof(Npgsql.NpgsqlConnection))], new(kind));
        Assert.Empty(compilation.GetDiagnostics(cancel).Where(each => each.Severity == DiagnosticSeverity.Error));

        var rule = Catalogue.Rules.Single(each => each.Rule.Id == id).Analyzer;
        var found = await compilation.WithAnalyzers([rule]).GetAnalyzerDiagnosticsAsync(cancel);
        Assert.Equal([id], found.Select(each => each.Id));
    }
}
