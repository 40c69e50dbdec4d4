using AsyncGuard.Support;

namespace AsyncGuard.Restarts;

public sealed class RestartPolicyTests : SupervisedTests
{
    [Fact]
    public void Draws_every_pause_within_its_bounds()
    {
        var random = new Random(11);
        for (var policies = 0; policies < Scale.Of(usual: 1_000, full: 10_000); policies++)
        {
            var policy = Any(random);
            var steady = policy with { Jitter = 0 };
            var previous = TimeSpan.Zero;
            for (var failures = 1; failures <= 100; failures++)
            {
                var (pause, full) = (policy.NextDelay(failures), steady.NextDelay(failures));
                Assert.InRange(pause, TimeSpan.FromTicks((long)(full.Ticks * (1 - policy.Jitter)) - 1), full);
                Assert.InRange(full, previous, policy.MaxDelay);
                previous = full;
            }

            Assert.InRange(policy.NextDelay(1_000_000), TimeSpan.Zero, policy.MaxDelay);
        }
    }

    [Fact]
    public void Doubles_from_one_second_to_sixty_by_default()
    {
        var steady = RestartPolicy.Default with { Jitter = 0 };

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(1, 8).Select(failures => steady.NextDelay(failures).TotalSeconds));
    }

    [Fact]
    public async Task Spreads_a_thousand_tasks_that_fell_together_even_at_the_cap()
    {
        const int tasks = 1_000;
        for (var task = 0; task < tasks; task++)
        {
            Tasks.Loop($"task {task}", _ => Task.FromException(new TimeoutException()));
        }

        // By the seventh failure all wait for the cap; the next full minute is counted.
        while (Tasks.Tasks.Any(task => task.Stats.ConsecutiveFailures < 8))
        {
            await SettleAsync();
            Clock.Step();
        }

        var restarts = new Dictionary<int, int>();
        var begin = Clock.GetUtcNow();
        while (Clock.GetUtcNow() < begin + TimeSpan.FromSeconds(60))
        {
            await SettleAsync();
            var fired = Clock.Step();
            var second = (int)(Clock.GetUtcNow() - begin).TotalSeconds;
            restarts[second] = restarts.GetValueOrDefault(second) + fired;
        }

        var busiest = restarts.Values.Max() / (double)restarts.Values.Sum();
        TestContext.Current.SendDiagnosticMessage("busiest second: {0:P1} of the restarts", busiest);
        Assert.True(busiest <= 0.15, $"{busiest:P1} of the restarts fell into one second");
    }

    [Fact]
    public void Refuses_values_that_make_no_sense_and_names_them()
    {
        Assert.StartsWith("Delay must be from zero to 49 days.", Refused(() => RestartPolicy.Default with { Delay = TimeSpan.FromTicks(-1) }), StringComparison.Ordinal);
        Assert.StartsWith("MaxDelay must be longer than zero and at most 49 days.", Refused(() => RestartPolicy.Default with { MaxDelay = TimeSpan.Zero }), StringComparison.Ordinal);
        Assert.StartsWith("Factor must be at least 1 and finite.", Refused(() => RestartPolicy.Default with { Factor = 0.5 }), StringComparison.Ordinal);
        Assert.StartsWith("Factor must be at least 1 and finite.", Refused(() => RestartPolicy.Default with { Factor = double.NaN }), StringComparison.Ordinal);
        Assert.StartsWith("Jitter must be from 0 to 1.", Refused(() => RestartPolicy.Default with { Jitter = 2 }), StringComparison.Ordinal);
        Assert.StartsWith("MaxConsecutiveFailures must be at least 1.", Refused(() => RestartPolicy.Constant(TimeSpan.Zero, 0)), StringComparison.Ordinal);
        Assert.StartsWith("WhenExhausted must be a member of GiveUp.", Refused(() => RestartPolicy.Default with { WhenExhausted = (GiveUp)9 }), StringComparison.Ordinal);
        Assert.StartsWith("HangTimeout must be longer than zero and at most 49 days.", Refused(() => new SupervisionOptions { HangTimeout = TimeSpan.FromDays(50) }), StringComparison.Ordinal);
        Assert.StartsWith("StopTimeout must be from zero to 49 days.", Refused(() => new SupervisionOptions { StopTimeout = Timeout.InfiniteTimeSpan }), StringComparison.Ordinal);
        Assert.StartsWith("MaxRunning must be at least 1.", Refused(() => new SupervisorOptions { MaxRunning = 0 }), StringComparison.Ordinal);
    }

    private static string Refused(Func<object> set) => Assert.Throws<ArgumentOutOfRangeException>(set).Message;

    private static RestartPolicy Any(Random random) => new()
    {
        Delay = TimeSpan.FromMilliseconds(random.Next(0, 100_000)),
        MaxDelay = TimeSpan.FromMilliseconds(random.Next(1, 1_000_000)),
        Factor = 1 + (random.NextDouble() * 9),
        Jitter = random.NextDouble(),
    };

    /// <summary>Every task waits for its next start.</summary>
    private async Task SettleAsync()
    {
        foreach (var task in Tasks.Tasks.Where(task => task.State != TaskState.BackingOff))
        {
            await task.WhenAsync(TaskState.BackingOff, TestContext.Current.CancellationToken);
        }
    }
}
