using AsyncGuard.Support;
using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Rules;

public sealed class CatchOutsideLoopFixTests : RuleTests<CatchOutsideLoopAnalyzer, CatchOutsideLoopFix>
{
    private static readonly Given Hosting = Has.Library(typeof(BackgroundService));

    [Fact]
    public Task Supervises_the_loop_and_takes_the_catch_away() => FixesAsync(
        CatchOutsideLoopFix.Supervise,
        InService("""
            // presales
            try
            {
                [|while (!stoppingToken.IsCancellationRequested)|]
                {
                    await SaveAsync(stoppingToken);
                    await Task.Delay(1000, stoppingToken);
                }
            }
            catch (Exception e)
            {
                Console.WriteLine(e);
            }
            """),
        InService("""
            // presales
            var loop = AsyncGuard.Supervisor.Default.Every("Presales", TimeSpan.FromMilliseconds(1000), async ct =>
            {
                await SaveAsync(ct);
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
    public Task Moves_the_catch_into_the_loop() => FixesAsync(
        InService("""
            try
            {
                [|while (!stoppingToken.IsCancellationRequested)|]
                {
                    await SaveAsync(stoppingToken);
                    await Task.Delay(1000, stoppingToken);
                }
            }
            catch (Exception e)
            {
                // presales
                Console.WriteLine(e);
            }
            """),
        InService("""
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await SaveAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    // presales
                    Console.WriteLine(e);
                }

                await Task.Delay(1000, stoppingToken);
            }
            """),
        Hosting);

    [Theory]
    [InlineData("catch (OperationCanceledException)\n{\n}", "")]
    [InlineData("", "\nfinally\n{\n    Console.WriteLine(\"over\");\n}")]
    public Task Leaves_what_else_the_try_has_around_the_loop(string first, string last)
    {
        var (before, after) = (first.Length == 0 ? "" : first + "\n", first + last);
        return FixesAsync(
            InService($"try\n{{\n    [|while (!stoppingToken.IsCancellationRequested)|]\n    {{\n        await SaveAsync(stoppingToken);\n        await Task.Delay(1000, stoppingToken);\n    }}\n}}\n{before}catch (Exception e)\n{{\n    Console.WriteLine(e);\n}}{last}"),
            InService($"try\n{{\n    while (!stoppingToken.IsCancellationRequested)\n    {{\n        try\n        {{\n            await SaveAsync(stoppingToken);\n        }}\n        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)\n        {{\n            Console.WriteLine(e);\n        }}\n\n        await Task.Delay(1000, stoppingToken);\n    }}\n}}\n{after.TrimStart('\n')}"),
            Hosting);
    }

    [Fact]
    public Task Keeps_what_else_stands_around_the_loop() => FixesAsync(
        InService("""
            try
            {
                await SaveAsync(stoppingToken);
                [|while (!stoppingToken.IsCancellationRequested)|]
                {
                    await SaveAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException)
            {
            }
            catch
            {
                return;
            }
            finally
            {
                Console.WriteLine("over");
            }
            """),
        InService("""
            try
            {
                await SaveAsync(stoppingToken);
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
            }
            catch (OperationCanceledException)
            {
            }
            catch
            {
                return;
            }
            finally
            {
                Console.WriteLine("over");
            }
            """),
        Hosting);

    [Fact]
    public Task Keeps_the_outer_catch_for_what_the_loop_feeds_on() => FixesAsync(
        """
        void Start() => _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                [|await foreach (var item in ReadAsync())|]
                {
                    await System.IO.File.AppendAllTextAsync("x", item);
                }
            }
            catch (Exception e)
            {
                Console.WriteLine(e);
            }
        }

        static async System.Collections.Generic.IAsyncEnumerable<string> ReadAsync() { while (true) { yield return await System.IO.File.ReadAllTextAsync("x"); } }
        """,
        """
        void Start() => _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                await foreach (var item in ReadAsync())
                {
                    try
                    {
                        await System.IO.File.AppendAllTextAsync("x", item);
                    }
                    catch (Exception e)
                    {
                        Console.WriteLine(e);
                    }
                }
            }
            catch (Exception e)
            {
                Console.WriteLine(e);
            }
        }

        static async System.Collections.Generic.IAsyncEnumerable<string> ReadAsync() { while (true) { yield return await System.IO.File.ReadAllTextAsync("x"); } }
        """);

    [Fact]
    public Task Moves_a_catch_without_a_name_into_the_loop() => FixesAsync(
        InService("""
            try
            {
                [|while (true)|]
                {
                    await Task.Delay(1000, stoppingToken);
                    await SaveAsync(stoppingToken);
                }
            }
            catch
            {
                Console.WriteLine("failed");
            }
            """),
        InService("""
            while (true)
            {
                await Task.Delay(1000, stoppingToken);
                try
                {
                    await SaveAsync(stoppingToken);
                }
                catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    Console.WriteLine("failed");
                }
            }
            """),
        Hosting);

    [Fact]
    public Task Moves_the_catch_of_a_timer_s_loop_into_it() => FixesAsync(
        InService("""
            using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
            try
            {
                [|while (await timer.WaitForNextTickAsync(stoppingToken))|]
                {
                    await SaveAsync(stoppingToken);
                }
            }
            catch (Exception e)
            {
                Console.WriteLine(e);
            }
            """),
        InService("""
            using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await SaveAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    Console.WriteLine(e);
                }
            }
            """),
        Hosting);

    private static string InService(string body) => $$"""
        using Microsoft.Extensions.Hosting;

        class Presales : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
        {{string.Join('\n', body.Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
            }

            private Task SaveAsync(CancellationToken token) => Task.FromException(new Exception());
        }
        """;
}
