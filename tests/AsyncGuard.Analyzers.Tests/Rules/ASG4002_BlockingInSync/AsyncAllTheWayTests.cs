using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>How far the walk through relatives and callers goes, and where it gives up.</summary>
public sealed class AsyncAllTheWayTests : RuleTests<BlockingInSyncAnalyzer, BlockingInSyncFix>
{
    [Fact]
    public Task Overrides_follow_and_wrap_what_they_have() => FixesAsync(
        """
        abstract class Store { public abstract int Count(); public virtual void Save() { } }
        class Remote : Store
        {
            public override int Count() => System.IO.File.ReadAllTextAsync("x").{|ASG4010:Result|}.Length;
            public override void Save() { }
        }
        class Local : Store { public override int Count() => 3; }
        int Sum(Store a, Local b) => a.Count() + b.Count();
        """,
        """
        abstract class Store { public abstract Task<int> CountAsync(); public virtual void Save() { } }
        class Remote : Store
        {
            public override async Task<int> CountAsync() => (await System.IO.File.ReadAllTextAsync("x")).Length;
            public override void Save() { }
        }
        class Local : Store { public override Task<int> CountAsync() => Task.FromResult(3); }
        async Task<int> SumAsync(Store a, Local b) => await a.CountAsync() + await b.CountAsync();
        """);

    [Fact]
    public Task An_interface_and_what_implements_it_follow() => FixesAsync(
        """
        interface IStore { void Save(string text); }
        class Remote : IStore { public void Save(string text) => System.IO.File.WriteAllTextAsync("x", text).{|ASG4010:Wait|}(); }
        class Hidden : IStore { void IStore.Save(string text) { if (text == "") { return; } Console.WriteLine(text); } }
        class Silent : IStore { public void Save(string text) => GC.KeepAlive(text); }
        void Run(IStore store) { store.Save("a"); }
        """,
        """
        interface IStore { Task SaveAsync(string text); }
        class Remote : IStore { public async Task SaveAsync(string text) => await System.IO.File.WriteAllTextAsync("x", text); }
        class Hidden : IStore { Task IStore.SaveAsync(string text) { if (text == "") { return Task.CompletedTask; } Console.WriteLine(text); return Task.CompletedTask; } }
        class Silent : IStore {
            public Task SaveAsync(string text)
            {
                GC.KeepAlive(text);
                return Task.CompletedTask;
            }
        }
        async Task RunAsync(IStore store) { await store.SaveAsync("a"); }
        """);

    [Fact]
    public Task A_result_that_says_no_type_is_wrapped_with_one() => FixesAsync(
        """
        abstract class Store { public abstract string Read(); }
        class Remote : Store { public override string Read() => System.IO.File.ReadAllTextAsync("x").{|ASG4010:Result|}; }
        class Nothing : Store { public override string Read() { return null; } }
        """,
        """
        abstract class Store { public abstract Task<string> ReadAsync(); }
        class Remote : Store { public override async Task<string> ReadAsync() => await System.IO.File.ReadAllTextAsync("x"); }
        class Nothing : Store { public override Task<string> ReadAsync() { return Task.FromResult<string>(null); } }
        """);

    [Fact]
    public Task Every_way_out_of_what_awaits_nothing_returns_a_task() => FixesAsync(
        """
        interface IStore { void Save(string text); }
        class Remote : IStore { public void Save(string text) => System.IO.File.WriteAllTextAsync("x", text).{|ASG4010:Wait|}(); }
        class Inner : IStore { public void Save(string text) { Action other = () => { return; }; other(); Local(); void Local() { return; } } }
        class Back : IStore { public void Save(string text) { GC.KeepAlive(text); return; } }
        class Thrown : IStore { public void Save(string text) { throw new FormatException(text); } }
        """,
        """
        interface IStore { Task SaveAsync(string text); }
        class Remote : IStore { public async Task SaveAsync(string text) => await System.IO.File.WriteAllTextAsync("x", text); }
        class Inner : IStore { public Task SaveAsync(string text) { Action other = () => { return; }; other(); Local(); void Local() { return; } return Task.CompletedTask; } }
        class Back : IStore { public Task SaveAsync(string text) { GC.KeepAlive(text); return Task.CompletedTask; } }
        class Thrown : IStore { public Task SaveAsync(string text) { throw new FormatException(text); } }
        """);

    [Fact]
    public Task Chains_that_overlap_come_to_rest() => FixesAsync(
        """
        int First(Task<int> t) => t.{|ASG4010:Result|} + Second(t);
        int Second(Task<int> t) => t.GetAwaiter().{|ASG4010:GetResult|}() + Third();
        int Third() { Task.Delay(1).{|ASG4010:Wait|}(); return First(Task.FromResult(1)); }
        int Fourth(Task<int> t) => First(t) + Second(t) + Third();
        """,
        """
        async Task<int> FirstAsync(Task<int> t) => await t + await SecondAsync(t);
        async Task<int> SecondAsync(Task<int> t) => await t + await ThirdAsync();
        async Task<int> ThirdAsync() { await Task.Delay(1); return await FirstAsync(Task.FromResult(1)); }
        async Task<int> FourthAsync(Task<int> t) => await FirstAsync(t) + await SecondAsync(t) + await ThirdAsync();
        """);

    [Fact]
    public Task A_function_that_calls_itself_comes_to_an_end() => FixesAsync(
        "int Count(int n) { Task.Delay(n).{|ASG4010:Wait|}(); return n == 0 ? 0 : Count(n - 1); }",
        "async Task<int> CountAsync(int n) { await Task.Delay(n); return n == 0 ? 0 : await CountAsync(n - 1); }");

    [Fact]
    public Task A_local_function_and_its_owner() => FixesAsync(
        "int Sum(Task<int> t) { return Inner() + Inner(); int Inner() => t.{|ASG4010:Result|}; }",
        "async Task<int> SumAsync(Task<int> t) { return await InnerAsync() + await InnerAsync(); async Task<int> InnerAsync() => await t; }");

    [Fact]
    public Task A_method_group_given_to_Task_Run() => FixesAsync(
        "async Task M() => await Task.Run(Work); void Work() => Task.Delay(1).{|ASG4002:Wait|}();",
        "async Task M() => await Task.Run(WorkAsync); async Task WorkAsync() => await Task.Delay(1);");

    [Fact]
    public Task What_a_caller_that_becomes_async_calls_besides() => FixesAsync(
        """
        void First() => System.IO.File.WriteAllTextAsync("x", "").{|ASG4010:Wait|}();
        void Both() { First(); Second(); }
        void Second() => System.IO.File.WriteAllTextAsync("y", "").{|ASG4010:Wait|}();
        """,
        """
        async Task FirstAsync() => await System.IO.File.WriteAllTextAsync("x", "");
        async Task BothAsync() { await FirstAsync(); await SecondAsync(); }
        async Task SecondAsync() => await System.IO.File.WriteAllTextAsync("y", "");
        """);

    [Fact]
    public Task A_generic_function() => FixesAsync(
        "T Read<T>(Task<T> t) => t.{|ASG4010:Result|}; string M() => Read<string>(Task.FromResult(\"\")) + Read(Task.FromResult(1));",
        "async Task<T> ReadAsync<T>(Task<T> t) => await t; async Task<string> MAsync() => await ReadAsync<string>(Task.FromResult(\"\")) + await ReadAsync(Task.FromResult(1));");

    [Fact]
    public Task A_name_in_nameof() => FixesAsync(
        "int Count(Task<int> t) => t.{|ASG4010:Result|}; string Name() => nameof(Count);",
        "async Task<int> CountAsync(Task<int> t) => await t; string Name() => nameof(CountAsync);");

    [Fact]
    public Task A_taken_name_is_kept() => FixesAsync(
        "Task<int> CountAsync() => Task.FromResult(1).ContinueWith(t => t.Result); int Count() => CountAsync().{|ASG4010:Result|}; int Twice() => Count() * 2;",
        "Task<int> CountAsync() => Task.FromResult(1).ContinueWith(t => t.Result); async Task<int> Count() => await CountAsync(); async Task<int> TwiceAsync() => await Count() * 2;");

    [Fact]
    public Task Parentheses_where_more_follows() => FixesAsync(
        "string Read(Task<string> t) => t.{|ASG4010:Result|}; int M(Task<string> t) => Read(t).Length + Read(t)[0];",
        "async Task<string> ReadAsync(Task<string> t) => await t; async Task<int> MAsync(Task<string> t) => (await ReadAsync(t)).Length + (await ReadAsync(t))[0];");

    [Theory]
    [InlineData("void M(Subject? s) => s?.Work();", "async Task MAsync(Subject? s) => await (s?.WorkAsync() ?? Task.CompletedTask);")]
    [InlineData("void M(Subject? s) { s?.Work(); }", "async Task MAsync(Subject? s) {\n    if (s != null)\n    {\n        await s.WorkAsync();\n    }\n}")]
    [InlineData("int? M(Subject? s) => s?.Count();", "async Task<int?> MAsync(Subject? s) => s is null ? (int?)null : await s.CountAsync();")]
    [InlineData("[STAThread] static void Main() => Find()?.Work(); static Subject? Find() => null;", "[STAThread] static void Main() => Find()?.WorkAsync().GetAwaiter().GetResult(); static Subject? Find() => null;")]
    [InlineData("void M(Subject? s, CancellationToken cancel) => s?.Work();", "async Task MAsync(Subject? s, CancellationToken cancel) => await (s?.WorkAsync(cancel) ?? Task.CompletedTask);")]
    public Task A_call_behind_a_question_mark_is_awaited_where_it_is_made(string caller, string repaired) => FixesAsync(
        caller + " public void Work() => Task.Delay(1).{|ASG4010:Wait|}(); int Count() { Work(); return 1; }",
        repaired + " public async Task WorkAsync(CancellationToken cancellationToken = default) => await Task.Delay(1, cancellationToken); async Task<int> CountAsync() { await WorkAsync(); return 1; }",
        project => project.OutputKind = caller.Contains("Main", StringComparison.Ordinal) ? Microsoft.CodeAnalysis.OutputKind.ConsoleApplication : Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary);

    [Fact]
    public Task A_wrapper_s_lambda_is_awaited() => FixesAsync(
        "static class Sync { public static T Run<T>(Func<Task<T>> make) => make().{|ASG4010:Result|}; } string M() => Sync.{|ASG4010:Run|}(() => System.IO.File.ReadAllTextAsync(\"x\"));",
        "static class Sync { public static async Task<T> RunAsync<T>(Func<Task<T>> make) => await make(); } async Task<string> MAsync() => await System.IO.File.ReadAllTextAsync(\"x\");");

    [Theory]
    [InlineData("its new name is another function's", "void M(Task<int> t) { Count(); int Count() => t.{|ASG4010:Result|}; int CountAsync() => 1; CountAsync(); }", "async Task MAsync(Task<int> t) { await Count(); async Task<int> Count() => await t; int CountAsync() => 1; CountAsync(); }")]
    [InlineData("its new name is a variable's", "void M(Task<int> t, int countAsync) { var CountAsync = countAsync; Count(); int Count() => t.{|ASG4010:Result|}; GC.KeepAlive(CountAsync); }", "async Task MAsync(Task<int> t, int countAsync) { var CountAsync = countAsync; await Count(); async Task<int> Count() => await t; GC.KeepAlive(CountAsync); }")]
    [InlineData("an iterator stands in it", "void M(Task t) { t.{|ASG4010:Wait|}(); GC.KeepAlive(All()); System.Collections.Generic.IEnumerable<int> All() { yield return 1; } }", "async Task MAsync(Task t) { await t; GC.KeepAlive(All()); System.Collections.Generic.IEnumerable<int> All() { yield return 1; } }")]
    public Task A_local_function_where(string reason, string members, string repaired)
    {
        Assert.NotEmpty(reason);
        return FixesAsync(members, repaired);
    }

    [Fact]
    public Task An_old_Main_goes_on_blocking() => FixesAsync(
        "[STAThread] static void Main() => Run(); static void Run() => Task.Delay(1).{|ASG4010:Wait|}();",
        "[STAThread] static void Main() => RunAsync().GetAwaiter().GetResult(); static async Task RunAsync() => await Task.Delay(1);",
        project => project.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("a constructor calls it", "class A { public A() => Work(); static void Work() => Task.Delay(1).{|ASG4010:Wait|}(); }")]
    [InlineData("a property calls it", "int Count => Work(); int Work() { Task.Delay(1).{|ASG4010:Wait|}(); return 1; }")]
    [InlineData("a Dispose calls it", "class A : IDisposable { public void Dispose() => Work(); void Work() => Task.Delay(1).{|ASG4010:Wait|}(); }")]
    [InlineData("a lambda that returns nothing calls it", "void M(System.Collections.Generic.List<int> all) => all.ForEach(_ => Work()); void Work() => Task.Delay(1).{|ASG4010:Wait|}();")]
    [InlineData("a query's lambda calls it", "object M(int[] all) => System.Linq.Enumerable.Select(all, _ => Work()); int Work() { Task.Delay(1).{|ASG4010:Wait|}(); return 1; }")]
    [InlineData("it is called under a lock", "void M() { lock (this) { Work(); } } void Work() => Task.Delay(1).{|ASG4010:Wait|}();")]
    [InlineData("it is called behind a question mark and more follows", "string M(Subject other) => other?.Work().ToString(); int Work() { Task.Delay(1).{|ASG4010:Wait|}(); return 1; }")]
    [InlineData("an iterator calls it", "System.Collections.Generic.IEnumerable<int> M() { Work(); yield return 1; } void Work() => Task.Delay(1).{|ASG4010:Wait|}();")]
    [InlineData("the outcome of a bounded wait is used", "bool M(Task t) => t.{|ASG4010:Wait|}(1000);")]
    [InlineData("a contract from elsewhere is implemented", "class A : System.Collections.Generic.IComparer<int> { public int Compare(int a, int b) => Work(); int Work() { Task.Delay(1).{|ASG4010:Wait|}(); return 1; } }")]
    [InlineData("it goes into a delegate's variable", "void M() { Func<int> work = Work; GC.KeepAlive(work); } int Work() { Task.Delay(1).{|ASG4010:Wait|}(); return 1; }")]
    [InlineData("it is the lambda in a variable", "Func<int> M(Task<int> t) { Func<int> f = () => t.{|ASG4010:Result|}; return f; }")]
    [InlineData("a span lives there", "int M(Task<int> t, Span<int> all) => all[t.{|ASG4010:Result|}];")]
    public Task Is_not_offered_where(string reason, string members)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync(members);
    }
}
