namespace AsyncGuard.Toolbox;

/// <summary>Which conditions only ask whether somebody else has stopped the loop.</summary>
public sealed class StopConditionsTests
{
    [Theory]
    [InlineData("while (_stopped is false) { }")]
    [InlineData("while (_stopped is not true) { }")]
    [InlineData("while (_running != false) { }")]
    [InlineData("while (_maybe != false) { }")]
    [InlineData("while (s_on) { }")]
    [InlineData("while (_on) { }")]
    [InlineData("while (Open) { }")]
    [InlineData("while (IsStarted) { }")]
    [InlineData("while (!_other.Closed) { }")]
    [InlineData("while (_running) { Console.WriteLine(_running); }")]
    [InlineData("while (_running) { _stopped = true; }")]
    [InlineData("while (!Volatile.Read(ref _stopped)) { }")]
    public void A_flag(string loop) => Assert.Equal("UntilStopped", LoopQuestions.Shape(loop));

    [Theory]
    [InlineData("computes its answer", "while (Busy) { }")]
    [InlineData("is another object's and does not say what for", "while (_other.Loud) { }")]
    [InlineData("is set by the loop", "while (Open) { Open = false; }")]
    [InlineData("is handed out by the loop to be set", "while (_on) { Take(1, ref _on, out _); }")]
    [InlineData("is handed out by the loop to be answered", "while (_on) { Take(1, ref _stopped, out _on); }")]
    [InlineData("is written by the loop", "while (!Volatile.Read(ref _stopped)) { Volatile.Write(ref _stopped, true); }")]
    [InlineData("is read by who knows what", "while (!Read(ref _stopped)) { }")]
    [InlineData("is compared with more than yes or no", "while (_running is true or false) { }")]
    [InlineData("is compared with another", "while (_running == _other.Loud) { }")]
    [InlineData("is a question about data", "while (!(stack.Count > 3)) { }")]
    [InlineData("is an answer about data", "while (stack.TryPop(out var i) == true) { }")]
    [InlineData("is an answer about data in a pattern", "while (stack.TryPop(out var i) is true) { }")]
    public void What_is_no_flag_of_others(string because, string loop) => Assert.True(LoopQuestions.Shape(loop) == "Bounded", because);

    [Theory]
    [InlineData("var stop = false; _ = Task.Run(() => { stop = true; }); while (!stop) { }")]
    [InlineData("var stop = false; void Stop() { stop = true; } Stop(); while (!stop) { }")]
    [InlineData("var stop = false; _ = Task.Run(() => { while (!stop) { } });")]
    [InlineData("var stop = false; void Run() { while (!stop) { } } Run();")]
    [InlineData("void Run(bool on) { while (on) { } } Run(true);")]
    public void A_variable_that_another_function_may_set(string loop) => Assert.Equal("UntilStopped", LoopQuestions.Shape(loop));

    [Theory]
    [InlineData("var on = true; while (on) { }")]
    [InlineData("var on = true; on = stack.Count > 0; while (on) { }")]
    [InlineData("var stop = false; _ = Task.Run(() => { stop = true; }); while (!stop) { stop = stack.Count > 0; }")]
    [InlineData("_ = Task.Run(() => { var on = true; while (on) { } });")]
    [InlineData("void Run() { var on = true; while (on) { } } Run();")]
    [InlineData("void Run(bool on) { while (on) { on = false; } } Run(true);")]
    public void A_variable_that_the_loop_or_nobody_sets(string loop) => Assert.Equal("Bounded", LoopQuestions.Shape(loop));

    [Theory]
    [InlineData("UntilStopped", "WaitHandle", "WaitOne(100)")]
    [InlineData("UntilStopped", "EventWaitHandle", "WaitOne(100)")]
    [InlineData("UntilStopped", "ManualResetEvent", "WaitOne(100)")]
    [InlineData("UntilStopped", "AutoResetEvent", "WaitOne(100, true)")]
    [InlineData("UntilStopped", "ManualResetEventSlim", "Wait(100)")]
    [InlineData("Bounded", "ManualResetEvent", "Reset()")]
    [InlineData("Bounded", "Mutex", "WaitOne(100)")]
    [InlineData("Bounded", "Semaphore", "WaitOne(100)")]
    [InlineData("Bounded", "SemaphoreSlim", "Wait(100)")]
    [InlineData("Bounded", "Task", "Wait(100)")]
    public void A_wait_for_an_event(string shape, string type, string wait) =>
        Assert.Equal(shape, LoopQuestions.Shape($"_ = Task.Run(() => Run(null!)); void Run({type} it) {{ while (!it.{wait}) {{ }} }}"));
}
