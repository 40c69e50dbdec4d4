using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A loop whose end the function that started it waits for fails in plain sight.</summary>
public sealed class JoinedLoopTests : RuleTests<DyingLoopAnalyzer, DyingLoopFix>
{
    private const string Work = "\nstatic void Step() => System.IO.File.Delete(\"x\");";

    [Theory]
    [InlineData("async Task M(CancellationToken t) { var loop = Task.Run(() => { while (!t.IsCancellationRequested) { Step(); } }); Step(); await loop; }")]
    [InlineData("async Task M(CancellationToken t) { var loop = Task.Run(() => { while (!t.IsCancellationRequested) { Step(); } }); await loop.WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false); }")]
    [InlineData("void M(CancellationToken t) { var loop = Task.Run(() => { while (!t.IsCancellationRequested) { Step(); } }); loop.Wait(); }")]
    [InlineData("async Task M(CancellationToken t) { Task loop; loop = Task.Run(() => { while (!t.IsCancellationRequested) { Step(); } }); await loop; }")]
    [InlineData("async Task M(CancellationToken t) { var loops = new Task[2]; for (var i = 0; i < 2; i++) { loops[i] = Task.Run(() => { while (!t.IsCancellationRequested) { Step(); } }); } await Task.WhenAll(loops); }")]
    [InlineData("void M(CancellationToken t) { var loops = new System.Collections.Generic.List<Task>(); loops.Add(Task.Run(() => { while (!t.IsCancellationRequested) { Step(); } })); Task.WaitAll(loops.ToArray()); foreach (var loop in loops) { loop.Wait(); } }")]
    [InlineData("async Task M(CancellationToken t) { var a = Task.Run(() => { while (!t.IsCancellationRequested) { Step(); } }); var b = Task.Delay(1); await Task.WhenAll(a, b); }")]
    [InlineData("async Task M(CancellationToken t) { Task[] all = { Task.Run(() => { while (!t.IsCancellationRequested) { Step(); } }) }; await Task.WhenAll(all); }")]
    [InlineData("async Task M(CancellationToken t) { var loops = new Task[2]; var loop = Task.Run(() => { while (!t.IsCancellationRequested) { Step(); } }); loops[0] = loop; await Task.WhenAll(loops); }")]
    [InlineData("async Task M(CancellationToken t, int n) { var loop = n switch { 0 => Task.Run(() => { while (!t.IsCancellationRequested) { Step(); } }), _ => Task.CompletedTask }; await loop; }")]
    [InlineData("Task M(CancellationToken t) { var loop = Task.Run(() => { while (!t.IsCancellationRequested) { Step(); } }); Step(); return loop; }")]
    [InlineData("async Task M(CancellationToken t) { var loop = Task.Run(() => LoopAsync(t)); await loop; } async Task LoopAsync(CancellationToken t) { while (!t.IsCancellationRequested) { Step(); await Task.Delay(1); } }")]
    [InlineData("void M(CancellationToken t) { var thread = new Thread(() => { while (!t.IsCancellationRequested) { Step(); } }); thread.Start(); thread.Join(); }")]
    [InlineData("void M(CancellationToken t) { var threads = new Thread[2]; threads[0] = new Thread(() => { while (!t.IsCancellationRequested) { Step(); } }); foreach (var thread in threads) { thread.Start(); } foreach (var thread in threads) { thread.Join(); } }")]
    public Task Is_silent_where_the_starter_waits(string members) => SilentAsync(members + Work);

    [Theory]
    [InlineData("async Task M(CancellationToken t) { var loop = Task.Run(() => { [|while (!t.IsCancellationRequested)|] { Step(); } }); Step(); await Task.Delay(1); GC.KeepAlive(loop); }")]
    [InlineData("async Task M(CancellationToken t) { var loop = Task.Run(() => { [|while (!t.IsCancellationRequested)|] { Step(); } }); await Task.WhenAny(loop, Task.Delay(1)); }")]
    [InlineData("private Task _loop = Task.CompletedTask; void M(CancellationToken t) { _loop = Task.Run(() => { [|while (!t.IsCancellationRequested)|] { Step(); } }); } async Task StopAsync() => await _loop;")]
    [InlineData("async Task M(CancellationToken t) { var loop = Task.Run(() => { [|while (!t.IsCancellationRequested)|] { Step(); } }); await SeeAsync(loop); } Task SeeAsync(Task t) => t;")]
    [InlineData("void M(CancellationToken t) { var thread = new Thread(() => { [|while (!t.IsCancellationRequested)|] { Step(); } }); thread.Start(); }")]
    [InlineData("void M(CancellationToken t) { var threads = new Thread[2]; threads[0] = new Thread(() => { [|while (!t.IsCancellationRequested)|] { Step(); } }); foreach (var thread in threads) { thread.Start(); } }")]
    public Task Reports_where_it_does_not(string members) => ReportsAsync(members + Work);

    [Fact]
    public Task Reports_what_the_program_itself_waits_for() => ReportsAsync(
        "",
        Has.Source("Program.cs", "using System.Threading.Tasks; var loop = Task.Run(() => { {|ASG2001:while (true)|} { System.IO.File.Delete(\"x\"); } }); await Task.WhenAll(loop, Task.Delay(1));"),
        project => project.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
}
