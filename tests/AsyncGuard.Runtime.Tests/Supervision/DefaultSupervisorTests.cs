using AsyncGuard.Support;

namespace AsyncGuard.Supervision;

[Collection(nameof(DefaultSupervisorTests))]
public sealed class DefaultSupervisorTests : SupervisedTests
{
    [Fact]
    public async Task Is_replaced_once_the_one_that_stands_there_has_stopped()
    {
        Supervisor.Default = Tasks;
        Assert.Same(Tasks, Supervisor.Default);

        await Tasks.StopAsync(TestContext.Current.CancellationToken);
        var fresh = Supervisor.Default;

        Assert.NotSame(Tasks, fresh);
        Assert.Same(fresh, Supervisor.Default);
        Assert.True(fresh.Run("mail", Script.Succeeds));
        await fresh.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Cannot_be_nothing() => Assert.Throws<ArgumentNullException>(() => Supervisor.Default = null!);
}
