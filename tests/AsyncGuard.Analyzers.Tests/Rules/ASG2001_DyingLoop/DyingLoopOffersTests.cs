using AsyncGuard.Support;
using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Rules;

/// <summary>Which loops a supervisor may run, and which token is asked whether the loop is to end.</summary>
public sealed class DyingLoopOffersTests : RuleTests<DyingLoopAnalyzer, DyingLoopFix>
{
    private static readonly Given Hosting = Has.Library(typeof(BackgroundService));

    [Fact]
    public Task No_token_is_none_to_ask() => FixesAsync(
        DyingLoopFix.Guard,
        InService("""
            using var ticks = new PeriodicTimer(TimeSpan.FromMinutes(5));
            [|while (await ticks.WaitForNextTickAsync(CancellationToken.None))|]
            {
                await SaveAsync(stoppingToken);
            }
            """),
        InService("""
            using var ticks = new PeriodicTimer(TimeSpan.FromMinutes(5));
            while (await ticks.WaitForNextTickAsync(CancellationToken.None))
            {
                try
                {
                    await SaveAsync(stoppingToken);
                }
                catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    Console.Error.WriteLine(ex);
                }
            }
            """),
        Hosting);

    [Theory]
    [InlineData("return;")]
    [InlineData("break;")]
    public Task Is_not_supervised_where_an_iteration_can_leave_the_loop(string leaving)
    {
        var code = InService($$"""
            [|while (!stoppingToken.IsCancellationRequested)|]
            {
                if (await CountAsync() == 0)
                {
                    {{leaving}}
                }

                await SaveAsync(stoppingToken);
            }
            """);
        return FixesAsync(DyingLoopFix.Supervise, code, code, Hosting, Has.Runtime);
    }

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
