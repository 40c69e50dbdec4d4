using AsyncGuard.Support;
using Microsoft.CodeAnalysis.Testing;

namespace AsyncGuard.Rules;

/// <summary>The compiler reports a bare call in an async function itself, as CS4014; our fixes mend that too.</summary>
public sealed class CompilerWarningTests : RuleTests<EmptyDiagnosticAnalyzer, UnobservedTaskFix>
{
    [Fact]
    public Task Awaits_the_call() => FixesAsync(
        "async Task WelcomeAsync() { {|CS4014:SendAsync()|}; await Task.Yield(); }\nTask SendAsync() => Task.Delay(1);",
        "async Task WelcomeAsync() { await SendAsync(); await Task.Yield(); }\nTask SendAsync() => Task.Delay(1);");

    [Fact]
    public Task Runs_the_call_supervised() => FixesAsync(
        UnobservedTaskFix.Run,
        "using AsyncGuard;\nasync Task WelcomeAsync() { {|CS4014:SendAsync()|}; await Task.Yield(); }\nTask SendAsync() => Task.Delay(1);",
        "using AsyncGuard;\nasync Task WelcomeAsync() { Supervisor.Default.Run(\"Send\", _ => SendAsync()); await Task.Yield(); }\nTask SendAsync() => Task.Delay(1);",
        Has.Runtime);

    [Fact]
    public Task Awaits_in_an_async_lambda() => FixesAsync(
        "async Task WelcomeAsync() { await Task.Run(async () => { {|CS4014:SendAsync()|}; await Task.Yield(); }); }\nTask SendAsync() => Task.Delay(1);",
        "async Task WelcomeAsync() { await Task.Run(async () => { await SendAsync(); await Task.Yield(); }); }\nTask SendAsync() => Task.Delay(1);");
}
