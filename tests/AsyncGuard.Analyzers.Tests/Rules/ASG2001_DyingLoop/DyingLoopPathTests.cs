using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>The report shows what ends the loop, call by call, and how the loop is started.</summary>
public sealed class DyingLoopPathTests : RuleTests<DyingLoopAnalyzer>
{
    [Fact]
    public Task Shows_what_fails_and_then_the_start() => ShowsAsync(
        """
        using System.IO;

        public void Start() { GC.KeepAlive(Task.Run(RunAsync)); }
        private async Task RunAsync() { while (true) { await SaveAsync(); } }
        private async Task SaveAsync() => await WriteAsync("x");
        private Task WriteAsync(string path) => File.WriteAllTextAsync(path, "y");
        """,
        "SaveAsync()", "WriteAsync(\"x\")", "File.WriteAllTextAsync(path, \"y\")", "Task.Run(RunAsync)");
}
