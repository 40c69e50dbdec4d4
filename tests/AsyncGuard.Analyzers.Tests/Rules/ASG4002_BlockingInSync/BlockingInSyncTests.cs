using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>What is reported, as which of the two, and what is not. How it is mended stands in <see cref="BlockingInSyncFixTests"/>.</summary>
public sealed class BlockingInSyncTests : RuleTests<BlockingInSyncAnalyzer>
{
    [Fact]
    public Task Reports_any_synchronous_function_as_information() => ReportsAsync("int Count(Task<int> t) => t.{|ASG4010:Result|};");

    [Fact]
    public Task Reports_every_form() => ReportsAsync(
        """
        void All(Task t, Task<int> u, ValueTask<int> v, Task w, Task x, Task y)
        {
            t.{|ASG4010:Wait|}();
            w.{|ASG4010:Wait|}(1000);
            u.ConfigureAwait(false).GetAwaiter().{|ASG4010:GetResult|}();
            GC.KeepAlive(v.{|ASG4010:Result|});
            Task.{|ASG4010:WaitAll|}(x, u);
            Task.{|ASG4010:WaitAny|}(w, y);
        }
        """);

    [Fact]
    public Task Is_silent_under_a_lock_where_another_rule_speaks() => SilentAsync("int Count(Task<int> t) { lock (this) { return t.Result; } }");

    [Fact]
    public Task Is_silent_in_a_parallel_loop_where_another_rule_speaks() => SilentAsync("void M(Task<int> t) => Parallel.For(0, 9, _ => GC.KeepAlive(t.Result));");

    [Fact]
    public Task Warns_in_a_controller() => WarnsAsync("class Shop : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get(Task<int> t) => t.{|ASG4002:Result|}; }");

    [Fact]
    public Task Warns_in_a_controller_s_private_function() => WarnsAsync("class Shop : Microsoft.AspNetCore.Mvc.ControllerBase { private static int Count(Task<int> t) => t.{|ASG4002:Result|}; public int Get(Task<int> t) => Count(t); }");

    [Fact]
    public Task Warns_in_a_hub() => WarnsAsync("class Chat : Microsoft.AspNetCore.SignalR.Hub { public int Send(Task<int> t) => t.{|ASG4002:Result|}; }");

    [Fact]
    public Task Warns_in_a_mapped_handler() => WarnsAsync("using Microsoft.AspNetCore.Builder;\n\nvoid M(WebApplication app, Task<int> t) => app.MapGet(\"/\", () => t.{|ASG4002:Result|});");

    [Fact]
    public Task Warns_in_middleware() => WarnsAsync("class Trace { public Task Invoke(Microsoft.AspNetCore.Http.HttpContext context) { Task.Delay(1).{|ASG4002:Wait|}(); return Task.CompletedTask; } }");

    [Fact]
    public Task Warns_in_a_background_service() => ReportsAsync(
        "using Microsoft.Extensions.Hosting;\n\nclass S : BackgroundService { protected override Task ExecuteAsync(CancellationToken t) { Task.Delay(1, t).{|ASG4002:Wait|}(); return Task.CompletedTask; } }",
        Has.Library(typeof(Microsoft.Extensions.Hosting.BackgroundService)));

    [Fact]
    public Task Warns_in_work_on_the_pool() => ReportsAsync("Task M(Task<int> t) => Task.Run(() => GC.KeepAlive(t.{|ASG4002:Result|}));");

    [Theory]
    [InlineData("void M(Task<int> t) => _ = Task.Run(() => GC.KeepAlive(t.{|ASG4010:Result|}));")]
    [InlineData("void M(Task<int> t) { _ = Task.Run(() =>\n{\n    GC.KeepAlive(t.{|ASG4002:Result|});\n}); }")]
    public Task Leaves_the_line_to_the_loss_of_the_task(string member) => ReportsAsync(member);

    [Fact]
    public Task Warns_in_a_function_that_background_work_calls() => ReportsAsync("void M(Task<int> t) => _ = Task.Run(() => Work(t));\nprivate void Work(Task<int> t) => GC.KeepAlive(t.{|ASG4002:Result|});");

    [Fact]
    public Task Warns_in_a_timer_s_callback() => ReportsAsync("object M(Task<int> t) => new Timer(_ => GC.KeepAlive(t.{|ASG4002:Result|}), null, 0, 1);");

    [Fact]
    public Task Warns_in_a_window() => ReportsAsync("class Main : System.Windows.Window { int Count(Task<int> t) => t.{|ASG4002:Result|}; }", Has.Source("Desktop.cs", WebStubs.Desktop));

    [Fact]
    public Task Warns_in_an_event_s_handler() => ReportsAsync(
        "void M(System.Windows.Button button, Task t) => button.Click += (_, _) => t.{|ASG4002:Wait|}();", Has.Source("Desktop.cs", WebStubs.Desktop));

    [Fact]
    public Task Warns_where_an_async_function_of_the_type_calls_it() => ReportsAsync("async Task<int> SumAsync(Task<int> t) { await Task.Yield(); return Count(t); } int Count(Task<int> t) => t.{|ASG4002:Result|};");

    [Fact]
    public Task Warns_in_a_local_function_that_its_async_function_calls() => ReportsAsync("async Task<int> SumAsync(Task<int> t) { await Task.Yield(); return Count(); int Count() => t.{|ASG4002:Result|}; }");

    [Fact]
    public Task An_async_caller_of_another_type_is_information() => ReportsAsync("class A { public static int Count(Task<int> t) => t.{|ASG4010:Result|}; } async Task<int> SumAsync(Task<int> t) { await Task.Yield(); return A.Count(t); }");

    [Fact]
    public Task Names_whose_thread_it_is() => SaysAsync(
        "'Result' holds the request's thread until the task ends, which starves the pool under load; make 'Get' and its callers async and await the task",
        "class Shop : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get(Task<int> t) => t.{|#0:Result|}; }",
        Has.Source("Web.cs", WebStubs.Web));

    [Fact]
    public Task Is_silent_in_an_async_function() => SilentAsync("async Task<int> CountAsync(Task<int> t) { await Task.Yield(); return t.Result; }");

    [Fact]
    public Task Is_silent_on_a_complete_task() => SilentAsync("int Count(Task<int> t) => t.IsCompletedSuccessfully ? t.Result : Task.FromResult(1).Result;");

    [Fact]
    public Task Is_silent_on_a_wait_of_no_time() => SilentAsync("bool IsDone(Task t) => t.Wait(0) || t.Wait(TimeSpan.Zero);");

    [Fact]
    public Task Is_silent_in_nameof() => SilentAsync("string Name(Task<int> t) => nameof(t.Result);");

    [Fact]
    public Task Is_silent_in_expression_trees() => SilentAsync("System.Linq.Expressions.Expression<Func<Task<int>, int>> Tree() => t => t.Result;");

    [Fact]
    public Task Is_silent_in_an_antecedent_s_continuation() => SilentAsync("Task<int> Next(Task<int> t) => t.ContinueWith(it => it.Result + 1);");

    [Fact]
    public Task Is_silent_in_the_body_of_a_thread_that_a_choice_gives() => SilentAsync("void M(bool b) { new Thread(b ? Work : Other).Start(); } void Work() => Task.Delay(1).Wait(); void Other() { }");

    [Fact]
    public Task Is_silent_in_the_body_of_a_thread() => SilentAsync("void M(Task t) { new Thread(() => t.Wait()).Start(); new Thread(Work).Start(); } void Work() => Task.Delay(1).Wait();");

    [Fact]
    public Task Is_silent_in_long_running_work() => SilentAsync("void M(Task t) => Task.Factory.StartNew(() => t.Wait(), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);");

    [Fact]
    public Task Is_silent_in_a_long_running_task_started_by_hand() => SilentAsync("void M(Task t) => new Task(() => t.Wait(), TaskCreationOptions.LongRunning).Start();");

    [Theory]
    [InlineData("Task M(Task t) => new Task(() => t.{|ASG4002:Wait|}(), TaskCreationOptions.PreferFairness);")]
    [InlineData("void M(Task t) => Own.StartNew(() => t.{|ASG4010:Wait|}(), TaskCreationOptions.LongRunning);\nstatic class Own { public static void StartNew(Action work, TaskCreationOptions options) => GC.KeepAlive((work, options)); }")]
    public Task Is_not_silent_in_work_that_has_no_thread_of_its_own(string members) => ReportsAsync(members);

    [Fact]
    public Task Is_silent_in_a_class_that_is_marked_as_tests() => SilentAsync(
        "[NUnit.Framework.TestFixtureAttribute] class Tests { protected void Check(Task t) => t.Wait(); }",
        Has.Source("Tests.cs", "namespace NUnit.Framework { class TestFixtureAttribute : System.Attribute { } }"));

    [Fact]
    public Task Is_not_silent_in_started_work_that_is_not_long() => ReportsAsync("Task M(Task t) => Task.Factory.StartNew(() => t.{|ASG4002:Wait|}(), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);");

    [Theory]
    [InlineData("Xunit.FactAttribute")]
    [InlineData("NUnit.Framework.TestAttribute")]
    [InlineData("BenchmarkDotNet.Attributes.BenchmarkAttribute")]
    [InlineData("Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute")]
    public Task Is_silent_in_tests_and_what_they_call(string attribute) => SilentAsync(
        $"[{attribute}] public void Counts() => Check(Task.FromResult(1)); void Check(Task<int> t) => GC.KeepAlive(t.Result);",
        Has.Source("Tests.cs", $"namespace {attribute[..attribute.LastIndexOf('.')]} {{ class {attribute[(attribute.LastIndexOf('.') + 1)..]} : System.Attribute {{ }} }}"));

    [Fact]
    public Task Is_silent_in_tests_of_a_derived_attribute() => SilentAsync(
        "[Xunit.TheoryAttribute] public void Counts() => Task.Delay(1).Wait();",
        Has.Source("Tests.cs", "namespace Xunit { class FactAttribute : System.Attribute { } class TheoryAttribute : FactAttribute { } }"));

    [Fact]
    public Task Leaves_members_that_cannot_be_async_to_their_rule() => SilentAsync(
        """
        class A(Task t) : IDisposable
        {
            private readonly Task _t = t;
            public A() : this(Task.Delay(1)) { _t.Wait(); }
            public int Count { get { _t.Wait(); return 1; } }
            public void Dispose() => _t.Wait();
        }
        """);

    [Fact]
    public Task Is_silent_in_Main() => SilentAsync("static void Main() => Task.Delay(1).Wait();", project => project.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task A_Main_that_starts_nothing_is_a_function_like_any_other() => ReportsAsync("static void Main() => Task.Delay(1).{|ASG4010:Wait|}();");

    [Fact]
    public Task A_lambda_in_Main_is_none_of_it() => ReportsAsync(
        "static void Main() { Action run = () => Task.Delay(1).{|ASG4010:Wait|}(); run(); }", project => project.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    private static Task WarnsAsync(string members) => ReportsAsync(members, Has.Source("Web.cs", WebStubs.Web));

    [Theory]
    [InlineData("public int Get(Task<int>[] all) => System.Linq.Enumerable.Sum(all, t => t.{|#0:Result|});", "Get")]
    [InlineData("public int Get(Task<int> t) { return Local(); int Local() => t.{|#0:Result|}; }", "Local")]
    public Task Names_the_function_to_be_made_async(string action, string function) => SaysAsync(
        $"'Result' holds the request's thread until the task ends, which starves the pool under load; make '{function}' and its callers async and await the task",
        $"class Shop : Microsoft.AspNetCore.Mvc.ControllerBase {{ {action} }}",
        Has.Source("Web.cs", WebStubs.Web));

    [Theory]
    [InlineData("interface ICount { int Count(Task<int> t); } class C : ICount { int ICount.Count(Task<int> t) => t.{|ASG4010:Result|}; }")]
    [InlineData("void M(Task<int> t) { Dispose(); int Dispose() => t.{|ASG4010:Result|}; }")]
    public Task Is_information_in(string members) => ReportsAsync(members);

    [Theory]
    [InlineData("class C : IDisposable { void IDisposable.Dispose() => Task.Delay(9).Wait(); }")]
    [InlineData("class C : IDisposable, IAsyncDisposable { public void Dispose() => Task.Delay(9).Wait(); public ValueTask DisposeAsync() => default; }")]
    [InlineData("class C : IDisposable, IAsyncDisposable { void IDisposable.Dispose() => Task.Delay(9).Wait(); public ValueTask DisposeAsync() => default; }")]
    [InlineData("class C { public static C operator +(C a, C b) { Task.Delay(9).Wait(); return a ?? b; } }")]
    public Task Is_silent_on_what_cannot_be_made_async(string members) => SilentAsync(members);
}
