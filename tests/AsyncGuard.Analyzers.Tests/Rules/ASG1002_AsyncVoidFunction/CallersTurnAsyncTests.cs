using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Where a caller that returns nothing can neither await nor run the task supervised, it turns async, and its callers with it.</summary>
public sealed class CallersTurnAsyncTests : RuleTests<AsyncVoidFunctionAnalyzer, AsyncVoidFunctionFix>
{
    private const string Fails = "\nstatic Task FailAsync(CancellationToken token = default) => System.IO.File.ReadAllTextAsync(\"x\", token);";

    private static readonly Given Forms = Has.Source("Forms.cs", "namespace System.Windows.Forms { public class Control { } }");

    [Fact]
    public Task A_caller_and_its_callers() => Returned(
        """
        void M(int id)
        {
            // first
            Save(id); // then
        }

        int N() { M(1); return 1; }
        async Task RunAsync() => Console.WriteLine(await Task.FromResult(2) + N());

        async void [|Save|](int id)
        {
            await FailAsync();
        }
        """,
        """
        async Task MAsync(int id)
        {
            // first
            await SaveAsync(id); // then
        }

        async Task<int> NAsync() { await MAsync(1); return 1; }
        async Task RunAsync() => Console.WriteLine(await Task.FromResult(2) + await NAsync());

        async Task SaveAsync(int id)
        {
            await FailAsync();
        }
        """);

    [Fact]
    public Task A_caller_of_one_expression() => Returned(
        "void M(int id) => Save(id);\nasync void [|Save|](int id) => await FailAsync();",
        "async Task MAsync(int id) => await SaveAsync(id);\nasync Task SaveAsync(int id) => await FailAsync();");

    [Fact]
    public Task A_local_function() => Returned(
        "void M() { Save(1); async void [|Save|](int id) => await FailAsync(); }",
        "async Task MAsync() { await SaveAsync(1); async Task SaveAsync(int id) => await FailAsync(); }");

    [Theory]
    [InlineData("System.Windows.Forms", "Control")]
    [InlineData("System.Windows.Threading", "DispatcherObject")]
    [InlineData("Microsoft.UI.Xaml", "DependencyObject")]
    [InlineData("Windows.UI.Xaml", "DependencyObject")]
    [InlineData("Avalonia", "AvaloniaObject")]
    [InlineData("Microsoft.Maui.Controls", "BindableObject")]
    [InlineData("Xamarin.Forms", "BindableObject")]
    [InlineData("Android.App", "Activity")]
    [InlineData("UIKit", "UIView")]
    public Task A_window_s_caller_stays_on_its_thread(string framework, string control) => FixesAsync(
        AsyncVoidFunctionFix.ReturnTask,
        "void M() { Save(); }\nasync void [|Save|]() { await FailAsync(); }" + Fails,
        "async Task MAsync() { await SaveAsync(); }\nasync Task SaveAsync() { await FailAsync(); }" + Fails,
        Has.Runtime, Has.Source("Controls.cs", $"namespace {framework} {{ public class {control} {{ }} }}"));

    [Fact]
    public Task All_of_a_document() => Returned(
        "void M() { A(); B(); }\nasync void [|A|]() { await FailAsync(); }\nasync void [|B|]() { await FailAsync(); }",
        "async Task MAsync() { await AAsync(); await B(); }\nasync Task AAsync() { await FailAsync(); }\nasync Task B() { await FailAsync(); }");

    [Theory]
    [InlineData("a property calls it", "int Count { get { Save(); return 1; } }")]
    [InlineData("a thread runs the caller", "void M() => new Thread(() => Save()).Start();")]
    [InlineData("a caller waits for an event", "void M(ManualResetEvent signal) { Save(); signal.WaitOne(); }")]
    [InlineData("the caller handles an event", "void Over(object sender, EventArgs e) { Save(); }")]
    [InlineData("a caller's task would be lost in turn", "void M() { Save(); } async Task RunAsync() { await Task.Yield(); M(); } void Start() { _ = RunAsync(); }")]
    public Task Is_guarded_instead_where(string reason, string caller)
    {
        Assert.NotEmpty(reason);
        return FixesAsync(
            caller + "\n\nasync void [|Save|]()\n{\n    await FailAsync();\n}" + Fails,
            caller + "\n\nasync void Save()\n{\n    try\n    {\n        await FailAsync();\n    }\n    catch (Exception ex)\n    {\n        Console.Error.WriteLine(ex);\n    }\n}" + Fails);
    }

    [Fact]
    public Task What_never_ends_is_left_to_the_fix_of_its_loop() =>
        NotFixedAsync("void M() { Poll(); }\n\nasync void [|Poll|]()\n{\n    while (true)\n    {\n        await FailAsync();\n    }\n}" + Fails);

    private static Task Returned(string before, string after) => FixesAsync(AsyncVoidFunctionFix.ReturnTask, before + Fails, after + Fails);
}
