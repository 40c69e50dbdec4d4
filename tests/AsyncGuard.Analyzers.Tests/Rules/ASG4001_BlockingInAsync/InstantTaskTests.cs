using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A call of a function that awaits nothing gives a task that is complete already: reading it blocks nobody.</summary>
public sealed class InstantTaskTests : RuleTests<BlockingInAsyncAnalyzer>
{
    [Theory]
    [InlineData("async Task<int> GetAsync() => 1;")]
    [InlineData("Task<int> GetAsync() => Task.FromResult(1);")]
    [InlineData("Task<int> GetAsync() { if (_fast) { return Task.FromResult(1); } return Task.FromException<int>(new Exception()); }")]
    [InlineData("async Task<int> GetAsync() { await Task.CompletedTask; return 1; }")]
    [InlineData("async Task<int> GetAsync() => await OneAsync(); async Task<int> OneAsync() => await TwoAsync().ConfigureAwait(false); Task<int> TwoAsync() => ThreeAsync(); Task<int> ThreeAsync() => Task.FromResult(3);")]
    [InlineData("async Task<int> GetAsync() { Func<Task> later = async () => await Task.Delay(1); GC.KeepAlive(later); return 1; }")]
    [InlineData("async Task<int> GetAsync() { GC.KeepAlive((Func<Task>)LaterAsync); return 1; async Task LaterAsync() => await Task.Delay(1); }")]
    [InlineData("async Task<int> GetAsync() { using var from = new MemoryStream(); using var to = new MemoryStream(); await from.CopyToAsync(to); await to.FlushAsync(); return to.ToArray().Length; }")]
    [InlineData("async Task<int> GetAsync() { using var from = typeof(Subject).Assembly.GetManifestResourceStream(\"x\")!; using var reader = new StreamReader(from); return (await reader.ReadToEndAsync()).Length; }")]
    [InlineData("async Task<int> GetAsync() { using var from = typeof(Subject).Assembly.GetManifestResourceStream(\"x\"); return await System.Text.Json.JsonSerializer.DeserializeAsync<int>(from!); }")]
    [InlineData("async Task<int> GetAsync() { using Stream to = new MemoryStream(); await to.WriteAsync(new byte[1]); return 1; }")]
    [InlineData("async Task<int> GetAsync() { var reader = new StringReader(\"x\"); return (await reader.ReadLineAsync())!.Length; }")]
    public Task Is_silent_where_nothing_waits(string get) => SilentAsync(Code(get, "GetAsync().Result"));

    [Theory]
    [InlineData("interface IGet { Task<int> GetAsync(); } class Get : IGet { public async Task<int> GetAsync() => 1; } IGet _get = new Get();")]
    [InlineData("abstract class Base { public abstract Task<int> GetAsync(); } sealed class Get : Base { public override Task<int> GetAsync() => Task.FromResult(1); } Base _get = new Get();")]
    public Task Is_silent_where_every_implementation_is_known(string get) => SilentAsync(Code(get, "_get.GetAsync().Result"));

    [Theory]
    [InlineData("async Task<int> GetAsync() { await Task.Yield(); return 1; }")]
    [InlineData("Task<int> GetAsync() => _fast ? Task.FromResult(1) : Task.Run(() => 1);")]
    [InlineData("async Task<int> GetAsync() => await OneAsync(); async Task<int> OneAsync() { await Task.Delay(1); return 1; }")]
    [InlineData("async Task<int> GetAsync() => _fast ? 1 : await GetAsync();")]
    [InlineData("async Task<int> GetAsync() { await foreach (var one in System.Linq.AsyncEnumerable.Empty<int>()) { return one; } return 0; }")]
    [InlineData("async Task<int> GetAsync() { await using var it = new MemoryStream(); return 1; }")]
    [InlineData("async Task<int> GetAsync() { await using (new MemoryStream()) { return 1; } }")]
    [InlineData("async Task<int> GetAsync() { using var from = File.OpenRead(\"x\"); using var to = new MemoryStream(); await from.CopyToAsync(to); return 1; }")]
    [InlineData("async Task<int> GetAsync() { using var from = new MemoryStream(); using var to = File.OpenWrite(\"x\"); await from.CopyToAsync(to); return 1; }")]
    [InlineData("async Task<int> GetAsync() { Stream from = _fast ? new MemoryStream() : File.OpenRead(\"x\"); return await from.ReadAsync(new byte[1]); }")]
    [InlineData("async Task<int> GetAsync() { using var reader = new StreamReader(\"x\"); return (await reader.ReadToEndAsync()).Length; }")]
    [InlineData("async Task<int> GetAsync() => await new Slow().ReadAsync(new byte[1]); class Slow : MemoryStream { }")]
    [InlineData("extern Task<int> GetAsync();")]
    public Task Reports_where_something_may_wait(string get) => ReportsAsync(Code(get, "GetAsync().[|Result|]"));

    [Fact]
    public Task Reports_where_another_assembly_may_implement() =>
        ReportsAsync("async Task<int> M(IGet get) { await Task.Yield(); return get.GetAsync().[|Result|]; }", Has.Source("Get.cs", "using System.Threading.Tasks; public interface IGet { Task<int> GetAsync(); } class Get : IGet { public Task<int> GetAsync() => Task.FromResult(1); }"));

    [Fact]
    public Task Reports_at_the_end_of_a_long_chain() => ReportsAsync(Code(
        "async Task<int> GetAsync() => await A(); async Task<int> A() => await B(); async Task<int> B() => await C(); async Task<int> C() => await D(); async Task<int> D() => await E(); async Task<int> E() => await F(); async Task<int> F() => await G(); async Task<int> G() => await H(); async Task<int> H() => 1;",
        "GetAsync().[|Result|]"));

    private static string Code(string get, string read) => $$"""
        using System.IO;

        bool _fast = true;
        async Task<int> M() { await Task.Yield(); return {{read}} + (_fast ? 1 : 0); }
        {{get}}
        """;
}
