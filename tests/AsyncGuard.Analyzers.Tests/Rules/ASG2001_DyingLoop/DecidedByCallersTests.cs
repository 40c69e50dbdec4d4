using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A base class that runs what its heirs override, and ends the application when that fails, has decided for their loops.</summary>
public sealed class DecidedByCallersTests : RuleTests<DyingLoopAnalyzer>
{
    [Theory]
    [InlineData("catch (Exception e) { Console.WriteLine(e); _lifetime.StopApplication(); }")]
    [InlineData("catch { if (!_stopping) { _lifetime.StopApplication(); } throw; }")]
    [InlineData("catch (Exception e) { Environment.FailFast(\"over\", e); }")]
    public Task Is_silent_where_the_base_ends_the_application(string handler) => SilentAsync(Services(handler, "while (true)", ""));

    [Theory]
    [InlineData("catch (Exception e) { Console.WriteLine(e); }", "")]
    [InlineData("catch (System.IO.IOException) { _lifetime.StopApplication(); }", "")]
    [InlineData("catch (Exception) { _lifetime.StopApplication(); }", "void Again() => _ = RunAsync();")]
    public Task Reports_where_it_does_not(string handler, string more) => ReportsAsync(Services(handler, "{|ASG2001:while (true)|}", more));

    private static string Services(string handler, string head, string more) => $$"""
        abstract class Service(ILifetime lifetime)
        {
            private readonly ILifetime _lifetime = lifetime;
            private readonly bool _stopping = lifetime is null;
            void Start() => _ = Task.Run(RunGuardedAsync);
            private async Task RunGuardedAsync() { try { await RunAsync(); } {{handler}} }
            protected abstract Task RunAsync();
            {{more}}
        }
        class Poller(ILifetime lifetime) : Service(lifetime) { protected override async Task RunAsync() { {{head}} { await System.IO.File.ReadAllTextAsync("x"); await Task.Delay(9); } } }
        interface ILifetime { void StopApplication(); }
        """;
}
