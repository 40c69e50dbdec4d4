using AsyncGuard.Support;
using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Rules;

/// <summary>Loops behind which a handler stands: whose it is, what it does about the end of the loop, and what only waits for the next item.</summary>
public sealed class DyingLoopHandlerTests : RuleTests<DyingLoopAnalyzer>
{
    private static readonly Given Hosting = Has.Library(typeof(BackgroundService));

    [Theory]
    [InlineData("_ = Task.Run(async () => { {|ASG2001:while (!stoppingToken.IsCancellationRequested)|} { await SaveAsync(); } });")]
    [InlineData("_ = PollAsync(); async Task PollAsync() { {|ASG2001:while (!stoppingToken.IsCancellationRequested)|} { await SaveAsync(); } }")]
    public Task Reports_where_the_handler_is_another_function_s(string start) => ReportsAsync(InService($$"""
        try { {{start}} }
        catch (Exception) { Environment.Exit(1); }
        """), Hosting);

    [Fact]
    public Task Reports_a_loop_in_the_handler_itself() => ReportsAsync(InService("""
        try { await SaveAsync(); }
        catch (Exception)
        {
            {|ASG2001:while (!stoppingToken.IsCancellationRequested)|} { await SaveAsync(); }
            Environment.Exit(1);
        }
        """), Hosting);

    [Theory]
    [InlineData("Report(e); throw;")]
    [InlineData("AppLog.StartFailed(); throw;")]
    [InlineData("Console.WriteLine(e); throw;")]
    public Task Reports_where_the_handler_of_started_work_only_tells(string handler) => ReportsAsync(Started(handler, "{|ASG2001:while (true)|}"));

    [Theory]
    [InlineData("Restart(); throw;")]
    [InlineData("ScheduleRestart(); throw;")]
    [InlineData("Start(); throw;")]
    [InlineData("_ = RunAsync(); throw;")]
    [InlineData("Environment.FailFast(\"x\", e); throw;")]
    public Task Is_silent_where_the_handler_of_started_work_decides(string handler) => SilentAsync(Started(handler, "while (true)"));

    private static string Started(string handler, string head) => $$"""
        void Start() => _ = RunAsync();
        void Restart() => Start();
        void ScheduleRestart() => Start();
        void Report(Exception e) => GC.KeepAlive(e);
        static class AppLog { public static void StartFailed() { } }
        async Task RunAsync()
        {
            try { {{head}} { await System.IO.File.ReadAllTextAsync("x"); } }
            catch (Exception e) { {{handler}} }
        }
        """;

    [Fact]
    public Task Is_silent_where_what_a_service_awaits_logs_and_rethrows() => SilentAsync("""
        using Microsoft.Extensions.Hosting;

        class Poller
        {
            public async Task RunAsync(CancellationToken token)
            {
                try { while (!token.IsCancellationRequested) { await System.IO.File.ReadAllTextAsync("jobs", token); } }
                catch (Exception e) { Console.WriteLine(e); throw; }
            }
        }

        class Worker(Poller poller) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => poller.RunAsync(stoppingToken);
        }
        """, Hosting);

    [Theory]
    [InlineData("while (!stoppingToken.IsCancellationRequested)", "DequeueAsync(stoppingToken).ConfigureAwait(false)")]
    [InlineData("{|ASG2001:while (!stoppingToken.IsCancellationRequested)|}", "DequeueAsync()")]
    [InlineData("{|ASG2001:while (!stoppingToken.IsCancellationRequested)|}", "GiveAsync(stoppingToken)")]
    public Task Knows_a_dequeue_by_its_name_and_its_token(string head, string next) => ReportsAsync(InService($$"""
        {{head}}
        {
            var job = await {{next}};
            try { await SaveAsync(); }
            catch (Exception e) { Console.WriteLine(e); }
        }
        """, "private Task<int> GiveAsync(CancellationToken token = default) => Task.Run(() => int.Parse(\"x\"), token);\nprivate Task<int> DequeueAsync(CancellationToken token = default) => GiveAsync(token);"), Hosting);

    private static string InService(string body, string members = "") => $$"""
        using Microsoft.Extensions.Hosting;

        class Worker : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
        {{body}}
            }

        {{members}}
            private Task SaveAsync() => Task.FromException(new Exception());
        }
        """;
}
