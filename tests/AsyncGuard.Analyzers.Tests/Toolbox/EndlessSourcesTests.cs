namespace AsyncGuard.Toolbox;

/// <summary>Which sources of items, batches and ticks go on until they are stopped.</summary>
public sealed class EndlessSourcesTests
{
    [Theory]
    [InlineData("await foreach (var i in All()) { } async IAsyncEnumerable<int> All() { while (true) { yield return 1; await Task.Yield(); } }")]
    [InlineData("await foreach (var i in All()) { } async IAsyncEnumerable<int> All() { while (!t.IsCancellationRequested) { if (t.CanBeCanceled) { yield return 1; } await Task.Yield(); } }")]
    [InlineData("await foreach (var i in Listen()) { } Stream Listen() => new(); } class Stream : IAsyncEnumerable<int> { public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken token) => throw new NotSupportedException();")]
    [InlineData("await foreach (var i in ((IReader)null!).ReadAllAsync()) { } } } interface IReader { } static class Readers { public static IAsyncEnumerable<int> ReadAllAsync(this IReader reader) => throw new NotSupportedException(); } class C { void N() {")]
    public void Items_that_go_on(string loop) => Assert.Equal("Items", LoopQuestions.Shape(loop));

    [Theory]
    [InlineData("an iterator that ends", "await foreach (var i in All()) { } async IAsyncEnumerable<int> All() { for (var n = 0; n < 3; n++) { yield return 1; await Task.Yield(); } }")]
    [InlineData("an iterator that ends with its data", "await foreach (var i in All()) { } async IAsyncEnumerable<int> All() { while (stack.Count > 0) { yield return 1; await Task.Yield(); } }")]
    [InlineData("an iterator until nothing is negated", "await foreach (var i in All()) { } async IAsyncEnumerable<int> All() { while (t.IsCancellationRequested) { yield return 1; await Task.Yield(); } }")]
    [InlineData("an iterator until something else about a token", "await foreach (var i in All()) { } async IAsyncEnumerable<int> All() { while (!t.CanBeCanceled) { yield return 1; await Task.Yield(); } }")]
    [InlineData("an iterator until another object is cancelled", "await foreach (var i in All(new())) { } async IAsyncEnumerable<int> All(Job job) { while (!job.IsCancellationRequested) { yield return 1; await Task.Yield(); } } } class Job { public bool IsCancellationRequested => true;")]
    [InlineData("an iterator whose endless loop only returns", "await foreach (var i in All()) { } async IAsyncEnumerable<int> All() { while (true) { Func<int> f = () => 3; await Task.Yield(); if (f() > 0) { break; } } yield return 1; }")]
    [InlineData("an iterator without a body here", "await foreach (var i in ((IPages)null!).Pages()) { } } interface IPages { IAsyncEnumerable<int> Pages();")]
    [InlineData("an iterator of numbers", "foreach (var i in All()) { } IEnumerable<int> All() { while (true) { yield return 1; } }")]
    [InlineData("a list by the name of a stream", "foreach (var i in Listen()) { } List<int> Listen() => [];")]
    [InlineData("what a server streams", "await foreach (var i in ((IAsyncStreamReader)null!).ReadAllAsync()) { } } } interface IAsyncStreamReader { } static class Readers { public static IAsyncEnumerable<int> ReadAllAsync(this IAsyncStreamReader reader) => throw new NotSupportedException(); } class C { void N() {")]
    [InlineData("something own that is named like a setting", "await foreach (var i in WithCancellation()) { } static IAsyncEnumerable<int> WithCancellation() => throw new NotSupportedException();")]
    public void Items_that_end(string because, string loop) => Assert.True(LoopQuestions.Shape(loop) == "Bounded", because);

    [Theory]
    [InlineData("while (await NextAsync()) { }")]
    [InlineData("while (queue.TryTake(out var i, 100)) { }")]
    [InlineData("while (queue.TryTake(out var i, TimeSpan.Zero)) { }")]
    [InlineData("while (Poll(out var i, -1)) { }")]
    [InlineData("while (TryTake(1, -1)) { }")]
    public void A_condition_that_comes_to_an_end(string loop) => Assert.Equal("Bounded", LoopQuestions.Shape(loop));
}
