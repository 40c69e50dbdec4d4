using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>The report shows the catch, what ends the loop, call by call, and how the loop is started.</summary>
public sealed class CatchOutsideLoopPathTests : RuleTests<CatchOutsideLoopAnalyzer>
{
    [Fact]
    public Task Shows_the_catch_and_what_fails_and_then_the_start() => ShowsAsync(
        """
        using System.IO;

        public void Start() { GC.KeepAlive(Task.Run(RunAsync)); }
        private async Task RunAsync() { try { while (true) { await SaveAsync(); } } catch (Exception e) { Console.Error.WriteLine(e); } }
        private async Task SaveAsync() => await WriteAsync("x");
        private Task WriteAsync(string path) => File.WriteAllTextAsync(path, "y");
        """,
        "catch", "SaveAsync()", "WriteAsync(\"x\")", "File.WriteAllTextAsync(path, \"y\")", "Task.Run(RunAsync)");
}
