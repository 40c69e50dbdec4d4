using AsyncGuard.Fixing;
using AsyncGuard.Support;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Toolbox;

/// <summary>What becomes of the function around a place that is to await.</summary>
public sealed class AsyncRewritingTests
{
    [Fact]
    public void A_void_method_returns_a_task() => Becomes("async global::System.Threading.Tasks.Task Poll() { await X(); }", "void Poll() { [|Work()|]; }");

    [Fact]
    public void A_result_is_wrapped() => Becomes("async global::System.Threading.Tasks.Task<int> Poll() => await X();", "int Poll() => [|Work()|];");

    [Fact]
    public void Modifiers_stay_in_front() => Becomes("private async global::System.Threading.Tasks.Task<int> Poll() => await X();", "private int Poll() => [|Work()|];");

    [Fact]
    public void A_completed_task_is_no_longer_returned() => Becomes("async Task Poll() { await X(); }", "Task Poll() { [|Work()|]; return Task.CompletedTask; }");

    [Fact]
    public void A_wrapped_result_is_unwrapped() => Becomes("async Task<int> Poll() { await X(); return 1; }", "Task<int> Poll() { [|Work()|]; return Task.FromResult(1); }");

    [Fact]
    public void A_returned_task_is_awaited() => Becomes("async Task Poll() { await X(); await Rest(); }", "Task Poll() { [|Work()|]; return Rest(); }");

    [Fact]
    public void A_function_that_is_async_only_changes_inside() => Becomes("async Task Poll() { await X(); }", "async Task Poll() { [|Work()|]; }");

    [Theory]
    [InlineData("a static method", "static async global::System.Threading.Tasks.Task<int> Poll() => await X();", "static int Poll() => [|1 + 1|];")]
    [InlineData("a generic method", "async global::System.Threading.Tasks.Task<T> Poll<T>(T item) where T : class { await X(); return item; }", "T Poll<T>(T item) where T : class { [|Work()|]; return item; }")]
    [InlineData("a tuple", "async global::System.Threading.Tasks.Task<(int A, string B)> Poll() => (await X(), null);", "(int A, string B) Poll() => ([|Work()|], null);")]
    [InlineData("an array", "async global::System.Threading.Tasks.Task<int[]> Poll() => new[] { await X()};", "int[] Poll() => new[] { [|Work()|] };")]
    [InlineData("a nullable value", "async global::System.Threading.Tasks.Task<int?> Poll() => await X();", "int? Poll() => [|Work()|];")]
    [InlineData("a comment in front", "// polls async global::System.Threading.Tasks.Task Poll() { await X(); }", "// polls\nvoid Poll() { [|Work()|]; }", true)]
    [InlineData("a documented one", "/** polls */ private async global::System.Threading.Tasks.Task Poll() { await X(); }", "/** polls */ private void Poll() { [|Work()|]; }", true)]
    [InlineData("an attribute", "[Obsolete] public async global::System.Threading.Tasks.Task Poll() { await X(); }", "[Obsolete] public void Poll() { [|Work()|]; }")]
    [InlineData("a value task", "async ValueTask Poll() { await X(); }", "ValueTask Poll() { [|Work()|]; return default; }")]
    [InlineData("a value task's completed one", "async ValueTask Poll() { await X(); }", "ValueTask Poll() { [|Work()|]; return ValueTask.CompletedTask; }")]
    [InlineData("a value task of a value", "async ValueTask<int> Poll() { await X(); return 1; }", "ValueTask<int> Poll() { [|Work()|]; return ValueTask.FromResult(1); }")]
    [InlineData("a value task's default", "async ValueTask<int> Poll() { await X(); return default; }", "ValueTask<int> Poll() { [|Work()|]; return default; }")]
    [InlineData("an early return", "async Task Poll(bool now) { if (now) return; await X(); }", "Task Poll(bool now) { if (now) return Task.CompletedTask; [|Work()|]; return Task.CompletedTask; }")]
    [InlineData("an early returned task", "async Task Poll(bool now) { if (now) {await Rest(); return; }await X(); await Rest(); }", "Task Poll(bool now) { if (now) return Rest(); [|Work()|]; return Rest(); }")]
    [InlineData("an early returned task in a block", "async Task Poll(bool now) { if (now) { await Rest(); return; } await X(); }", "Task Poll(bool now) { if (now) { return Rest(); } [|Work()|]; return Task.CompletedTask; }")]
    [InlineData("a choice of tasks", "async Task Poll(bool now) { await X(); await (now ? Rest() : Rest()); }", "Task Poll(bool now) { [|Work()|]; return now ? Rest() : Rest(); }")]
    [InlineData("a returned task with a result", "async Task<int> Poll(Task<int> rest) { await X(); return await rest; }", "Task<int> Poll(Task<int> rest) { [|Work()|]; return rest; }")]
    [InlineData("a thrown error", "async Task Poll(bool now) { await X(); throw new Exception(); }", "Task Poll(bool now) { [|Work()|]; throw new Exception(); }")]
    [InlineData("another function's returns", "async Task Poll() { await X(); Func<Task> other = () => { return Rest(); }; await other(); }", "Task Poll() { [|Work()|]; Func<Task> other = () => { return Rest(); }; return other(); }")]
    [InlineData("a switch", "async Task Poll(int n) { switch (n) { case 1: await Rest(); return; default: await X(); return; } }", "Task Poll(int n) { switch (n) { case 1: return Rest(); default: [|Work()|]; return Task.CompletedTask; } }")]
    [InlineData("a local function", "async global::System.Threading.Tasks.Task Inner() { await X(); }", "void Poll() { Inner(); void Inner() { [|Work()|]; } }")]
    [InlineData("a static local function", "static async global::System.Threading.Tasks.Task<int> Inner(int n) => n + await X();", "void Poll() { Inner(1); static int Inner(int n) => n + [|n|]; }")]
    [InlineData("a lambda", "async () => await X()", "Func<int> Poll() => () => [|Work()|];")]
    [InlineData("a lambda with one parameter", "async n => n + await X()", "Func<int, int> Poll() => n => n + [|Work()|];")]
    [InlineData("a static lambda", "static async n => n + await X()", "Func<int, int> Poll() => static n => n + [|n|];")]
    [InlineData("an anonymous method", "async delegate { await X(); }", "Action Poll() => delegate { [|Work()|]; };")]
    [InlineData("a lambda with a return type", "async global::System.Threading.Tasks.Task<int> () => await X()", "Delegate Poll() => int () => [|Work()|];")]
    [InlineData("a lambda that returns a task", "async () => { await X(); }", "Func<Task> Poll() => () => { [|Work()|]; return Task.CompletedTask; };")]
    [InlineData("the first source of a query", "async global::System.Threading.Tasks.Task<object> Poll() => from each in await X()select each;", "object Poll() => from each in [|new int[0]|] select each;")]
    [InlineData("a local function's task", "async Task<int> Inner() => await X();", "void Poll() { Inner(); Task<int> Inner() => Task.FromResult([|Work()|]); }")]
    [InlineData("a task of one's own", "async Task Poll() { await X(); await Held; }", "Task Poll() { [|Work()|]; return Held; }\nstatic Task Held => Task.CompletedTask;")]
    [InlineData("another's result", "async Task<int> Poll() { await X(); return await Mine.FromResult(1); }", "Task<int> Poll() { [|Work()|]; return Mine.FromResult(1); }\nstatic class Mine { public static Task<int> FromResult(int n) => Task.FromResult(n); }")]
    [InlineData("another's completed one", "async Task Poll() { await X(); await Mine.CompletedTask; }", "Task Poll() { [|Work()|]; return Mine.CompletedTask; }\nstatic class Mine { public static Task CompletedTask => Task.CompletedTask; }")]
    [InlineData("a local function's completed task", "async Task Inner() { await X(); }", "void Poll() { Inner(); Task Inner() { [|Work()|]; return Task.CompletedTask; } }")]
    [InlineData("a comment before the last return", "async Task Poll() { await X(); // done return; }", "Task Poll()\n{\n[|Work()|];\n// done\nreturn Task.CompletedTask;\n}", true)]
    [InlineData("a using", "async Task Poll() { using (new System.IO.MemoryStream()) { await X(); await Rest(); return; } }", "Task Poll() { using (new System.IO.MemoryStream()) { [|Work()|]; return Rest(); } }")]
    [InlineData("a task that is blocked on", "async Task Poll(Task<int> t) { await X(); Console.WriteLine(await t); }", "Task Poll(Task<int> t) { [|Work()|]; Console.WriteLine(t.Result); return Task.CompletedTask; }")]
    [InlineData("a task that is over", "async Task Poll(Task<int> t) { await X(); Console.WriteLine(t.IsCompleted ? t.Result : 0); }", "Task Poll(Task<int> t) { [|Work()|]; Console.WriteLine(t.IsCompleted ? t.Result : 0); return Task.CompletedTask; }")]
    [InlineData("a semaphore", "async Task Poll(SemaphoreSlim gate) { await gate.WaitAsync(); await X(); }", "Task Poll(SemaphoreSlim gate) { gate.Wait(); [|Work()|]; return Task.CompletedTask; }")]
    [InlineData("a sleep", "async Task Poll() { await global::System.Threading.Tasks.Task.Delay(1); await X(); }", "Task Poll() { Thread.Sleep(1); [|Work()|]; return Task.CompletedTask; }")]
    public void The_form_is_kept(string form, string expected, string members, bool hasComment = false) => Becomes(expected, "#nullable disable\n" + members, form, hasComment);

    [Theory]
    [InlineData("a lock", "void Poll() { lock (this) { [|Work()|]; } }")]
    [InlineData("an out parameter", "void Poll(out int count) { count = [|Work()|]; }")]
    [InlineData("a ref parameter", "void Poll(ref int count) { count = [|Work()|]; }")]
    [InlineData("an in parameter", "void Poll(in int count) { [|Work()|]; }")]
    [InlineData("a span", "void Poll(Span<int> all) { all[0] = [|Work()|]; }")]
    [InlineData("a returned span", "Span<int> Poll() { return new int[[|Work()|]]; }")]
    [InlineData("a ref return", "ref int Poll(int[] all) { return ref all[[|Work()|]]; }")]
    [InlineData("an override", "public override string ToString() { [|Work()|]; return null; }")]
    [InlineData("a virtual method", "protected virtual void Poll() { [|Work()|]; }")]
    [InlineData("an implementation", "class A : IDisposable { public void Dispose() { [|GC.Collect()|]; } }")]
    [InlineData("an explicit implementation", "class A : IDisposable { void IDisposable.Dispose() { [|GC.Collect()|]; } }")]
    [InlineData("an interface's default", "interface IA { void Poll() { [|GC.Collect()|]; } }")]
    [InlineData("a partial method", "partial class A { partial void Poll(); partial void Poll() { [|GC.Collect()|]; } }")]
    [InlineData("a constructor", "Subject() { [|Work()|]; }")]
    [InlineData("a constructor's initialiser", "class A(int n) { public A() : this([|Math.Abs(1)|]) { } int N => n; }")]
    [InlineData("a property", "int Count => [|Work()|];")]
    [InlineData("an accessor", "int Count { get { return [|Work()|]; } }")]
    [InlineData("an operator", "public static Subject operator +(Subject a, Subject b) { [|a.Work()|]; return b; }")]
    [InlineData("a finaliser", "~Subject() { [|Work()|]; }")]
    [InlineData("a field", "static int _count = [|Math.Abs(1)|];")]
    [InlineData("an attribute", "[Obsolete([|\"x\"|])] void Poll() { }")]
    [InlineData("an iterator", "System.Collections.Generic.IEnumerable<int> All() { yield return [|Work()|]; }")]
    [InlineData("a filter", "void Poll() { try { } catch when ([|Work()|] == 1) { } }")]
    [InlineData("a query's clause", "object Poll(int[] all) => System.Linq.Enumerable.Count(from each in all where each == [|Work()|] select each);")]
    [InlineData("unsafe code", "unsafe void Poll() { [|Work()|]; }")]
    [InlineData("a function that waits for an event", "Task Poll(ManualResetEvent signal) { signal.WaitOne(); [|Work()|]; return Task.CompletedTask; }")]
    [InlineData("an unsafe block", "void Poll() { unsafe { [|Work()|]; } }")]
    public void Not_in(string form, string members) => Stays(members, form);

    [Fact]
    public void Top_level_statements_only_change_inside()
    {
        var spot = Spot.InFile("System.Console.WriteLine([|1|]);", Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
        var rewriting = AsyncRewriting.At(spot.Node, spot.Model, TestContext.Current.CancellationToken);
        Assert.True(rewriting is { IsAsyncAlready: true, ChangesSignature: false });
    }

    [Fact]
    public void A_shared_signature_is_told_to_who_can_change_it_everywhere()
    {
        var spot = Given("public virtual void Poll() { [|Work()|]; }");
        var rewriting = AsyncRewriting.Around(spot.Node, spot.Model, TestContext.Current.CancellationToken);
        Assert.True(rewriting is { ChangesSignature: true, SharesSignature: true });
    }

    private static void Becomes(string expected, string members, string? form = null, bool hasComment = false)
    {
        var spot = Given(members);
        var rewriting = AsyncRewriting.At(spot.Node, spot.Model, TestContext.Current.CancellationToken);
        Assert.NotNull(rewriting);
        var now = rewriting.With(spot.Node, SyntaxFactory.ParseExpression("await X()"));
        var text = string.Join(' ', (hasComment ? now.ToFullString().Replace("#nullable disable", "", StringComparison.Ordinal) : now.ToString()).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.True(expected == text, $"{form}: {text}");
    }

    private static void Stays(string members, string form)
    {
        var spot = Given(members);
        Assert.True(AsyncRewriting.At(spot.Node, spot.Model, TestContext.Current.CancellationToken) is null, form);
    }

    private static Spot Given(string members) => Spot.In("using System.Linq;\nint Work() => 1;\nTask Rest() => Task.CompletedTask;\n" + members);
}
