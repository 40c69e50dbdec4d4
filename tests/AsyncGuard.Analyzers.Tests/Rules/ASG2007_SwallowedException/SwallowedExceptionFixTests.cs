using AsyncGuard.Support;
using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Rules;

public sealed class SwallowedExceptionFixTests : RuleTests<SwallowedExceptionAnalyzer, SwallowedExceptionFix>
{
    private static readonly Given Hosting = Has.Library(typeof(BackgroundService));

    [Theory]
    [InlineData("catch", "catch (Exception ex)")]
    [InlineData("catch (Exception)", "catch (Exception ex)")]
    [InlineData("catch (Exception error)", "catch (Exception error)")]
    [InlineData("catch (Exception) when (!stoppingToken.IsCancellationRequested)", "catch (Exception ex) when (!stoppingToken.IsCancellationRequested)")]
    public Task Logs_with_the_type_s_own_logger(string before, string after) => FixesAsync(
        Wallet(before.Replace("catch", "[|catch|]", StringComparison.Ordinal), ""),
        Wallet(after, $"\n                _log.LogError({(after.Contains("error", StringComparison.Ordinal) ? "error" : "ex")}, \"Wallet failed\");"),
        Hosting);

    [Fact]
    public Task Is_not_fixed_without_a_logger() => NotFixedAsync("""
        void Start() => _ = Task.Run(() =>
        {
            try { System.IO.File.ReadAllText("x"); }
            [|catch|] { }
        });
        """);

    [Fact]
    public Task Fixes_two_in_one_function() => FixesAsync(
        Sessions(" [|catch|] { }", " [|catch|] (Exception) { }"),
        Sessions("""

                    catch (Exception ex)
                    {
                        _log.LogError(ex, "Start failed");
                    }
            """, """

                    catch (Exception ex)
                    {
                        _log.LogError(ex, "Start failed");
                    }
            """),
        Hosting);

    private static string Sessions(string first, string second) => $$"""
        using Microsoft.Extensions.Logging;

        class Sessions(ILogger<Sessions> log)
        {
            private readonly ILogger _log = log;

            public void Start() => _ = Task.Run(() =>
            {
                try { System.IO.File.ReadAllText("x"); }{{first}}
                try { System.IO.File.ReadAllText("y"); }{{second}}
            });
        }
        """;

    private static string Wallet(string clause, string log) => $$"""
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        class Wallet(ILogger<Wallet> log) : BackgroundService
        {
            private readonly ILogger _log = log;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (!stoppingToken.IsCancellationRequested)
                {
                    try
                    {
                        await System.IO.File.ReadAllTextAsync("x", stoppingToken);
                    }
                    {{clause}}
                    {{{log}}
                    }

                    await Task.Delay(1000, stoppingToken);
                }
            }
        }
        """;
}
