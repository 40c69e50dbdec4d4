using AsyncGuard.Support;
using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Rules;

public sealed class RunOnceServiceTests : RuleTests<RunOnceServiceAnalyzer>
{
    private static readonly Given Hosting = Has.Library(typeof(BackgroundService));

    [Theory]
    [InlineData("AuctionsChecker")]
    [InlineData("PriceMonitor")]
    [InlineData("MailPoller")]
    [InlineData("Worker")]
    [InlineData("ExpiryLoop")]
    [InlineData("FolderWatcher")]
    [InlineData("QueueConsumer")]
    [InlineData("OrderListener")]
    [InlineData("SessionCleaner")]
    [InlineData("StockSync")]
    [InlineData("AuctionsCheckerService")]
    [InlineData("AuctionsCheckerBackgroundService")]
    public Task Reports_a_service_named_like_a_poller(string name) => ReportsAsync(Service(name, "await CloseExpiredAsync(stoppingToken);"), Hosting);

    [Theory]
    [InlineData("Seeder")]
    [InlineData("Migrations")]
    [InlineData("Startup")]
    public Task Is_silent_in_a_service_of_another_name(string name) => SilentAsync(Silent(name, "await CloseExpiredAsync(stoppingToken);"), Hosting);

    [Theory]
    [InlineData("private readonly TimeSpan _interval = TimeSpan.FromMinutes(1);")]
    [InlineData("private const int PollIntervalSeconds = 60;")]
    [InlineData("private TimeSpan CheckPeriod { get; } = TimeSpan.FromMinutes(1);")]
    public Task Reports_a_service_that_owns_an_interval(string interval) => ReportsAsync(Service("Auctions", "await CloseExpiredAsync(stoppingToken);", interval), Hosting);

    [Theory]
    [InlineData("private readonly string _interval = \"daily\";")]
    [InlineData("private readonly TimeSpan _timeout = TimeSpan.FromMinutes(1);")]
    public Task Is_silent_where_a_member_is_no_interval(string member) => SilentAsync(Silent("Auctions", "await CloseExpiredAsync(stoppingToken);", member), Hosting);

    [Theory]
    [InlineData("await PollAsync();")]
    [InlineData("await RunAuctionsCheckerAsync();")]
    [InlineData("await WatchFolderAsync();")]
    public Task Reports_a_service_whose_method_is_named_like_a_poller(string call) => ReportsAsync(Service("Auctions", call, """
        private Task PollAsync() => CloseExpiredAsync(default);
        private Task RunAuctionsCheckerAsync() => CloseExpiredAsync(default);
        private Task WatchFolderAsync() => CloseExpiredAsync(default);
        """), Hosting);

    [Theory]
    [InlineData("CheckAsync", "{|ASG2003:ExecuteAsync|}")]
    [InlineData("CloseExpiredAsync", "{|ASG2003:ExecuteAsync|}")]
    [InlineData("RunAsync", "ExecuteAsync")]
    [InlineData("RefreshContinuouslyAsync", "ExecuteAsync")]
    [InlineData("CheckUntilStoppedAsync", "ExecuteAsync")]
    [InlineData("CheckLoop", "ExecuteAsync")]
    public Task Takes_what_is_implemented_elsewhere_by_its_name(string called, string name) => ReportsAsync($$"""
        using Microsoft.Extensions.Hosting;

        interface IAuctions { Task {{called}}(CancellationToken ct); }

        class AuctionsChecker(IAuctions auctions) : BackgroundService
        {
            protected override async Task {{name}}(CancellationToken stoppingToken) => await auctions.{{called}}(stoppingToken);
        }
        """, Hosting);

    [Fact]
    public Task Reports_an_expression_body() => ReportsAsync("""
        using Microsoft.Extensions.Hosting;

        class AuctionsChecker : BackgroundService
        {
            protected override Task {|ASG2003:ExecuteAsync|}(CancellationToken stoppingToken) => System.IO.File.WriteAllTextAsync("closed", "1", stoppingToken);
        }
        """, Hosting);

    [Fact]
    public Task Reports_work_that_only_walks_over_its_data() => ReportsAsync(Service("AuctionsChecker", """
        foreach (var auction in new[] { 1, 2 })
        {
            await CloseExpiredAsync(stoppingToken);
        }
        """), Hosting);

    [Theory]
    [InlineData("while (!stoppingToken.IsCancellationRequested) { await CloseExpiredAsync(stoppingToken); }")]
    [InlineData("while (true) { await CloseExpiredAsync(stoppingToken); }")]
    [InlineData("do { await CloseExpiredAsync(stoppingToken); } while (await Ticks.WaitForNextTickAsync(stoppingToken));")]
    [InlineData("await foreach (var x in _jobs.ReadAllAsync(stoppingToken)) { await CloseExpiredAsync(stoppingToken); }")]
    [InlineData("foreach (var x in _queue.GetConsumingEnumerable()) { await CloseExpiredAsync(stoppingToken); }")]
    [InlineData("await Task.WhenAll(LoopAsync(stoppingToken), CloseExpiredAsync(stoppingToken));")]
    [InlineData("await LoopAsync(stoppingToken);")]
    [InlineData("await DeeperAsync(stoppingToken);")]
    [InlineData("_ = Task.Run(() => LoopAsync(stoppingToken));")]
    [InlineData("await Task.Run(async () => { while (true) { await CloseExpiredAsync(stoppingToken); } });")]
    [InlineData("await CloseExpiredAsync(stoppingToken); await Task.Delay(Timeout.Infinite, stoppingToken);")]
    [InlineData("await CloseExpiredAsync(stoppingToken); await Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken);")]
    [InlineData("await CloseExpiredAsync(stoppingToken); await _done.Task;")]
    [InlineData("await CloseExpiredAsync(stoppingToken); _running = new Timer(_ => { }, null, 0, 1000);")]
    [InlineData("await CloseExpiredAsync(stoppingToken); stoppingToken.Register(() => { });")]
    [InlineData("await CloseExpiredAsync(stoppingToken); AppDomain.CurrentDomain.ProcessExit += (_, _) => { };")]
    [InlineData("await CloseExpiredAsync(stoppingToken); lifetime.StopApplication();")]
    [InlineData("await CloseExpiredAsync(stoppingToken); Environment.Exit(0);")]
    [InlineData("await host.WaitForShutdownAsync(stoppingToken);")]
    [InlineData("await CloseExpiredAsync(stoppingToken); await client.StartProcessingAsync();")]
    [InlineData("await loop();")]
    public Task Is_silent_where_the_service_goes_on(string body) => SilentAsync(Silent("AuctionsChecker", body, """
        private readonly System.Threading.Channels.ChannelReader<int> _jobs = null!;
        private readonly System.Collections.Concurrent.BlockingCollection<int> _queue = null!;
        private readonly TaskCompletionSource _done = new();
        private PeriodicTimer Ticks => null!;
        private object _running;
        private async Task LoopAsync(CancellationToken token) { while (!token.IsCancellationRequested) { await CloseExpiredAsync(token); } }
        private Task DeeperAsync(CancellationToken token) => LoopAsync(token);
        """), Hosting);

    [Fact]
    public Task Is_silent_where_its_start_is_its_own() => SilentAsync(Silent("AuctionsChecker", "await CloseExpiredAsync(stoppingToken);", """
        public override Task StartAsync(CancellationToken token) => base.StartAsync(token);
        """), Hosting);

    [Fact]
    public Task Is_silent_where_it_does_nothing() => SilentAsync(Silent("AuctionsChecker", "await Task.CompletedTask;"), Hosting);

    [Fact]
    public Task Reports_functions_that_only_call_each_other() => ReportsAsync(Service("AuctionsChecker", "await OneAsync();", """
        private Task OneAsync() => TwoAsync();
        private Task TwoAsync() => OneAsync();
        """), Hosting);

    [Fact]
    public Task Is_silent_without_the_hosting_library() => SilentAsync("""
        class AuctionsChecker
        {
            protected virtual Task ExecuteAsync(CancellationToken stoppingToken) => System.IO.File.WriteAllTextAsync("closed", "1", stoppingToken);
        }
        """);

    private static string Service(string name, string body, string members = "") => Silent(name, body, members).Replace("Task ExecuteAsync(C", "Task {|ASG2003:ExecuteAsync|}(C", StringComparison.Ordinal);

    private static string Silent(string name, string body, string members = "") => $$"""
        using Microsoft.Extensions.Hosting;

        interface IClient { Task StartProcessingAsync(); }

        class {{name}}(IHostApplicationLifetime lifetime, IHost host, IClient client, Func<Task> loop) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                {{body}}
            }

            {{members}}
            private static Task CloseExpiredAsync(CancellationToken token) => System.IO.File.WriteAllTextAsync("closed", "1", token);
            private object[] Unused => [lifetime, host, client, loop];
        }
        """;
}
