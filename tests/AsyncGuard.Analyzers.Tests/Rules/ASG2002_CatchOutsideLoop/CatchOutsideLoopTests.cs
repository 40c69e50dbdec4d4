using AsyncGuard.Support;
using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Rules;

public sealed class CatchOutsideLoopTests : RuleTests<CatchOutsideLoopAnalyzer>
{
    private static readonly Given Hosting = Has.Library(typeof(BackgroundService));

    [Theory]
    [InlineData("catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("catch { Console.WriteLine(\"failed\"); }")]
    [InlineData("catch { }")]
    [InlineData("catch (OperationCanceledException) { } catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("catch (Exception e) when (!stoppingToken.IsCancellationRequested) { Console.WriteLine(e); }")]
    [InlineData("catch (Exception e) { Console.WriteLine(e); } finally { Console.WriteLine(\"over\"); }")]
    public Task Reports_a_loop_whose_errors_are_caught_behind_it(string handlers) => ReportsAsync(InService($$"""
        try
        {
            {|ASG2002:while (!stoppingToken.IsCancellationRequested)|}
            {
                await SaveAsync();
                await Task.Delay(1000, stoppingToken);
            }
        }
        {{handlers}}
        """), Hosting);

    [Theory]
    [InlineData("catch (Exception e) { Console.WriteLine(e); throw; }")]
    [InlineData("catch (Exception e) { throw new InvalidOperationException(\"over\", e); }")]
    [InlineData("catch (Exception e) { Console.WriteLine(e); lifetime.StopApplication(); }")]
    [InlineData("catch (Exception e) { Console.WriteLine(e); Environment.Exit(1); }")]
    [InlineData("catch (Exception e) { Environment.FailFast(\"over\", e); }")]
    [InlineData("catch (Exception e) { Console.WriteLine(e); await ExecuteAsync(stoppingToken); }")]
    [InlineData("catch (OperationCanceledException) { }")]
    [InlineData("finally { Console.WriteLine(\"over\"); }")]
    public Task Is_silent_where_the_handler_does_not_hide_the_end(string handlers) => SilentAsync(InService($$"""
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await SaveAsync();
                await Task.Delay(1000, stoppingToken);
            }
        }
        {{handlers}}
        """), Hosting);

    [Fact]
    public Task Is_silent_where_the_iteration_is_guarded_too() => SilentAsync(InService("""
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try { await SaveAsync(); }
                catch (Exception e) { Console.WriteLine(e); }
                await Task.Delay(1000, stoppingToken);
            }
        }
        catch (Exception e) { Console.WriteLine(e); }
        """), Hosting);

    [Fact]
    public Task Is_silent_where_the_try_is_inside_an_outer_loop() => SilentAsync(InService("""
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    await SaveAsync();
                }
            }
            catch (Exception e) { Console.WriteLine(e); }
            await Task.Delay(1000, stoppingToken);
        }
        """), Hosting);

    [Fact]
    public Task Is_silent_where_nothing_runs_it_in_the_background() => SilentAsync("""
        async Task RunAsync()
        {
            try
            {
                while (true) { await System.IO.File.ReadAllTextAsync("jobs"); }
            }
            catch (Exception e) { Console.WriteLine(e); }
        }
        """);

    [Fact]
    public Task Reports_in_a_started_lambda() => ReportsAsync("""
        void Start() => _ = Task.Run(async () =>
        {
            try
            {
                {|ASG2002:while (true)|} { await System.IO.File.ReadAllTextAsync("jobs"); }
            }
            catch (Exception e) { Console.WriteLine(e); }
        });
        """);

    [Fact]
    public Task Reports_in_a_local_function() => ReportsAsync("""
        void Start()
        {
            _ = LoopAsync();
            async Task LoopAsync()
            {
                try
                {
                    {|ASG2002:for (;;)|} { await System.IO.File.ReadAllTextAsync("jobs"); }
                }
                catch (Exception e) { Console.WriteLine(e); }
            }
        }
        """);

    [Fact]
    public Task Is_silent_in_code_that_does_not_bind() => SilentAsync("""
        void Start() => _ = Task.Run(async () =>
        {
            try
            {
                while (true) { await {|CS0103:Missing|}(); }
            }
            catch ({|CS0246:Lost|} e) { Console.WriteLine(e); }
        });
        """);

    private static string InService(string body) => $$"""
        using Microsoft.Extensions.Hosting;

        class Worker(IHostApplicationLifetime lifetime) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
        {{body}}
                await Task.Yield();
            }

            private Task SaveAsync() => Task.FromException(new Exception());
            private IHostApplicationLifetime Lifetime => lifetime;
        }
        """;
}
