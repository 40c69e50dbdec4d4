using AsyncGuard.Support;

namespace AsyncGuard.Guards;

[Collection(nameof(Supervision.DefaultSupervisorTests))]
public sealed class GuardTests : SupervisedTests
{
    private static readonly TimeSpan ThreeSeconds = TimeSpan.FromSeconds(3);
    private readonly TaskCompletionSource<int> _release = new();

    public GuardTests() => Supervisor.Default = Tasks;

    [Fact]
    public async Task Returns_the_result_of_work_that_succeeds()
    {
        Assert.Equal(7, await Guard.OrDefaultAsync("photos", _ => Task.FromResult(7), 0, ThreeSeconds, TestContext.Current.CancellationToken));
        Assert.Equal(7, await Guard.DeadlineAsync("photos", ThreeSeconds, _ => Task.FromResult(7), TestContext.Current.CancellationToken));
        Assert.True(await Guard.TryAsync("photos", Script.Succeeds, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(Log.All);
    }

    [Theory]
    [InlineData(Failing.AtOnce)]
    [InlineData(Failing.Later)]
    [InlineData(Failing.ByForeignCancellation)]
    public async Task Returns_the_fallback_for_work_that_fails_and_logs_why(Failing way)
    {
        Assert.False(await Guard.TryAsync("photos", way.Body(), cancellationToken: TestContext.Current.CancellationToken));

        var entry = Assert.Single(Log.Of(1600));
        Assert.Equal("photos failed; returning the fallback", entry.Message);
        Assert.NotNull(entry.Error);
    }

    [Fact]
    public async Task Returns_the_fallback_in_time_for_work_that_ignores_its_token()
    {
        var photos = Guard.OrDefaultAsync("photos", _ => _release.Task, -1, ThreeSeconds, TestContext.Current.CancellationToken);
        await Clock.ArmedAsync();
        Clock.Advance(ThreeSeconds);
        await Clock.ArmedAsync();

        Clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(-1, await photos);
        Assert.Equal("'photos' did not finish within 00:00:03.", Assert.IsType<TimeoutException>(Assert.Single(Log.Of(1600)).Error).Message);
        _release.SetResult(7);
    }

    [Fact]
    public async Task Throws_at_the_deadline_and_cancels_the_work()
    {
        var work = new Script(Script.Waits);
        var guarded = Guard.DeadlineAsync("photos", ThreeSeconds, work.RunAsync, TestContext.Current.CancellationToken);
        await Clock.ArmedAsync();

        Clock.Advance(ThreeSeconds);

        await Assert.ThrowsAsync<TimeoutException>(() => guarded);
        Assert.Equal(1, work.Runs);
    }

    [Fact]
    public async Task Throws_the_callers_own_cancellation_also_when_the_work_calls_it_something_else()
    {
        using var caller = new CancellationTokenSource();
        var work = new Script(async cancellationToken =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, CancellationToken.None);
            throw new InvalidOperationException("Operation cancelled by user.");
        });
        var guarded = Guard.TryAsync("photos", work.RunAsync, ThreeSeconds, caller.Token);
        await work.BegunAsync(1);

        await caller.CancelAsync();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => guarded);
        Assert.Equal((caller.Token, "Operation cancelled by user."), (error.CancellationToken, error.InnerException?.Message));
        Assert.Empty(Log.Of(1600));
    }

    [Fact]
    public async Task Does_not_begin_for_a_caller_that_is_cancelled_already()
    {
        var work = new Script(Script.Succeeds);

        await Assert.ThrowsAsync<OperationCanceledException>(() => Guard.TryAsync("photos", work.RunAsync, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal(0, work.Runs);
    }

    [Fact]
    public async Task Begins_the_work_on_the_callers_thread()
    {
        var thread = 0;
        var guarded = Guard.TryAsync("photos", _ =>
        {
            thread = Environment.CurrentManagedThreadId;
            return Task.CompletedTask;
        }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        Assert.True(await guarded);
    }

    [Fact]
    public async Task Names_arguments_that_make_no_sense()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("work", () => Guard.TryAsync("photos", null!, cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>("name", () => Guard.TryAsync(" ", Script.Succeeds, cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("timeout", () => Guard.DeadlineAsync("photos", TimeSpan.Zero, Script.Succeeds, TestContext.Current.CancellationToken));
    }
}
