using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A program that takes the errors of its windows in one place sees those of its async void handlers too, and goes on.</summary>
public sealed class CentralHandlerTests : RuleTests<UnguardedHandlerAnalyzer>
{
    private static readonly Given Windows = Has.Source("Windows.cs", """
        namespace System.Windows.Forms
        {
            public class Control { public event System.EventHandler Click { add { } remove { } } }
            public class Form : Control { }
            public static class Application { public static event System.Threading.ThreadExceptionEventHandler ThreadException { add { } remove { } } }
        }
        namespace System.Windows.Threading
        {
            public class DispatcherObject { }
            public class DispatcherUnhandledExceptionEventArgs : System.EventArgs { public bool Handled { get; set; } public System.Exception Exception => null; }
            public delegate void DispatcherUnhandledExceptionEventHandler(object sender, DispatcherUnhandledExceptionEventArgs e);
        }
        namespace System.Windows
        {
            public class Window : Threading.DispatcherObject { public event System.EventHandler Loaded { add { } remove { } } }
            public class Application { public event Threading.DispatcherUnhandledExceptionEventHandler DispatcherUnhandledException { add { } remove { } } }
        }
        """);

    private const string OfForms = "static class Program { static void Start() => System.Windows.Forms.Application.ThreadException += (_, e) => Console.WriteLine(e.Exception); }";
    private const string OfWpf = "static class Program { static void Start(System.Windows.Application app) => app.DispatcherUnhandledException += (_, e) => { Console.WriteLine(e.Exception); e.Handled = true; }; }";
    private const string OfWpfByMethod = "partial class App { void OnError(object sender, System.Windows.Threading.DispatcherUnhandledExceptionEventArgs e) { Console.WriteLine(e.Exception); e.Handled = true; } }";
    private const string OnlyLogs = "static class Program { static void Start(System.Windows.Application app) => app.DispatcherUnhandledException += (_, e) => Console.WriteLine(e.Exception); }";
    private const string Detaches = "static class Program { static void Start(System.Threading.ThreadExceptionEventHandler old) => System.Windows.Forms.Application.ThreadException -= old; }";

    private const string OfFormsByMethod = "static class Program { static void Start() => System.Windows.Forms.Application.ThreadException += OnError; static void OnError(object sender, System.Threading.ThreadExceptionEventArgs e) => Console.WriteLine(e.Exception); }";
    private const string EndsForms = "static class Program { static void Start() => System.Windows.Forms.Application.ThreadException += (_, e) => Environment.Exit(1); }";
    private const string EndsWpf = "static class Program { static void Start(System.Windows.Application app) => app.DispatcherUnhandledException += (_, e) => { e.Handled = true; Environment.Exit(1); }; }";
    private const string Asks = "static class Program { static void Start(System.Windows.Application app) => app.DispatcherUnhandledException += (_, e) => { if (Console.KeyAvailable) { e.Handled = true; } }; }";

    [Theory]
    [InlineData("System.Windows.Forms.Form", OfFormsByMethod)]
    [InlineData("System.Windows.Forms.Form", OfForms)]
    [InlineData("System.Windows.Window", OfWpf)]
    [InlineData("System.Windows.Window", OfWpfByMethod)]
    public Task Is_silent_in_a_window(string window, string program) => SilentAsync(Handlers(window, program, "async void"), Windows);

    [Theory]
    [InlineData("object", OfForms)]
    [InlineData("System.Windows.Window", OfForms)]
    [InlineData("System.Windows.Forms.Form", OfWpf)]
    [InlineData("System.Windows.Forms.Form", Detaches)]
    [InlineData("System.Windows.Window", OnlyLogs)]
    [InlineData("System.Windows.Forms.Form", EndsForms)]
    [InlineData("System.Windows.Window", EndsWpf)]
    [InlineData("System.Windows.Window", Asks)]
    [InlineData("System.Windows.Forms.Form", "")]
    public Task Reports_what_nothing_takes(string window, string program) => ReportsAsync(Handlers(window, program, "async void").Replace("OnLoaded(", "[|OnLoaded|](", StringComparison.Ordinal).Replace("+= async", "+= [|async|]", StringComparison.Ordinal), Windows);

    private static string Handlers(string window, string program, string head) => $$"""
        class Main : {{window}}
        {
            {{head}} OnLoaded(object sender, EventArgs e) => await System.IO.File.ReadAllTextAsync("x");
            void Attach(System.Windows.Forms.Control button) => button.Click += async (_, _) => await System.IO.File.ReadAllTextAsync("x");
        }
        {{program}}
        """;
}
