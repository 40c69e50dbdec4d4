using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>What becomes of other waits in a function that turns async: they would be findings there.</summary>
public sealed class OtherWaitsTests : RuleTests<BlockingInSyncAnalyzer, BlockingInSyncFix>
{
    [Fact]
    public Task A_semaphore_is_awaited() => FixesAsync(
        "void M(SemaphoreSlim gate, Task t) { gate.Wait(); try { t.{|ASG4010:Wait|}(); } finally { gate.Release(); } }",
        "async Task MAsync(SemaphoreSlim gate, Task t) { await gate.WaitAsync(); try { await t; } finally { gate.Release(); } }");

    [Fact]
    public Task A_bounded_wait_keeps_its_bound() => FixesAsync(
        "bool M(SemaphoreSlim gate, Task t) { t.{|ASG4010:Wait|}(); return gate.Wait(100); }",
        "async Task<bool> MAsync(SemaphoreSlim gate, Task t) { await t; return await gate.WaitAsync(100); }");

    [Fact]
    public Task A_process_s_end_is_awaited() => FixesAsync(
        "void M(System.Diagnostics.Process child, Task t) { t.{|ASG4010:Wait|}(); child.WaitForExit(); }",
        "async Task MAsync(System.Diagnostics.Process child, Task t) { await t; await child.WaitForExitAsync(); }");

    [Fact]
    public Task A_sleep_becomes_a_delay() => FixesAsync(
        """
        void M(Task t)
        {
            // a while
            Thread.Sleep(millisecondsTimeout: 100); // or more
            t.{|ASG4010:Wait|}();
        }
        """,
        """
        async Task MAsync(Task t)
        {
            // a while
            await Task.Delay(100); // or more
            await t;
        }
        """);

    [Fact]
    public Task A_sleep_with_a_token_at_hand_can_be_stopped() => FixesAsync(
        "void M(Task t, CancellationToken stop) { Thread.Sleep(100); t.{|ASG4010:Wait|}(); }",
        "async Task MAsync(Task t, CancellationToken stop) { await Task.Delay(100, stop); await t; }");

    [Fact]
    public Task A_sleep_makes_a_function_take_a_token() => FixesAsync(
        "public void M(Task t) { Thread.Sleep(100); t.{|ASG4010:Wait|}(); }",
        "public async Task MAsync(Task t, CancellationToken cancellationToken = default) { await Task.Delay(100, cancellationToken); await t; }");

    [Fact]
    public Task A_caller_s_sleep_too() => FixesAsync(
        "int Count(Task<int> t) => t.{|ASG4010:Result|}; void M(Task<int> t) { while (Count(t) == 0) { Thread.Sleep(TimeSpan.FromSeconds(1)); } }",
        "async Task<int> CountAsync(Task<int> t) => await t; async Task MAsync(Task<int> t) { while (await CountAsync(t) == 0) { await Task.Delay(TimeSpan.FromSeconds(1)); } }");

    [Fact]
    public Task They_are_configured_as_the_code_around_does() => FixesAsync(
        "async Task RunAsync(Task t) => await t.ConfigureAwait(false); void M(SemaphoreSlim gate, Task t) { gate.Wait(); Thread.Sleep(1); t.{|ASG4010:Wait|}(); }",
        "async Task RunAsync(Task t) => await t.ConfigureAwait(false); async Task MAsync(SemaphoreSlim gate, Task t) { await gate.WaitAsync().ConfigureAwait(false); await Task.Delay(1).ConfigureAwait(false); await t.ConfigureAwait(false); }");

    [Fact]
    public Task Configures_both_awaits_of_a_wait_that_a_time_ends() => FixesAsync(
        "async Task RunAsync(Task t) => await t.ConfigureAwait(false); void M(Task t) { t.{|ASG4010:Wait|}(9); }",
        "async Task RunAsync(Task t) => await t.ConfigureAwait(false); async Task MAsync(Task t) { await (await Task.WhenAny(t, Task.Delay(9)).ConfigureAwait(false)).ConfigureAwait(false); }");

    [Fact]
    public Task A_wait_of_no_time_and_another_function_s_stay() => FixesAsync(
        "bool M(SemaphoreSlim gate, Task t, ManualResetEvent signal) { t.{|ASG4010:Wait|}(); Thread.Sleep(0); new Thread(() => signal.WaitOne()).Start(); return gate.Wait(0); }",
        "async Task<bool> MAsync(SemaphoreSlim gate, Task t, ManualResetEvent signal) { await t; Thread.Sleep(0); new Thread(() => signal.WaitOne()).Start(); return gate.Wait(0); }");

    [Fact]
    public Task A_test_may_go_on_waiting_for_a_signal() => FixesAsync(
        "class A { public static int Count(Task<int> t) => t.{|ASG4010:Result|}; } class Tests { [Xunit.Fact] public void Counts() { GC.KeepAlive(A.Count(Task.FromResult(1))); new ManualResetEvent(true).WaitOne(); } }",
        "class A { public static async Task<int> CountAsync(Task<int> t) => await t; } class Tests { [Xunit.Fact] public async Task Counts() { GC.KeepAlive(await A.CountAsync(Task.FromResult(1))); new ManualResetEvent(true).WaitOne(); } }",
        Has.Source("Xunit.cs", "namespace Xunit { class FactAttribute : System.Attribute { } }"));

    [Theory]
    [InlineData("it waits for an event", "void M(Task t, ManualResetEvent signal) { signal.WaitOne(); t.{|ASG4010:Wait|}(); }")]
    [InlineData("a caller does", "int Count(Task<int> t) => t.{|ASG4010:Result|}; void M(Task<int> t, CountdownEvent all) { Count(t); all.Wait(); }")]
    [InlineData("it joins a thread", "void M(Task t, Thread other) { other.Join(); t.{|ASG4010:Wait|}(); }")]
    [InlineData("it takes from a blocking collection", "int M(Task t, System.Collections.Concurrent.BlockingCollection<int> queue) { t.{|ASG4010:Wait|}(); return queue.Take(); }")]
    [InlineData("it sleeps under a lock", "void M(Task t) { lock (this) { Thread.Sleep(1); } t.{|ASG4010:Wait|}(); }")]
    [InlineData("a bounded wait for a process has no sibling", "bool M(Task t, System.Diagnostics.Process child) { t.{|ASG4010:Wait|}(); return child.WaitForExit(100); }")]
    public Task It_is_not_made_async_where(string reason, string members)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync(members);
    }
}
