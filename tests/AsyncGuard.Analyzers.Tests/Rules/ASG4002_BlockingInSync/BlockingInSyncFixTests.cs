using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>How the function itself and its callers are mended.</summary>
public sealed class BlockingInSyncFixTests : RuleTests<BlockingInSyncAnalyzer, BlockingInSyncFix>
{
    [Fact]
    public Task Awaits_in_the_function() => FixesAsync(
        "int Count(Task<int> t) => t.{|ASG4010:Result|};",
        "async Task<int> CountAsync(Task<int> t) => await t;");

    [Fact]
    public Task Awaits_in_its_callers() => FixesAsync(
        """
        int Count(Task<int> t) => t.{|ASG4010:Result|};
        int Twice(Task<int> t) => Count(t) * 2;
        void Show(Task<int> t) { Console.WriteLine(Twice(t)); }
        async Task RunAsync(Task<int> t) { await Task.Yield(); Show(t); }
        """,
        """
        async Task<int> CountAsync(Task<int> t) => await t;
        async Task<int> TwiceAsync(Task<int> t) => await CountAsync(t) * 2;
        async Task ShowAsync(Task<int> t) { Console.WriteLine(await TwiceAsync(t)); }
        async Task RunAsync(Task<int> t) { await Task.Yield(); await ShowAsync(t); }
        """);

    [Fact]
    public Task Awaits_all_that_blocks_in_a_function_at_once() => FixesAsync(
        """
        int Sum(Task<int> a, Task<int> b, Task c)
        {
            c.{|ASG4010:Wait|}();
            var first = a.{|ASG4010:Result|};
            return first + b.GetAwaiter().{|ASG4010:GetResult|}();
        }
        """,
        """
        async Task<int> SumAsync(Task<int> a, Task<int> b, Task c)
        {
            await c;
            var first = await a;
            return first + await b;
        }
        """);

    [Fact]
    public Task A_function_that_returns_a_task_keeps_its_name() => FixesAsync(
        "Task RunAsync(Task t) { t.{|ASG4010:Wait|}(); return Task.CompletedTask; } Task M(Task t) => RunAsync(t);",
        "async Task RunAsync(Task t) { await t; } Task M(Task t) => RunAsync(t);");

    [Fact]
    public Task Passes_the_token_to_what_is_awaited() => FixesAsync(
        "string Read(CancellationToken cancel) => System.IO.File.ReadAllTextAsync(\"x\").{|ASG4010:Result|};",
        "async Task<string> ReadAsync(CancellationToken cancel) => await System.IO.File.ReadAllTextAsync(\"x\", cancel);");

    [Fact]
    public Task Configures_awaits_as_the_code_around_does() => FixesAsync(
        """
        async Task RunAsync(Task t) { await t.ConfigureAwait(false); Work(t); }
        void Work(Task t) { t.{|ASG4002:Wait|}(); }
        """,
        """
        async Task RunAsync(Task t) { await t.ConfigureAwait(false); await WorkAsync(t).ConfigureAwait(false); }
        async Task WorkAsync(Task t) { await t.ConfigureAwait(false); }
        """);

    [Fact]
    public Task Keeps_trivia() => FixesAsync(
        """
        /// <summary>Counts.</summary>
        private int Count(Task<int> t)
        {
            // first
            return t.{|ASG4010:Result|}; // then
        }

        /// <summary>As <see cref="Count"/> does.</summary>
        private int Twice(Task<int> t) => /* two */ Count(t) * 2;
        """,
        """
        /// <summary>Counts.</summary>
        private async Task<int> CountAsync(Task<int> t)
        {
            // first
            return await t; // then
        }

        /// <summary>As <see cref="CountAsync"/> does.</summary>
        private async Task<int> TwiceAsync(Task<int> t) => /* two */ await CountAsync(t) * 2;
        """);

    [Fact]
    public Task Makes_Main_async() => FixesAsync(
        "static void Main() => Run(); static void Run() => Task.Delay(1).{|ASG4010:Wait|}();",
        "static async Task Main() => await RunAsync(); static async Task RunAsync() => await Task.Delay(1);",
        project => project.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task A_controller_s_action_keeps_its_name() => FixesAsync(
        "class Shop : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get(Task<int> t) => Count(t); int Count(Task<int> t) => t.{|ASG4002:Result|}; }",
        "class Shop : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task<int> Get(Task<int> t) => await CountAsync(t); async Task<int> CountAsync(Task<int> t) => await t; }",
        Has.Source("Web.cs", WebStubs.Web));

    [Fact]
    public Task A_mapped_handler_becomes_async() => FixesAsync(
        "using Microsoft.AspNetCore.Builder;\n\nvoid M(WebApplication app) => app.MapGet(\"/\", () => Count()); int Count() => Task.FromResult(1).ContinueWith(t => t.Result).{|ASG4010:Result|};",
        "using Microsoft.AspNetCore.Builder;\n\nvoid M(WebApplication app) => app.MapGet(\"/\", async () => await CountAsync()); async Task<int> CountAsync() => await Task.FromResult(1).ContinueWith(t => t.Result);",
        Has.Source("Web.cs", WebStubs.Web));

    [Fact]
    public Task A_lambda_of_Task_Run_becomes_async() => FixesAsync(
        "async Task<int> M(Task<int> t) => await Task.Run(() => t.{|ASG4002:Result|} + 1);",
        "async Task<int> M(Task<int> t) => await Task.Run(async () => await t + 1);");

    [Fact]
    public Task A_test_becomes_async_under_its_name() => FixesAsync(
        "class A { public static int Count(Task<int> t) => t.{|ASG4010:Result|}; } class Tests { [Xunit.Fact] public void Counts() => GC.KeepAlive(A.Count(Task.FromResult(1))); }",
        "class A { public static async Task<int> CountAsync(Task<int> t) => await t; } class Tests { [Xunit.Fact] public async Task Counts() => GC.KeepAlive(await A.CountAsync(Task.FromResult(1))); }",
        Has.Source("Xunit.cs", "namespace Xunit { class FactAttribute : System.Attribute { } }"));

    [Fact]
    public Task A_thread_s_body_goes_on_blocking() => FixesAsync(
        "void M() => new Thread(() => Work()).Start(); void Work() => Task.Delay(1).{|ASG4010:Wait|}();",
        "void M() => new Thread(() => WorkAsync().GetAwaiter().GetResult()).Start(); async Task WorkAsync() => await Task.Delay(1);");

    [Fact]
    public Task A_guarded_handler_becomes_async_void() => FixesAsync(
        "void M(System.Windows.Button button) => button.Click += Clicked; void Clicked(object sender, EventArgs e) { try { System.IO.File.ReadAllTextAsync(\"x\").{|ASG4002:Wait|}(); } catch (Exception x) { Console.WriteLine(x); } }",
        "void M(System.Windows.Button button) => button.Click += Clicked; async void Clicked(object sender, EventArgs e) { try { await System.IO.File.ReadAllTextAsync(\"x\"); } catch (Exception x) { Console.WriteLine(x); } }",
        Has.Source("Desktop.cs", WebStubs.Desktop));

    [Fact]
    public Task A_handler_that_is_not_guarded_is_not_fixed() => NotFixedAsync(
        "void M(System.Windows.Button button) => button.Click += Clicked; void Clicked(object sender, EventArgs e) { System.IO.File.ReadAllTextAsync(\"x\").{|ASG4002:Wait|}(); }",
        Has.Source("Desktop.cs", WebStubs.Desktop));

    [Fact]
    public Task A_lambda_without_result_is_not_fixed() => NotFixedAsync("void M(System.Collections.Generic.List<Task> all) => all.ForEach(t => t.{|ASG4010:Wait|}());");

    [Fact]
    public Task A_function_given_away_is_not_fixed() => NotFixedAsync("Action M() => Work; void Work() => Task.Delay(1).{|ASG4010:Wait|}();");

    [Fact]
    public Task A_function_that_another_document_calls_is_not_fixed() => NotFixedAsync(
        "public class A { public static void Work() => Task.Delay(1).{|ASG4010:Wait|}(); }",
        Has.Source("Other.cs", "class Other { void M() => Subject.A.Work(); }"));

    [Fact]
    public Task A_function_of_a_foreign_contract_is_not_fixed() => NotFixedAsync("class A : IComparable { public int CompareTo(object other) => Task.FromResult(1).ContinueWith(t => 1).{|ASG4010:Result|}; }");
}
