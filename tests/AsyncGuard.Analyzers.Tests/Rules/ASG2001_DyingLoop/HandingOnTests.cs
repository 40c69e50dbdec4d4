using AsyncGuard.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AsyncGuard.Rules;

/// <summary>Loops that only hand on what is guarded elsewhere: a scope, a mediator, a channel in turn.</summary>
public sealed class HandingOnTests : RuleTests<DyingLoopAnalyzer>
{
    private static readonly Given[] Libraries = [Has.Library(typeof(BackgroundService)), Has.Library(typeof(ServiceCollection)), Has.Source("Mediator.cs", "interface IMediator { }")];

    [Theory]
    [InlineData("using var scope = scopes.CreateScope(); await SafeAsync();")]
    [InlineData("await using (var scope = scopes.CreateAsyncScope()) { await SafeAsync(); }")]
    [InlineData("using var scope = services.CreateScope(); GC.KeepAlive(scope.ServiceProvider.GetRequiredService<IMediator>());")]
    [InlineData("var output = _outputs[index]; index = (index + 1) % _count; await output.WriteAsync(item, stop);")]
    [InlineData("await HandAsync(item, stop);")]
    [InlineData("foreach (var consumer in consumers) { await SafeAsync(); GC.KeepAlive(consumer); }")]
    public Task Is_silent_where_nothing_can_fail(string body) => SilentAsync(Service(body), Libraries);

    [Theory]
    [InlineData("using var scope = scopes.CreateScope(); GC.KeepAlive(scope.ServiceProvider.GetRequiredService<Worker>());")]
    [InlineData("var output = _outputs[item]; await output.WriteAsync(item, stop);")]
    [InlineData("index = (index + 1) % item; GC.KeepAlive(index);")]
    [InlineData("foreach (var consumer in Consumers()) { GC.KeepAlive(consumer); }")]
    public Task Reports_where_something_can(string body) => ReportsAsync(Service(body).Replace("await foreach (var item in _jobs.ReadAllAsync(stop))", "{|ASG2001:await foreach (var item in _jobs.ReadAllAsync(stop))|}", StringComparison.Ordinal), Libraries);

    private static string Service(string body) => $$"""
        using System.Collections.Generic;
        using System.Threading.Channels;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        class Worker(IServiceScopeFactory scopes, IServiceProvider services, IEnumerable<string> consumers) : BackgroundService
        {
            private readonly ChannelReader<int> _jobs = Channel.CreateUnbounded<int>().Reader;
            private readonly List<ChannelWriter<int>> _outputs = [];
            private readonly int _count = 2;
            private int _next;

            protected override async Task ExecuteAsync(CancellationToken stop)
            {
                var index = 0;
                await foreach (var item in _jobs.ReadAllAsync(stop))
                {
                    {{body}}
                    _next += index;
                }

                GC.KeepAlive((scopes, services, consumers));
            }

            private ValueTask HandAsync(int item, CancellationToken stop) => _output.WriteAsync(item, stop);
            private readonly ChannelWriter<int> _output = Channel.CreateUnbounded<int>().Writer;
            private static async Task SafeAsync() { try { await System.IO.File.ReadAllTextAsync("x"); } catch (Exception e) { Console.Error.WriteLine(e); } }
            private static IEnumerable<string> Consumers() { yield return System.IO.File.ReadAllText("x"); }
        }
        """;
}
