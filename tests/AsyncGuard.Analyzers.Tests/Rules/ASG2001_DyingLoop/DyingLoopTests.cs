using AsyncGuard.Support;
using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Rules;

/// <summary>What the rule reports and what it leaves alone; what its fix writes stands in <see cref="DyingLoopTests"/>.</summary>
public sealed class DyingLoopTests : RuleTests<DyingLoopAnalyzer>
{
    private static readonly Given Hosting = Has.Library(typeof(BackgroundService));

    [Theory]
    [InlineData("while (!stoppingToken.IsCancellationRequested)")]
    [InlineData("while (true)")]
    [InlineData("for (;;)")]
    [InlineData("for (; !stoppingToken.IsCancellationRequested;)")]
    [InlineData("while (stoppingToken.IsCancellationRequested == false)")]
    [InlineData("while (!stoppingToken.IsCancellationRequested && !_stopped)")]
    [InlineData("while (!_stopped)")]
    [InlineData("while (Running)")]
    [InlineData("while (await _ticks.WaitForNextTickAsync(stoppingToken))")]
    [InlineData("while (!stoppingToken.IsCancellationRequested && await _ticks.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))")]
    [InlineData("while (await _jobs.WaitToReadAsync(stoppingToken))")]
    [InlineData("await foreach (var job in _jobs.ReadAllAsync(stoppingToken))")]
    [InlineData("await foreach (var job in _jobs.ReadAllAsync().WithCancellation(stoppingToken).ConfigureAwait(false))")]
    [InlineData("foreach (var job in _queue.GetConsumingEnumerable(stoppingToken))")]
    [InlineData("while (_queue.TryTake(out var job, -1))")]
    [InlineData("while (_queue.TryTake(out var job, Timeout.Infinite, stoppingToken))")]
    public Task Reports_a_long_running_loop_that_nothing_guards(string head) => ReportsAsync(InService($$"""
        {|ASG2001:{{head}}|}
        {
            await SaveAsync();
            await Task.Delay(1000, stoppingToken);
        }
        """), Hosting);

    [Theory]
    [InlineData("while (jobsLeft)")]
    [InlineData("while (_jobs.TryRead(out _))")]
    [InlineData("for (var i = 0; i < 3; i++)")]
    [InlineData("foreach (var x in new[] { 1, 2 })")]
    [InlineData("while (_count < 3)")]
    [InlineData("while (_hasMore)")]
    [InlineData("while (false)")]
    public Task Is_silent_in_a_loop_that_ends_by_itself(string head) => SilentAsync(InService($$"""
        var jobsLeft = true;
        {{head}}
        {
            await SaveAsync();
            jobsLeft = _count > 0;
        }
        """), Hosting);

    [Fact]
    public Task Reports_a_do_loop_at_its_keyword() => ReportsAsync(InService("""
        {|ASG2001:do|}
        {
            await SaveAsync();
        }
        while (!stoppingToken.IsCancellationRequested);
        """), Hosting);

    [Theory]
    [InlineData("catch { await Task.Delay(1); }")]
    [InlineData("catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("catch (Exception e) when (!stoppingToken.IsCancellationRequested) { Console.WriteLine(e); }")]
    [InlineData("catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested) { Console.WriteLine(e); }")]
    [InlineData("catch (OperationCanceledException) { break; } catch (Exception e) { Console.WriteLine(e); }")]
    public Task Is_silent_where_the_iteration_is_guarded(string handlers) => SilentAsync(InService($$"""
        while (!stoppingToken.IsCancellationRequested)
        {
            try { await SaveAsync(); }
            {{handlers}}
            await Task.Delay(1000, stoppingToken);
        }
        """), Hosting);

    [Theory]
    [InlineData("catch (InvalidOperationException e) { Console.WriteLine(e); }")]
    [InlineData("catch (OperationCanceledException) { break; }")]
    [InlineData("catch (Exception e) { Console.WriteLine(e); throw; }")]
    [InlineData("catch (Exception) { await SaveAsync(); }")]
    public Task Reports_where_the_guard_lets_errors_through(string handlers) => ReportsAsync(InService($$"""
        {|ASG2001:while (!stoppingToken.IsCancellationRequested)|}
        {
            try { await SaveAsync(); }
            {{handlers}}
            await Task.Delay(1000, stoppingToken);
        }
        """), Hosting);

    [Theory]
    [InlineData("_ = RunAsync();")]
    [InlineData("RunAsync();")]
    [InlineData("_ = Task.Run(RunAsync);")]
    [InlineData("_ = Task.Run(() => RunAsync());")]
    [InlineData("_ = Task.Run(async () => await RunAsync());")]
    [InlineData("_ = Task.Factory.StartNew(() => RunAsync(), TaskCreationOptions.LongRunning);")]
    [InlineData("new Task(() => RunAsync().Wait()).Start();")]
    [InlineData("new Thread(() => RunAsync().Wait()).Start();")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => RunAsync().Wait());")]
    [InlineData("_timer = new Timer(_ => RunAsync().Wait(), null, 0, Timeout.Infinite);")]
    public Task Reports_the_loop_of_a_function_that_is_started(string start) => ReportsAsync($$"""
        Timer? _timer;
        void Start() { {{start}} }
        Task SaveAsync() => Task.FromException(new Exception());

        async Task RunAsync()
        {
            {|ASG2001:while (true)|}
            {
                await SaveAsync();
                await Task.Delay(1000);
            }
        }
        """);

    [Theory]
    [InlineData("Task StartAsync() => RunAsync();")]
    [InlineData("async Task StartAsync() { await RunAsync(); }")]
    [InlineData("Task StartAsync() => Task.CompletedTask;")]
    [InlineData("async Task StartAsync() => await Task.Run(() => RunAsync());")]
    public Task Is_silent_where_nothing_starts_it(string others) => SilentAsync($$"""
        {{others}}
        Task SaveAsync() => Task.FromException(new Exception());

        async Task RunAsync()
        {
            while (true)
            {
                await SaveAsync();
                await Task.Delay(1000);
            }
        }
        """);

    [Fact]
    public Task Reports_in_a_lambda() => ReportsAsync("""
        void Start() => _ = Task.Run(async () =>
        {
            {|ASG2001:while (true)|}
            {
                await SaveAsync();
                await Task.Delay(1000);
            }
        });

        Task SaveAsync() => Task.FromException(new Exception());
        """);

    [Fact]
    public Task Reports_in_a_local_function() => ReportsAsync("""
        void Start()
        {
            _ = LoopAsync();

            async Task LoopAsync()
            {
                {|ASG2001:for (;;)|}
                {
                    await SaveAsync();
                    await Task.Delay(1000);
                }
            }
        }

        Task SaveAsync() => Task.FromException(new Exception());
        """);

    [Fact]
    public Task Reports_a_thread_s_loop() => ReportsAsync("""
        volatile bool _stopped;
        void Start() => new Thread(Loop).Start();
        void Loop()
        {
            {|ASG2001:while (!_stopped)|}
            {
                System.IO.File.ReadAllText("jobs");
                Thread.Sleep(1000);
            }
        }
        """);

    [Fact]
    public Task Reports_through_private_members() => ReportsAsync(InService("await FirstAsync(stoppingToken);", """
        private Task FirstAsync(CancellationToken token) => SecondAsync(token);

        private async Task SecondAsync(CancellationToken token)
        {
            {|ASG2001:while (!token.IsCancellationRequested)|}
            {
                await SaveAsync();
                await Task.Delay(1000, token);
            }
        }
        """), Hosting);

    [Fact]
    public Task Reports_the_loop_of_an_object_that_a_service_awaits() => ReportsAsync("""
        using Microsoft.Extensions.Hosting;

        class Poller
        {
            public async Task RunAsync(CancellationToken token)
            {
                {|ASG2001:while (!token.IsCancellationRequested)|}
                {
                    await System.IO.File.ReadAllTextAsync("jobs", token);
                    await Task.Delay(1000, token);
                }
            }
        }

        class Worker(Poller poller) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => poller.RunAsync(stoppingToken);
        }
        """, Hosting);

    [Fact]
    public Task Is_silent_where_an_outer_loop_starts_it_again() => SilentAsync(InService("""
        while (!stoppingToken.IsCancellationRequested)
        {
            try { await ReadAsync(stoppingToken); }
            catch (Exception e) { Console.WriteLine(e); }
            await Task.Delay(1000, stoppingToken);
        }
        """, """
        private async Task ReadAsync(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                await SaveAsync();
            }
        }
        """), Hosting);

    [Fact]
    public Task Reports_the_outer_of_two_loops_once() => ReportsAsync(InService("""
        {|ASG2001:while (!stoppingToken.IsCancellationRequested)|}
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await SaveAsync();
            }
        }
        """), Hosting);

    [Fact]
    public Task Is_silent_where_the_loop_ends_with_its_work_in_a_started_task() => SilentAsync("""
        void Start() => _ = Task.Run(async () =>
        {
            while (true)
            {
                if (await ReadAsync() == 0)
                {
                    break;
                }
            }
        });

        Task<int> ReadAsync() => Task.FromException<int>(new Exception());
        """);

    [Fact]
    public Task Is_silent_where_the_handler_outside_stops_the_application() => SilentAsync(InService("""
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await SaveAsync();
            }
        }
        catch (Exception e)
        {
            Console.WriteLine(e);
            Environment.Exit(1);
        }
        """), Hosting);

    [Fact]
    public Task Is_silent_where_a_service_logs_and_rethrows_so_that_the_host_stops() => SilentAsync(InService("""
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await SaveAsync();
            }
        }
        catch (Exception e)
        {
            Console.WriteLine(e);
            throw;
        }
        """), Hosting);

    [Fact]
    public Task Is_silent_before_a_dequeue_that_only_cancellation_ends() => SilentAsync(InService("""
        while (!stoppingToken.IsCancellationRequested)
        {
            var job = await DequeueAsync(stoppingToken);
            try { await SaveAsync(); }
            catch (Exception e) { Console.WriteLine(e); }
        }
        """, "private Task<int> DequeueAsync(CancellationToken token) => Task.Run(() => int.Parse(\"x\"), token);"), Hosting);

    [Fact]
    public Task Is_silent_in_a_top_level_loop() => SilentAsync("""
        static async Task Main()
        {
            while (true)
            {
                await System.IO.File.ReadAllTextAsync("jobs");
            }
        }
        """);

    [Fact]
    public Task Is_silent_in_a_body_given_to_the_runtime() => SilentAsync("""
        void Start() => Supervisor.Default.Run("Poll", async ct =>
        {
            while (!ct.IsCancellationRequested)
            {
                await System.IO.File.ReadAllTextAsync("jobs", ct);
                await Task.Delay(1000, ct);
            }
        });
        """.Insert(0, "using AsyncGuard;\n"), Has.Runtime);

    private static string InService(string body, string members = "") => $$"""
        using System.Collections.Concurrent;
        using System.Threading.Channels;
        using Microsoft.Extensions.Hosting;

        class Worker : BackgroundService
        {
            private readonly PeriodicTimer _ticks = new(TimeSpan.FromSeconds(1));
            private readonly ChannelReader<int> _jobs = Channel.CreateUnbounded<int>().Reader;
            private readonly BlockingCollection<int> _queue = new();
            private bool _stopped, _hasMore;
            private int _count = 3;
            private bool Running { get; set; } = true;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
        {{body}}
            }

        {{members}}
            private Task SaveAsync() => Task.FromException(new Exception());
            public void Stop() { _stopped = true; _hasMore = true; _count = 1; }
        }
        """;
}
