using AsyncGuard.Support;
using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Rules;

public sealed class SwallowedExceptionTests : RuleTests<SwallowedExceptionAnalyzer>
{
    private static readonly Given Hosting = Has.Library(typeof(BackgroundService));

    private static readonly Given Polly = Has.Source("Polly.cs", """
        namespace Polly
        {
            public class PolicyResult { public System.Exception FinalException => null; }
            public class AsyncPolicy { public System.Threading.Tasks.Task<PolicyResult> ExecuteAndCaptureAsync(System.Func<System.Threading.Tasks.Task> work) => null; }
            public class Policy { public PolicyResult ExecuteAndCapture(System.Action work) => null; }
        }
        """);

    [Theory]
    [InlineData("{|ASG2007:catch|} { }")]
    [InlineData("{|ASG2007:catch|} (Exception) { }")]
    [InlineData("{|ASG2007:catch|} (Exception e) { }")]
    [InlineData("{|ASG2007:catch|} (Exception) when (!stoppingToken.IsCancellationRequested) { }")]
    [InlineData("catch (OperationCanceledException) { } {|ASG2007:catch|} { }")]
    [InlineData("{|ASG2007:catch|} { continue; }")]
    [InlineData("{|ASG2007:catch|} { return; }")]
    [InlineData("{|ASG2007:catch|} { await Task.Delay(1000); }")]
    [InlineData("{|ASG2007:catch|} { await Task.Delay(1000, stoppingToken).ConfigureAwait(false); continue; }")]
    [InlineData("{|ASG2007:catch|} { /* TODO: log it */ }")]
    [InlineData("{|ASG2007:catch|} { /* --- */ }")]
    [InlineData("{|ASG2007:catch|} { ; { } }")]
    public Task Reports_a_catch_all_that_leaves_no_trace(string handlers) => ReportsAsync(InLoop($$"""
        try { await SaveAsync(); }
        {{handlers}}
        """), Hosting);

    [Theory]
    [InlineData("catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("catch { Console.WriteLine(\"failed\"); }")]
    [InlineData("catch { throw; }")]
    [InlineData("catch (Exception e) { _last = e; }")]
    [InlineData("catch { _failures++; }")]
    [InlineData("catch { _failed = true; }")]
    [InlineData("catch { Recover(); }")]
    [InlineData("catch (OperationCanceledException) { }")]
    [InlineData("catch (InvalidOperationException) { }")]
    [InlineData("catch { /* the next round tries again */ }")]
    [InlineData("catch { // the next round tries again\n }")]
    [InlineData("// the next round tries again\ncatch { }")]
    [InlineData("catch { } // the next round tries again")]
    [InlineData("catch (Exception) when (Note()) { }")]
    public Task Is_silent_where_the_handler_says_something(string handlers) => SilentAsync(InLoop($$"""
        try { await SaveAsync(); }
        {{handlers}}
        """), Hosting);

    [Fact]
    public Task Reports_behind_a_filter_that_only_answers() => ReportsAsync(InLoop("""
        try { await SaveAsync(); }
        [|catch|] (Exception error) when (IsBearable(error)) { }
        """), Hosting);

    [Theory]
    [InlineData("string text = null; try { text = await ReadAsync(); } catch { } if (text == null) { Recover(); }")]
    [InlineData("string text = default; try { text = await ReadAsync(); } catch { } if (text is { Length: > 1 }) { Recover(); }")]
    [InlineData("string text; text = null; try { text = await ReadAsync(); } catch { } GC.KeepAlive(text ?? \"none\");")]
    [InlineData("string text = null; try { var made = await ReadAsync(); text = made + 1; } catch { } GC.KeepAlive(text?.Length);")]
    [InlineData("string text = null; { try { text = await ReadAsync(); } catch (Exception) { } } if (null != text) { Recover(); }")]
    public Task Is_silent_where_the_failure_shows_in_a_local(string work) => SilentAsync(InLoop(work), Hosting);

    [Theory]
    [InlineData("string text = null; try { text = await ReadAsync(); } {|ASG2007:catch|} { } GC.KeepAlive(text);")]
    [InlineData("var text = \"none\"; try { text = await ReadAsync(); } {|ASG2007:catch|} { } if (text == null) { Recover(); }")]
    [InlineData("string text = null; if (text == null) { } try { text = await ReadAsync(); } {|ASG2007:catch|} { }")]
    [InlineData("string text = null; try { text = await ReadAsync(); await SaveAsync(); } {|ASG2007:catch|} { } if (text == null) { Recover(); }")]
    [InlineData("string text = null; try { await SaveAsync(); text = await ReadAsync(); } {|ASG2007:catch|} { } if (text == null) { Recover(); }")]
    [InlineData("string text = null, other = null; try { text = await ReadAsync(); } {|ASG2007:catch|} { } if (other == null) { Recover(); }")]
    [InlineData("try { var text = \"\"; text = await ReadAsync(); } {|ASG2007:catch|} { }")]
    public Task Reports_where_it_does_not(string work) => ReportsAsync(InLoop(work), Hosting);

    [Theory]
    [InlineData("try { _failures = _known[3]; } catch { }")]
    [InlineData("try { dynamic all = _last; var inner = all.Entries; _failures = (int)inner[\"x\"].Count; } catch { }")]
    public Task Is_silent_where_only_a_look_up_can_fail(string work) => SilentAsync(InLoop(work), Hosting);

    [Theory]
    [InlineData("try { _failures = _known[int.Parse(await ReadAsync())]; } {|ASG2007:catch|} { }")]
    [InlineData("try { _failures = _known[3]; throw new Exception(); } {|ASG2007:catch|} { }")]
    [InlineData("try { dynamic all = _last; all.Save(); _failures = _known[3]; } {|ASG2007:catch|} { }")]
    public Task Reports_where_more_can(string work) => ReportsAsync(InLoop(work), Hosting);

    [Theory]
    [InlineData("Close();")]
    [InlineData("System.IO.File.Delete(\"x\");")]
    [InlineData("_source.Cancel(); _source.Dispose();")]
    [InlineData("await RollbackAsync();")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();")]
    public Task Is_silent_where_the_try_only_cleans_up(string work) => SilentAsync(InLoop($$"""
        try { {{work}} }
        catch { }
        """), Hosting);

    [Theory]
    [InlineData("Dispose")]
    [InlineData("StopAsync")]
    [InlineData("CloseConnection")]
    [InlineData("Shutdown")]
    public Task Is_silent_in_a_function_that_stops(string name) => SilentAsync($$"""
        void Start() => _ = Task.Run({{name}});
        void {{name}}()
        {
            try { System.IO.File.ReadAllText("x"); }
            catch { }
        }
        """);

    [Fact]
    public Task Is_silent_around_a_wait_that_only_a_stop_can_end() => SilentAsync(InLoop("""
        try { await Task.Delay(1000, stoppingToken); }
        catch { }
        """), Hosting);

    [Fact]
    public Task Is_silent_in_a_finally() => SilentAsync("""
        void Start() => _ = Task.Run(() =>
        {
            try { System.IO.File.ReadAllText("x"); }
            finally
            {
                try { System.IO.File.ReadAllText("y"); }
                catch { }
            }
        });
        """);

    [Fact]
    public Task Is_silent_outside_background_work() => SilentAsync("""
        async Task RunAsync()
        {
            try { await System.IO.File.ReadAllTextAsync("x"); }
            catch { }
        }
        """);

    [Fact]
    public Task Is_silent_around_a_loop_whose_own_rules_speak() => SilentAsync("""
        void Start() => _ = Task.Run(async () =>
        {
            try { while (true) { await System.IO.File.ReadAllTextAsync("x"); } }
            catch { }
        });
        """);

    [Theory]
    [InlineData("_ = RunAsync();")]
    [InlineData("_ = Task.Run(RunAsync);")]
    [InlineData("new Thread(() => RunAsync().Wait()).Start();")]
    [InlineData("var t = new Timer(_ => RunAsync().Wait(), null, 0, 1000);")]
    [InlineData("var t = new System.Timers.Timer(); t.Elapsed += async (_, _) => await RunAsync();")]
    public Task Reports_in_what_is_started(string start) => ReportsAsync($$"""
        void Start() { {{start}} }
        async Task RunAsync()
        {
            try { await System.IO.File.ReadAllTextAsync("x"); }
            {|ASG2007:catch|} { }
        }
        """);

    [Fact]
    public Task Is_silent_in_an_action_that_something_begins_ahead_of_its_requests() => SilentAsync("""
        using Microsoft.AspNetCore.Mvc;

        public class Images : ControllerBase
        {
            public async Task<string> Draw(int id) { var drawn = id.ToString(); try { await System.IO.File.WriteAllTextAsync("x", drawn); } catch { } return drawn; }
            public void Prepare(int id) { _ = Draw(id); }
        }
        """, Has.Source("Mvc.cs", "namespace Microsoft.AspNetCore.Mvc { public class ControllerBase { } }"));

    [Theory]
    [InlineData("private async Task Draw")]
    [InlineData("public static async Task Draw")]
    public Task Reports_what_is_no_action(string head) => ReportsAsync($$"""
        using Microsoft.AspNetCore.Mvc;

        public class Images : ControllerBase
        {
            {{head}}() { try { await System.IO.File.WriteAllTextAsync("x", "y"); } {|ASG2007:catch|} { } }
            public void Prepare() { _ = Draw(); }
        }
        """, Has.Source("Mvc.cs", "namespace Microsoft.AspNetCore.Mvc { public class ControllerBase { } }"));

    [Fact]
    public Task Reports_in_a_lambda_and_a_local_function() => ReportsAsync("""
        void Start()
        {
            _ = Task.Run(() => { try { System.IO.File.ReadAllText("x"); } {|ASG2007:catch|} { } });
            _ = LocalAsync();
            async Task LocalAsync() { try { await System.IO.File.ReadAllTextAsync("x"); } {|ASG2007:catch|} { } }
        }
        """);

    [Fact]
    public Task Reports_what_a_supervisor_never_gets_to_see() => ReportsAsync("""
        using AsyncGuard;

        void Start() => Supervisor.Default.Every("poll", TimeSpan.FromSeconds(1), async ct =>
        {
            try { await System.IO.File.ReadAllTextAsync("x", ct); }
            {|ASG2007:catch|} { }
        });
        """, Has.Runtime);

    [Fact]
    public Task Is_silent_in_another_type_s_method_that_a_service_awaits() => SilentAsync("""
        using Microsoft.Extensions.Hosting;

        class Files
        {
            public async Task TryReadAsync() { try { await System.IO.File.ReadAllTextAsync("x"); } catch { } }
        }

        class Worker(Files files) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => files.TryReadAsync();
        }
        """, Hosting);

    [Theory]
    [InlineData("{|ASG2007:policy.ExecuteAndCapture(() => { })|};")]
    [InlineData("_ = {|ASG2007:policy.ExecuteAndCapture(() => { })|};")]
    [InlineData("await {|ASG2007:policies.ExecuteAndCaptureAsync(async () => { await Task.Yield(); })|}.ConfigureAwait(false);")]
    [InlineData("var result = policy.ExecuteAndCapture(() => { }); Console.WriteLine(result.FinalException);")]
    public Task Reports_a_captured_exception_that_nobody_reads(string call) => ReportsAsync($$"""
        async Task RunAsync(Polly.Policy policy, Polly.AsyncPolicy policies)
        {
            {{call}}
            await Task.Yield();
        }
        """, Polly);

    private static string InLoop(string body) => $$"""
        using Microsoft.Extensions.Hosting;

        class Worker : BackgroundService
        {
            private readonly CancellationTokenSource _source = new();
            private Exception _last;
            private readonly int[] _known = [];
            private int _failures;
            private bool _failed;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    {{body}}
                    await Task.Delay(1000, stoppingToken);
                }
            }

            private Task<string> ReadAsync() => System.IO.File.ReadAllTextAsync("x");
            private Task SaveAsync() => Task.FromException(new Exception());
            private Task RollbackAsync() => Task.FromException(new Exception());
            private void Close() => Console.WriteLine($"{_last}{_failures}{_failed}");
            private void Recover() => Console.WriteLine();
            private static bool IsBearable(Exception error) => error is not OutOfMemoryException;
            private bool Note() { Console.WriteLine(_failures); return true; }
        }
        """;
}
