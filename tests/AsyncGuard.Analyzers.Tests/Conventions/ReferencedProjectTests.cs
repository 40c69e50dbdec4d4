using System.Globalization;
using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Conventions;

/// <summary>An editor shows a referenced project's symbols with their source, a build without: the rules say the same in both.</summary>
public sealed class ReferencedProjectTests
{
    private const string Usings = "using System; using System.Threading; using System.Threading.Tasks; using Microsoft.EntityFrameworkCore; using Microsoft.Extensions.Hosting; using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;\n";

    private const string Library = Usings + """
        public record Order(int Number);
        public record Orders(params Order[] All) { public static readonly Orders None = new(); }
        public sealed class OrderException(string text) : Exception(text);
        public class Journal { public Journal(string path) { } public void LogOrder(Order order) { } }
        public static class Known
        {
            public static readonly string Connection = "Host=db;Database=orders";
            public static readonly string Endless = "Host=db;Command Timeout=0";
            public static string ConnectionToo => "Host=db;Database=orders";
            public static readonly Task Done = Task.CompletedTask;
            public static readonly TaskContinuationOptions OnFault = TaskContinuationOptions.OnlyOnFaulted;
            public static readonly Lazy<int> Number = new(() => 1);
            public static readonly SemaphoreSlim Gate = new(1);
            public static readonly SemaphoreSlim Signal = new(0);
            public static Func<Task> Work { get; } = () => Task.CompletedTask;
            public static void LogIt(this Order order) { }
            public static DbContextOptionsBuilder Configured(this DbContextOptionsBuilder options) => options;
            public static NpgsqlDbContextOptionsBuilder Quick(this NpgsqlDbContextOptionsBuilder options) => options;
            public static void PollOnce() { }
            public static async Task GuardedAsync() { try { await Task.Delay(1); } catch (Exception) { Console.WriteLine(); } }
            public static T Blocked<T>(Func<Task<T>> work) => work().GetAwaiter().GetResult();
            public static event EventHandler Changed;
            public static Task Kept;
            public static void Raise() => Changed?.Invoke(null, EventArgs.Empty);
        }
        public class Message(string text, int number) { public string Text { get; } = text; public int Number => number; }
        public class Letter { public Letter(string path) { Text = path; } public string Text { get; } }
        public static class Watching { public static Task Logged(this Task task) => task; public static Task LaterAsync(Func<Task> work) => work(); }
        public class Settings { public string Text { get; set; } public override string ToString() => Text; }
        public class Player { public string Text { get; set; } public void Play() { } }
        public class Gate { public void WriteLock() { } public void WriteUnlock() { } public bool TryReadLock() => true; }
        public class Context : DbContext { }
        public abstract class Poller : BackgroundService { protected static Task Current; public virtual void Handle(object sender, EventArgs e) { } }
        """;

    private static readonly DiagnosticAnalyzer[] AllRules = [.. Catalogue.Rules.Select(each => each.Analyzer).Distinct()];

    [Theory]
    [InlineData("ASG1001", "void M() => _ = Known.GuardedAsync();")]
    [InlineData("ASG1001", "void M() { _ = Task.Run(() => new Order(1)); _ = Task.Run(() => new Journal(\"x\")); }")]
    [InlineData("", "void M() { _ = Known.Done; _ = Task.Run(() => new Order(1)); }")]
    [InlineData("ASG1001", "void M() => _ = Known.Work();")]
    [InlineData("", "void M() => Task.Run(() => new Message(\"x\", 1));")]
    [InlineData("", "void M() => Task.Run(() => new Settings { Text = \"x\" });")]
    [InlineData("ASG1001", "void M() => Task.Run(() => new Player { Text = \"x\" });")]
    [InlineData("", "void M(Gate gate) => Task.Run(() => { if (gate.TryReadLock()) { gate.WriteLock(); gate.WriteUnlock(); } });")]
    [InlineData("ASG1001", "void M() => Task.Run(() => new Letter(\"x\"));")]
    [InlineData("", "void M() { Task.Run(() => Known.Raise()).Logged(); _ = Watching.Logged(Task.Run(() => Known.Raise())); }")]
    [InlineData("ASG1001", "void M() => Watching.LaterAsync(() => Task.Run(() => Known.Raise()));")]
    [InlineData("ASG1001", "void M(Task given) => Watching.Logged(given);")]
    [InlineData("ASG1001", "void M() => Task.Run(() => Known.Raise()).ConfigureAwait(false);")]
    [InlineData("", "void M() => _ = Task.Run(() => Known.Number.Value);")]
    [InlineData("", "async void M() { await Task.Delay(1); Known.LogIt(new(1)); }")]
    [InlineData("ASG1002", "async void M() { await Task.Delay(1); throw new OrderException(\"no\"); }")]
    [InlineData("", "async void M() { await Task.Delay(1); var none = Orders.None; }")]
    [InlineData("ASG1002", "async void M() { await Task.Delay(1); Known.Raise(); }")]
    [InlineData("ASG1003", "void M() => Known.Changed += async (_, _) => await Known.GuardedAsync();")]
    [InlineData("", "void M() => Known.Kept = Task.Run(() => new Journal(\"x\"));")]
    [InlineData("ASG1001", "void M(Task t) { t.ContinueWith(_ => new Journal(\"x\"), Known.OnFault); t.ContinueWith(_ => new Journal(\"x\")); }")]
    [InlineData("", "class Orders2 : Poller { protected override async Task ExecuteAsync(CancellationToken stop) { Known.PollOnce(); await System.IO.File.ReadAllTextAsync(\"x\"); } }")]
    [InlineData("ASG2001", "class W : Poller { protected override async Task ExecuteAsync(CancellationToken stop) { while (!stop.IsCancellationRequested) { await Task.Delay(1); Known.Raise(); } } }")]
    [InlineData("", "class W : Poller { protected override async Task ExecuteAsync(CancellationToken stop) { Current = Task.Run(() => { }); while (!stop.IsCancellationRequested) { await Task.Delay(1); _ = new Order(1); } } }")]
    [InlineData("ASG3008", "void M(DbContextOptionsBuilder o) => o.UseNpgsql(\"Host=db;Database=orders\", it => { });")]
    [InlineData("ASG3008", "void M(DbContextOptionsBuilder o) => o.UseNpgsql(\"Host=db;Database=orders\", it => it.Quick());")]
    [InlineData("", "void M(DbContextOptionsBuilder o) => o.UseNpgsql(Known.Connection);")]
    [InlineData("", "void M(DbContextOptionsBuilder o) => o.UseNpgsql(Known.ConnectionToo).Configured();")]
    [InlineData("", "void M() { var c = new Npgsql.NpgsqlConnection(Known.Endless); c.Open(); }")]
    [InlineData("ASG4001", "async Task M() { await Task.Delay(1); Known.Done.Wait(); }")]
    [InlineData("ASG4001", "async Task M() { await Task.Delay(1); Known.Kept.Wait(); }")]
    [InlineData("ASG4005", "async Task M() { await Task.Delay(1); Known.Signal.Wait(); }")]
    [InlineData("ASG4011", "async Task M() { await Known.Gate.WaitAsync(); await Known.GuardedAsync(); Known.Gate.Release(); }")]
    public async Task A_build_and_an_editor_find_the_same(string expected, string members)
    {
        var library = Compile("Library", Library, Workbench.Everything);
        using var image = new MemoryStream();
        var emitted = library.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics.Where(each => each.Severity == DiagnosticSeverity.Error)));

        var code = Usings + "public class Program2 {\n" + members + "\n}";
        var built = await FindAsync(code, MetadataReference.CreateFromImage(image.ToArray()));
        var edited = await FindAsync(code, library.ToMetadataReference());
        Assert.Equal(built, edited);
        Assert.Equal(expected, string.Join(" ", built.Select(each => each[..7]).Distinct()));
    }

    private static CSharpCompilation Compile(string name, string code, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(code, path: name + ".cs", cancellationToken: TestContext.Current.CancellationToken)], references, new(OutputKind.DynamicallyLinkedLibrary));

    private static async Task<IReadOnlyList<string>> FindAsync(string code, MetadataReference library)
    {
        var compilation = Compile("Application", code, [.. Workbench.Everything, library]);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(each => each.Severity == DiagnosticSeverity.Error).Select(each => each.ToString()));
        var found = await compilation.WithAnalyzers([.. AllRules]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. found.Select(each => $"{each.Id} {each.Location.SourceSpan} {each.GetMessage(CultureInfo.InvariantCulture)}").Order(StringComparer.Ordinal)];
    }
}
