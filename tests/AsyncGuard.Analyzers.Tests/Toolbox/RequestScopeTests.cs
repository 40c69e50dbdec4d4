using AsyncGuard.Support;

namespace AsyncGuard.Toolbox;

/// <summary>Which code a request or a window waits for.</summary>
public sealed class RequestScopeTests
{
    private const string Maps =
        """

        namespace Microsoft.AspNetCore.Routing { public class Routes { public void MapGet(string pattern, System.Delegate handler) { } } }
        namespace Microsoft.AspNetCore.Http { public class Branches { public void MapWhen(System.Delegate handler) { } public void Configure(System.Delegate handler) { } } }
        namespace Microsoft.AspNetCore.Localization { public class Names { public void MapAll(System.Delegate handler) { } } }
        namespace Microsoft.Own.Builder { public class Mapper { public void MapGet(System.Delegate handler) { } } }
        namespace Own.AspNetCore.Builder { public class Mapper { public void MapGet(System.Delegate handler) { } } }
        namespace Own.Microsoft.AspNetCore.Builder { public class Mapper { public void MapGet(System.Delegate handler) { } } }
        """;

    [Theory]
    [InlineData("a controller's action", "class Shop : Microsoft.AspNetCore.Mvc.ControllerBase { public int Get() => [|1|]; }")]
    [InlineData("a controller's private function", "class Shop : Microsoft.AspNetCore.Mvc.ControllerBase { private int Count() => [|1|]; }")]
    [InlineData("a controller's lambda", "class Shop : Microsoft.AspNetCore.Mvc.ControllerBase { public Func<int> Get() => () => [|1|]; }")]
    [InlineData("a controller by its attribute", "[Microsoft.AspNetCore.Mvc.ApiController] class Shop { public int Get() => [|1|]; }")]
    [InlineData("a page", "class Index : Microsoft.AspNetCore.Mvc.RazorPages.PageModel { public int OnGet() => [|1|]; }")]
    [InlineData("a hub", "class Chat : Microsoft.AspNetCore.SignalR.Hub { public int Send() => [|1|]; }")]
    [InlineData("a typed hub", "class Chat : Microsoft.AspNetCore.SignalR.Hub<string> { public int Send() => [|1|]; }")]
    [InlineData("middleware by interface", "class Trace : Microsoft.AspNetCore.Http.IMiddleware { private int Id() => [|1|]; }")]
    [InlineData("middleware by convention", "class Trace { public Task InvokeAsync(Microsoft.AspNetCore.Http.HttpContext context) => Task.FromResult([|1|]); }")]
    [InlineData("a gRPC service", "[Grpc.Core.BindServiceMethod(typeof(string), \"x\")] class GreeterBase { } class Greeter : GreeterBase { public int Greet() => [|1|]; }")]
    [InlineData("a gRPC method", "class Greeter { public int Greet(Grpc.Core.ServerCallContext context) => [|1|]; }")]
    [InlineData("a mapped lambda", "void M(WebApplication app) => app.MapGet(\"/\", () => [|1|]);")]
    [InlineData("a mapped method", "void M(WebApplication app) => app.MapGet(\"/\", Get); static int Get() => [|1|];")]
    [InlineData("a mapped local function", "void M(WebApplication app) { app.MapGet(\"/\", Get); int Get() => [|1|]; }")]
    [InlineData("a request delegate", "Microsoft.AspNetCore.Http.RequestDelegate M() => context => Task.FromResult([|1|]);")]
    [InlineData("a page's route", "void M(Microsoft.AspNetCore.Routing.Routes routes) => routes.MapGet(\"/\", () => [|1|]);")]
    [InlineData("a branch of the pipeline", "void M(Microsoft.AspNetCore.Http.Branches branches) => branches.MapWhen(() => [|1|]);")]
    public void Is_in_request_scope(string form, string members) => Assert.True(In(members), form);

    [Theory]
    [InlineData("any class", "int Get() => [|1|];")]
    [InlineData("a class in a controller", "class Shop : Microsoft.AspNetCore.Mvc.ControllerBase { class Item { int Count() => [|1|]; } }")]
    [InlineData("what maps", "void M(WebApplication app) => app.MapGet(string.Concat([|1|]), () => 2);")]
    [InlineData("a private Invoke", "class Trace { private Task Invoke(Microsoft.AspNetCore.Http.HttpContext context) => Task.FromResult([|1|]); }")]
    [InlineData("a method given to another", "void M(WebApplication app) => GC.KeepAlive((Func<int>)Get); static int Get() => [|1|];")]
    [InlineData("a name alone", "class ShopController { public int Get() => [|1|]; }")]
    [InlineData("what another function of the framework takes", "void M(Microsoft.AspNetCore.Http.Branches branches) => branches.Configure(() => [|1|]);")]
    [InlineData("what another library maps", "void M(Own.AspNetCore.Builder.Mapper mapper) => mapper.MapGet(() => [|1|]);")]
    [InlineData("what another part of the framework maps", "void M(Microsoft.AspNetCore.Localization.Names names) => names.MapAll(() => [|1|]);")]
    [InlineData("what a library that wraps the framework maps", "void M(Own.Microsoft.AspNetCore.Builder.Mapper mapper) => mapper.MapGet(() => [|1|]);")]
    [InlineData("what another product maps", "void M(Microsoft.Own.Builder.Mapper mapper) => mapper.MapGet(() => [|1|]);")]
    [InlineData("a function given a context", "class Trace { public int Log(Microsoft.AspNetCore.Http.HttpContext context) => [|1|]; }")]
    [InlineData("a static Invoke", "class Trace { public static Task Invoke(Microsoft.AspNetCore.Http.HttpContext context) => Task.FromResult([|1|]); }")]
    [InlineData("an Invoke of something else", "class Trace { public Task Invoke(string context) => Task.FromResult([|1|]); }")]
    public void Is_not_in_request_scope(string form, string members) => Assert.False(In(members), form);

    [Fact]
    public void Nothing_is_in_request_scope_without_a_web_framework()
    {
        var spot = Spot.In("class Hub { } class Chat : Hub { int Get() => [|1|]; }");
        Assert.False(CompilationFacts.Of(spot.Model.Compilation).Requests.IsInRequestScope(spot.Model.GetEnclosingSymbol(spot.Node.SpanStart, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("a window's member", "class Main : System.Windows.Window { int Count() => [|1|]; }")]
    [InlineData("what is attached to a control", "void M(System.Windows.Button button) => button.Click += Clicked; void Clicked(object sender, EventArgs e) => GC.KeepAlive([|1|]);")]
    [InlineData("a lambda attached to a control", "void M(System.Windows.Button button) => button.Click += (_, _) => GC.KeepAlive([|1|]);")]
    [InlineData("a command's lambda", "System.Windows.Input.ICommand M() => new CommunityToolkit.Mvvm.Input.RelayCommand(() => GC.KeepAlive([|1|]));")]
    [InlineData("a command's method", "System.Windows.Input.ICommand M() => new CommunityToolkit.Mvvm.Input.RelayCommand(Save); void Save() => GC.KeepAlive([|1|]);")]
    [InlineData("a method from which a command is made", "[CommunityToolkit.Mvvm.Input.RelayCommand] void Save() => GC.KeepAlive([|1|]);")]
    [InlineData("a command's own Execute", "class Save : System.Windows.Input.ICommand { public event EventHandler CanExecuteChanged { add { } remove { } } public bool CanExecute(object p) => true; public void Execute(object p) => GC.KeepAlive([|1|]); }")]
    [InlineData("a command's own Execute that only the contract has", "class Save : System.Windows.Input.ICommand { public event EventHandler CanExecuteChanged { add { } remove { } } public bool CanExecute(object p) => true; void System.Windows.Input.ICommand.Execute(object p) => GC.KeepAlive([|1|]); }")]
    public void Is_in_a_window_s_handler(string form, string members) => Assert.True(InHandler(members), form);

    [Theory]
    [InlineData("any class", "int Get() => [|1|];")]
    [InlineData("another event's handler", "event EventHandler Done; void M() { Done += Ended; Done(this, EventArgs.Empty); } void Ended(object sender, EventArgs e) => GC.KeepAlive([|1|]);")]
    [InlineData("what is detached", "void M(System.Windows.Button button) => button.Click -= Clicked; void Clicked(object sender, EventArgs e) => GC.KeepAlive([|1|]);")]
    [InlineData("another Execute", "class Save { public void Execute(object p) => GC.KeepAlive([|1|]); }")]
    [InlineData("what another object is made of", "object M() => new Lazy<int>(() => [|1|]);")]
    public void Is_not_in_a_window_s_handler(string form, string members) => Assert.False(InHandler(members), form);

    private static bool In(string members)
    {
        var spot = Spot.In("using Microsoft.AspNetCore.Builder;\n" + members, WebStubs.Web + Maps);
        var function = spot.Model.GetEnclosingSymbol(spot.Node.SpanStart, TestContext.Current.CancellationToken);
        var requests = CompilationFacts.Of(spot.Model.Compilation).Requests;
        var answer = requests.IsInRequestScope(function);
        Assert.Equal(answer, requests.IsInRequestScope(function)); // that one is remembered
        return answer;
    }

    private static bool InHandler(string members)
    {
        var spot = Spot.In(members, WebStubs.Desktop);
        var function = spot.Model.GetEnclosingSymbol(spot.Node.SpanStart, TestContext.Current.CancellationToken);
        var handlers = CompilationFacts.Of(spot.Model.Compilation).UiHandlers;
        var answer = handlers.IsInHandler(function);
        Assert.Equal(answer, handlers.IsInHandler(function)); // that one is remembered
        return answer;
    }
}
