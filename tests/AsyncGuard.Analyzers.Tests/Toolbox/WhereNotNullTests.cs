using AsyncGuard.Rules;
using AsyncGuard.Support;

namespace AsyncGuard.Toolbox;

/// <summary>An await in the place of what blocks behind a question mark.</summary>
public sealed class WhereNotNullTests : RuleTests<BlockingInAsyncAnalyzer, BlockingInAsyncFix>
{
    private const string Store = """
        class Store
        {
            public Store? Next;
            public Task SaveAsync() => Task.Delay(1);
            public Task<int> CountAsync(int more) => Task.Run(() => more);
            public Task<string> TextAsync() => System.IO.File.ReadAllTextAsync("x");
            public ValueTask CloseAsync() => new(Task.Delay(1));
            public Task[] All = [];
        }

        Store? Find() => null;

        """;

    [Theory]
    [InlineData("store?.SaveAsync().[|Wait|]();", "store != null", "await store.SaveAsync();")]
    [InlineData("store?.SaveAsync().GetAwaiter().[|GetResult|]();", "store != null", "await store.SaveAsync();")]
    [InlineData("store?.SaveAsync().ConfigureAwait(false).GetAwaiter().[|GetResult|]();", "store != null", "await store.SaveAsync().ConfigureAwait(false);")]
    [InlineData("store?.CloseAsync().GetAwaiter().[|GetResult|]();", "store != null", "await store.CloseAsync();")]
    [InlineData("store?.CloseAsync().AsTask().[|Wait|]();", "store != null", "await store.CloseAsync().AsTask();")]
    [InlineData("store?.CountAsync(1).GetAwaiter().[|GetResult|]();", "store != null", "await store.CountAsync(1);")]
    [InlineData("store?.CountAsync(other.[|Result|]).[|Wait|]();", "store != null", "await store.CountAsync(await other);")]
    [InlineData("store?.SaveAsync().[|Wait|](1000);", "store != null", "await await Task.WhenAny(store.SaveAsync(), Task.Delay(1000));")]
    [InlineData("store?.SaveAsync().[|Wait|](cancel);", "store != null", "await store.SaveAsync().WaitAsync(cancel);")]
    [InlineData("store?.All[0].[|Wait|]();", "store != null", "await store.All[0];")]
    [InlineData("maybe?.[|Wait|](1000);", "maybe != null", "await await Task.WhenAny(maybe, Task.Delay(1000));")]
    [InlineData("maybe?.GetAwaiter().[|GetResult|]();", "maybe != null", "await maybe;")]
    [InlineData("store?.Next?.SaveAsync().[|Wait|]();", "store?.Next != null", "await store.Next.SaveAsync();")]
    [InlineData("store?.Next.Next?.SaveAsync().[|Wait|]();", "store?.Next.Next != null", "await store.Next.Next.SaveAsync();")]
    [InlineData("all?[0].[|Wait|]();", "all != null", "await all[0];")]
    public Task Waits_where_there_is_something_to_wait_for(string blocking, string test, string awaiting) => FixesAsync(
        $$"""
        {{Store}}async Task RunAsync(Store? store, Task? maybe, Task<int> other, Task[]? all, CancellationToken cancel)
        {
            await Task.Yield();
            // last
            {{blocking}} // done
        }
        """,
        $$"""
        {{Store}}async Task RunAsync(Store? store, Task? maybe, Task<int> other, Task[]? all, CancellationToken cancel)
        {
            await Task.Yield();
            // last
            if ({{test}})
            {
                {{awaiting}}
            } // done
        }
        """);

    [Theory]
    [InlineData("int?", "store?.CountAsync(1).[|Result|]", "store is null ? (int?)null : await store.CountAsync(1)")]
    [InlineData("int?", "store?.CountAsync(1).GetAwaiter().[|GetResult|]()", "store is null ? (int?)null : await store.CountAsync(1)")]
    [InlineData("int?", "store?.CountAsync(other.[|Result|]).[|Result|]", "store is null ? (int?)null : await store.CountAsync(await other)")]
    [InlineData("string?", "store?.Next?.TextAsync().[|Result|]", "store?.Next is null ? null : await store.Next.TextAsync()")]
    [InlineData("string", "store?.TextAsync().[|Result|] ?? \"\"", "(store is null ? null : await store.TextAsync()) ?? \"\"")]
    public Task Has_no_value_where_there_is_no_task(string type, string blocking, string awaiting) => FixesAsync(
        $"{Store}async Task<{type}> RunAsync(Store? store, Task<int> other) {{ await Task.Yield(); return {blocking}; }}",
        $"{Store}async Task<{type}> RunAsync(Store? store, Task<int> other) {{ await Task.Yield(); return {awaiting}; }}");

    [Theory]
    [InlineData("Find()?.SaveAsync().[|Wait|]()", "(Find()?.SaveAsync() ?? Task.CompletedTask)")]
    [InlineData("Find()?.Next?.SaveAsync().[|Wait|]()", "(Find()?.Next?.SaveAsync() ?? Task.CompletedTask)")]
    [InlineData("Find()?.CloseAsync().GetAwaiter().[|GetResult|]()", "(Find()?.CloseAsync() ?? default)")]
    [InlineData("Find()?.CountAsync(1).GetAwaiter().[|GetResult|]()", "(Find()?.CountAsync(1) ?? Task.CompletedTask)")]
    [InlineData("make()?.[|Wait|]()", "(make() ?? Task.CompletedTask)")]
    [InlineData("make()?.ConfigureAwait(false).GetAwaiter().[|GetResult|]()", "(make()?.ConfigureAwait(false) ?? Task.CompletedTask)", false)]
    [InlineData("Find()?.SaveAsync().[|Wait|](1000)", "", false)]
    [InlineData("make()?.[|Wait|](1000)", "", false)]
    public Task Asks_but_once_for_what_may_be_another_thing_next_time(string blocking, string awaited, bool isFixed = true)
    {
        var before = $"{Store}async Task RunAsync(Func<Task?> make) {{ await Task.Yield(); {blocking}; }}";
        return FixesAsync(before, isFixed ? $"{Store}async Task RunAsync(Func<Task?> make) {{ await Task.Yield(); await {awaited}; }}" : before);
    }

    [Theory]
    [InlineData("more follows", "async Task<string?> RunAsync(Store? store) { await Task.Yield(); return store?.CountAsync(1).[|Result|].ToString(); }")]
    [InlineData("the value of what may be another thing is used", "async Task<int?> RunAsync() { await Task.Yield(); return Find()?.CountAsync(1).[|Result|]; }")]
    [InlineData("the outcome of a bounded wait is used", "async Task<bool?> RunAsync(Store? store) { await Task.Yield(); return store?.SaveAsync().[|Wait|](1000); }")]
    [InlineData("it is a value that is made of nothing", "struct Box { public Task SaveAsync() => Task.Delay(1); } async Task RunAsync(Box? box) { await Task.Yield(); box?.SaveAsync().[|Wait|](); }")]
    public Task Is_not_fixed_where(string reason, string members)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync(Store + members);
    }
}
