using AsyncGuard.Support;
using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Rules;

public sealed class DyingLoopFixTests : RuleTests<DyingLoopAnalyzer, DyingLoopFix>
{
    private static readonly Given Hosting = Has.Library(typeof(BackgroundService));

    [Fact]
    public Task Supervises_a_poller_that_a_token_stops() => FixesAsync(
        DyingLoopFix.Supervise,
        InService("""
            // every minute
            [|while (!stoppingToken.IsCancellationRequested)|]
            {
                await SaveAsync(stoppingToken); // may fail
                await Task.Delay(TimeSpan.FromMinutes(1), stoppingToken);
            }
            """),
        InService("""
            // every minute
            var loop = AsyncGuard.Supervisor.Default.Every("Auctions", TimeSpan.FromMinutes(1), async ct =>
            {
                await SaveAsync(ct); // may fail
            });
            try
            {
                await loop.Completion.WaitAsync(stoppingToken);
            }
            finally
            {
                await loop.StopAsync(CancellationToken.None);
            }
            """),
        Hosting, Has.Runtime);

    [Fact]
    public Task Supervises_a_loop_without_a_token() => FixesAsync(
        DyingLoopFix.Supervise,
        """
        using AsyncGuard;

        void Start() => _ = CheckAuctionsAsync();
        Task SaveAsync() => Task.FromException(new Exception());

        async Task CheckAuctionsAsync()
        {
            [|while (true)|]
            {
                await SaveAsync();
                await Task.Delay(60_000);
            }
        }
        """,
        """
        using AsyncGuard;

        void Start() => _ = CheckAuctionsAsync();
        Task SaveAsync() => Task.FromException(new Exception());

        async Task CheckAuctionsAsync()
        {
            await Supervisor.Default.Every("CheckAuctions", TimeSpan.FromMilliseconds(60_000), async ct =>
            {
                await SaveAsync();
            }).Completion;
        }
        """,
        Has.Runtime);

    [Fact]
    public Task Gives_the_supervisor_s_token_to_calls_that_had_none() => FixesAsync(
        DyingLoopFix.Supervise,
        """
        using AsyncGuard;

        void Start() => _ = CheckAsync();

        async Task CheckAsync()
        {
            [|while (true)|]
            {
                await System.IO.File.ReadAllTextAsync("x");
                await Task.Delay(60_000);
            }
        }
        """,
        """
        using AsyncGuard;

        void Start() => _ = CheckAsync();

        async Task CheckAsync()
        {
            await Supervisor.Default.Every("Check", TimeSpan.FromMilliseconds(60_000), async ct =>
            {
                await System.IO.File.ReadAllTextAsync("x", ct);
            }).Completion;
        }
        """,
        Has.Runtime);

    [Fact]
    public Task Supervises_a_loop_whose_pause_varies_as_a_loop() => FixesAsync(
        DyingLoopFix.Supervise,
        InService("""
            [|while (!stoppingToken.IsCancellationRequested)|]
            {
                if (await CountAsync() == 0)
                {
                    continue;
                }

                await SaveAsync(stoppingToken);
            }

            Console.WriteLine("over");
            """),
        InService("""
            var loop = AsyncGuard.Supervisor.Default.Loop("Auctions", async ct =>
            {
                if (await CountAsync() == 0)
                {
                    return;
                }

                await SaveAsync(ct);
            });
            try
            {
                await loop.Completion.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            finally
            {
                await loop.StopAsync(CancellationToken.None);
            }

            Console.WriteLine("over");
            """),
        Hosting, Has.Runtime);

    [Fact]
    public Task Supervises_a_ticking_loop_with_its_timer_s_period() => FixesAsync(
        DyingLoopFix.Supervise,
        InService("""
            using var ticks = new PeriodicTimer(TimeSpan.FromMinutes(5));
            [|while (await ticks.WaitForNextTickAsync(stoppingToken))|]
            {
                await SaveAsync(stoppingToken);
            }
            """),
        InService("""
            var loop = AsyncGuard.Supervisor.Default.Every("Auctions", TimeSpan.FromMinutes(5), async ct =>
            {
                await SaveAsync(ct);
            }, new AsyncGuard.SupervisionOptions { InitialDelay = TimeSpan.FromMinutes(5) });
            try
            {
                await loop.Completion.WaitAsync(stoppingToken);
            }
            finally
            {
                await loop.StopAsync(CancellationToken.None);
            }
            """),
        Hosting, Has.Runtime);

    [Fact]
    public Task Guards_the_iteration_and_keeps_its_pause() => FixesAsync(
        DyingLoopFix.Guard,
        InService("""
            [|while (!stoppingToken.IsCancellationRequested)|]
            {
                await SaveAsync(stoppingToken); // may fail
                await Task.Delay(1000, stoppingToken);
            }
            """),
        InService("""
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await SaveAsync(stoppingToken); // may fail
                }
                catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    Console.Error.WriteLine(ex);
                }

                await Task.Delay(1000, stoppingToken);
            }
            """),
        Hosting);

    [Fact]
    public Task Guards_a_loop_without_a_pause_and_gives_it_one_after_an_error() => FixesAsync(
        DyingLoopFix.Guard,
        InService("""
            [|while (!stoppingToken.IsCancellationRequested)|]
            {
                await SaveAsync(stoppingToken);
            }
            """),
        InService("""
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await SaveAsync(stoppingToken);
                }
                catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    Console.Error.WriteLine(ex);
                    await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
                }
            }
            """),
        Hosting);

    [Fact]
    public Task Guards_each_item_of_a_channel_and_logs_with_the_type_s_own_logger() => FixesAsync(
        DyingLoopFix.Guard,
        """
        using System.Threading.Channels;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        class Mailer(ChannelReader<string> mails, ILogger<Mailer> logger) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                [|await foreach (var mail in mails.ReadAllAsync(stoppingToken))|]
                {
                    logger.LogInformation("sending");
                    await System.IO.File.WriteAllTextAsync("mail", mail, stoppingToken);
                }
            }
        }
        """,
        """
        using System.Threading.Channels;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        class Mailer(ChannelReader<string> mails, ILogger<Mailer> logger) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await foreach (var mail in mails.ReadAllAsync(stoppingToken))
                {
                    try
                    {
                        logger.LogInformation("sending");
                        await System.IO.File.WriteAllTextAsync("mail", mail, stoppingToken);
                    }
                    catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                    {
                        logger.LogError(ex, "Mailer failed; it goes on");
                    }
                }
            }
        }
        """,
        Hosting);

    [Fact]
    public Task Guards_a_thread_s_loop_that_a_flag_stops() => FixesAsync(
        DyingLoopFix.Guard,
        """
        volatile bool _stopped;
        void Start() => new Thread(Loop).Start();
        void Loop()
        {
            [|while (!_stopped)|]
            {
                System.IO.File.ReadAllText("jobs");
            }
        }
        """,
        """
        volatile bool _stopped;
        void Start() => new Thread(Loop).Start();
        void Loop()
        {
            while (!_stopped)
            {
                try
                {
                    System.IO.File.ReadAllText("jobs");
                }
                catch (Exception ex)
                {
                    Console.Error.WriteLine(ex);
                    Thread.Sleep(TimeSpan.FromSeconds(1));
                }
            }
        }
        """,
        Has.Runtime);

    [Fact]
    public Task Only_guards_a_loop_that_can_be_left_from_within() => FixesAsync(
        InService("""
            [|while (!stoppingToken.IsCancellationRequested)|]
            {
                if (await CountAsync() == 0)
                {
                    break;
                }

                await Task.Delay(1000, stoppingToken);
            }
            """),
        InService("""
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    if (await CountAsync() == 0)
                    {
                        break;
                    }
                }
                catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    Console.Error.WriteLine(ex);
                }

                await Task.Delay(1000, stoppingToken);
            }
            """),
        Hosting, Has.Runtime);

    [Fact]
    public Task Guards_a_loop_without_braces_and_a_taken_name() => FixesAsync(
        """
        void Start(Exception ex) => _ = Task.Run(async () =>
        {
            [|while (true)|] await Task.FromException(ex);
        });
        """,
        """
        void Start(Exception ex) => _ = Task.Run(async () =>
        {
            while (true)
            {
                try
                {
                    await Task.FromException(ex);
                }
                catch (Exception error)
                {
                    Console.Error.WriteLine(error);
                    await Task.Delay(TimeSpan.FromSeconds(1));
                }
            }
        });
        """);

    private static string InService(string body) => $$"""
        using Microsoft.Extensions.Hosting;

        class Auctions : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
        {{string.Join('\n', body.Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
            }

            private Task SaveAsync(CancellationToken token) => Task.FromException(new Exception());
            private Task<int> CountAsync() => Task.FromException<int>(new Exception());
        }
        """;
}
