namespace AsyncGuard.Toolbox;

/// <summary>Which loops are meant to run until they are stopped.</summary>
public sealed class LongRunningLoopsTests
{
    [Fact]
    public void While_true() => Lasts("while (true) { }");

    [Fact]
    public void For_ever() => Lasts("for (;;) { }");

    [Fact]
    public void Do_while_true() => Lasts("do { } while (true);");

    [Fact]
    public void Until_a_token() => Lasts("while (!t.IsCancellationRequested) { }");

    [Fact]
    public void Until_a_source() => Lasts("while (!_source.IsCancellationRequested) { }");

    [Fact]
    public void Until_a_token_compared_with_false() => Lasts("while (t.IsCancellationRequested == false) { }");

    [Fact]
    public void While_a_flag_field() => Lasts("while (_running) { }");

    [Fact]
    public void Until_a_flag_field() => Lasts("while (!_stopped) { }");

    [Fact]
    public void Until_a_flag_or_a_token() => Lasts("while (_running && !t.IsCancellationRequested) { }");

    [Fact]
    public void On_each_tick() => Lasts("while (await timer.WaitForNextTickAsync(t)) { }");

    [Fact]
    public void On_each_tick_configured() => Lasts("while (await timer.WaitForNextTickAsync(t).ConfigureAwait(false)) { }");

    [Fact]
    public void While_a_channel_has_items() => Lasts("while (await reader.WaitToReadAsync(t)) { }");

    [Fact]
    public void Over_all_items_of_a_channel() => Lasts("await foreach (var i in reader.ReadAllAsync(t)) { }");

    [Fact]
    public void Over_a_consuming_enumerable() => Lasts("foreach (var i in queue.GetConsumingEnumerable()) { }");

    [Fact]
    public void Over_a_consuming_enumerable_with_a_token() => Lasts("foreach (var i in queue.GetConsumingEnumerable(t)) { }");

    [Fact]
    public void While_a_queue_gives() => Lasts("while (queue.TryTake(out var i, -1)) { }");

    [Fact]
    public void A_for_until_a_token() => Lasts("for (; !t.IsCancellationRequested;) { }");

    [Fact]
    public void A_constant_condition() => Lasts("const bool Always = true; while (Always) { }");

    [Fact]
    public void Over_an_array() => Ends("foreach (var i in items) { }");

    [Fact]
    public void A_counted_for() => Ends("for (var i = 0; i < 10; i++) { }");

    [Fact]
    public void While_more_data() => Ends("var more = true; while (more) { more = false; }");

    [Fact]
    public void While_a_local_says_so() => Ends("var n = 3; while (n > 0) { n--; }");

    [Fact]
    public void While_a_reader_reads() => Ends("while (text.Read() > 0) { }");

    [Fact]
    public void Do_once() => Ends("do { } while (false);");

    [Fact]
    public void While_false() => Ends("while (false) { }");

    [Fact]
    public void While_a_queue_gives_at_once() => Ends("while (queue.TryTake(out var i)) { }");

    [Fact]
    public void Over_a_list() => Ends("foreach (var i in new System.Collections.Generic.List<int>()) { }");

    [Fact]
    public void While_a_flag_that_the_loop_sets() => Ends("while (_running) { _running = false; }");

    [Fact]
    public void While_a_stack_has_items() => Ends("while (stack.Count > 0) { stack.Pop(); }");

    [Fact]
    public void While_time_is_left() => Ends("while (DateTime.UtcNow < until) { }");

    [Fact]
    public void A_condition_that_does_not_bind_is_not_guessed_at() => Assert.False(LoopQuestions.Lasts("while (nowhere.More()) { }", compiles: false));

    [Theory]
    [InlineData("Endless", "while (true) { }")]
    [InlineData("UntilStopped", "while (true && !t.IsCancellationRequested) { }")]
    [InlineData("UntilStopped", "while (!t.IsCancellationRequested & true) { }")]
    [InlineData("UntilStopped", "while (!t.IsCancellationRequested || stack.Count > 0) { }")]
    [InlineData("UntilStopped", "while (stack.Count > 0 | _running) { }")]
    [InlineData("Bounded", "while (stack.Count > 0 || items.Length > 0) { }")]
    [InlineData("Bounded", "while (!t.IsCancellationRequested && stack.Count > 0) { }")]
    [InlineData("Bounded", "while (stack.Count > 0 && !t.IsCancellationRequested) { }")]
    [InlineData("Ticks", "while (await timer.WaitForNextTickAsync(t) && !t.IsCancellationRequested) { }")]
    [InlineData("Ticks", "while (!t.IsCancellationRequested && await timer.WaitForNextTickAsync(t)) { }")]
    [InlineData("Batches", "while (await OutputAvailableAsync()) { }")]
    [InlineData("Items", "while (queue.TryTake(out var i, Timeout.InfiniteTimeSpan)) { }")]
    [InlineData("Bounded", "for (var n = 0; !t.IsCancellationRequested; n++) { }")]
    public void What_a_loop_runs_on(string shape, string loop) => Assert.Equal(shape, LoopQuestions.Shape(loop));

    private static void Lasts(string loop) => Assert.True(LoopQuestions.Lasts(loop));

    private static void Ends(string loop) => Assert.False(LoopQuestions.Lasts(loop));
}
