using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class CentrallyTakenTests : RuleTests<AsyncVoidFunctionAnalyzer>
{
    private static readonly Given Windows = Has.Source("Windows.cs", """
        namespace System.Windows.Forms
        {
            public class Control { }
            public static class Application { public static event System.Threading.ThreadExceptionEventHandler ThreadException { add { } remove { } } }
        }
        """);

    [Theory]
    [InlineData("static class Program { static void Start() => System.Windows.Forms.Application.ThreadException += (_, e) => Console.WriteLine(e.Exception); }", "Fill")]
    [InlineData("", "[|Fill|]")]
    public Task Is_silent_in_a_control_whose_errors_are_taken_in_one_place(string program, string name) => ReportsAsync($$"""
        class Main : System.Windows.Forms.Control { async void {{name}}() => await System.IO.File.ReadAllTextAsync("x"); }
        {{program}}
        """, Windows);
}
