namespace AsyncGuard.Toolbox;

/// <summary>Which loops leave by themselves when their work is done.</summary>
public sealed class LoopExitsTests
{
    [Theory]
    [InlineData("while (true) { if (stack.Count == 0) { break; } }")]
    [InlineData("while (true) { if (stack.Count == 0) { return; } }")]
    [InlineData("while (true) { if (stack.Count == 0) { goto over; } } over: ;")]
    [InlineData("IEnumerable<int> All() { while (true) { if (stack.Count == 0) { yield break; } yield return 1; } }")]
    [InlineData("while (true) { if (stack.Count == 0 && items.Length == 0) { break; } }")]
    [InlineData("while (true) { if (!await NextAsync()) { break; } }")]
    [InlineData("while (true) { if (-stack.Count == 0) { break; } }")]
    [InlineData("_ = Task.Run(() => { while (true) { if (stack.Count == 0) { return; } } });")]
    [InlineData("void Run() { while (true) { if (stack.Count == 0) { return; } } } Run();")]
    [InlineData("if (!t.IsCancellationRequested) { while (true) { if (stack.Count == 0) { return; } } }")]
    public void With_its_work(string loop) => Assert.True(LoopQuestions.EndsWithItsWork(loop));

    [Theory]
    [InlineData("a stop", "while (true) { if (t.IsCancellationRequested) { break; } }")]
    [InlineData("a stop that is asked for with something else", "while (true) { if (t.IsCancellationRequested || stack.Count == 0) { break; } }")]
    [InlineData("a stop that is asked for after something else", "while (true) { if (stack.Count == 0 && _stopped) { return; } }")]
    [InlineData("a stop, asked for outside", "while (true) { if (t.IsCancellationRequested) { if (stack.Count == 0) { break; } } }")]
    [InlineData("a source that is complete", "while (true) { if (!await reader.WaitToReadAsync(t)) { break; } }")]
    [InlineData("an error", "while (true) { try { stack.Pop(); } catch (Exception) { return; } }")]
    [InlineData("the end of a loop inside", "while (true) { foreach (var i in items) { if (i == 0) { break; } } }")]
    [InlineData("the end of a case", "while (true) { switch (stack.Count) { case 0: break; } }")]
    [InlineData("the next iteration", "while (true) { if (stack.Count == 0) { continue; } }")]
    [InlineData("the end of a lambda", "while (true) { items = Array.FindAll(items, i => { return i > 0; }); }")]
    [InlineData("the end of a local function", "while (true) { int Count() { return stack.Count; } stack.Push(Count()); }")]
    [InlineData("the next item of an iterator", "IEnumerable<int> All() { while (true) { yield return 1; } }")]
    public void Not_with(string exit, string loop) => Assert.False(LoopQuestions.EndsWithItsWork(loop), exit);
}
