using AsyncGuard.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AsyncGuard.Supervision;

[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    [Fact]
    public async Task Stays_flat_over_many_runs_failures_and_tasks()
    {
        await using var tasks = new Supervisor(new SupervisorOptions { LoggerFactory = NullLoggerFactory.Instance });
        await WorkAsync(tasks, runs: 5_000, failures: 500, lives: 200);   // what is built once is built now
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await WorkAsync(tasks, Scale.Of(100_000, 1_000_000), Scale.Of(5_000, 100_000), Scale.Of(1_000, 10_000));

        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.SendDiagnosticMessage("heap growth: {0:N0} bytes", growth);
        Assert.True(growth <= 1024 * 1024, $"the heap grew by {growth:N0} bytes");
    }

    private static async Task WorkAsync(Supervisor tasks, int runs, int failures, int lives)
    {
        using var ended = new CountdownEvent(runs);
        for (var run = 0; run < runs; run++)
        {
            while (!tasks.Run("mail", EndAsync))
            {
                await Task.Yield();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 100).Select(one => FailAsync(tasks, $"failing {one}", failures / 100)));
        for (var life = 0; life < lives; life++)
        {
            await tasks.Loop("feed", Script.Waits).StopAsync();
        }

        Assert.True(ended.Wait(TimeSpan.FromMinutes(5)));

        async Task EndAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            ended.Signal();
        }
    }

    private static async Task FailAsync(Supervisor tasks, string name, int failures)
    {
        var count = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = tasks.Loop(name, _ =>
        {
            if (++count == failures)
            {
                enough.SetResult();
            }

            throw new InvalidOperationException();
        }, new() { Restart = RestartPolicy.Constant(TimeSpan.Zero) with { WhenExhausted = GiveUp.KeepTrying } });
        await enough.Task;
        await task.StopAsync();
    }
}
