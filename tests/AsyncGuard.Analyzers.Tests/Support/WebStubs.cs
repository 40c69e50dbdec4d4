namespace AsyncGuard.Support;

/// <summary>Web and desktop frameworks, as far as the rules know them: no package has them as libraries.</summary>
internal static class WebStubs
{
    public const string Web =
        """
        namespace Microsoft.AspNetCore.Http { public class HttpContext { public System.Threading.CancellationToken RequestAborted => default; } public delegate System.Threading.Tasks.Task RequestDelegate(HttpContext context); public interface IMiddleware { } }
        namespace Microsoft.AspNetCore.Mvc { [System.AttributeUsage(System.AttributeTargets.Class)] public class ControllerAttribute : System.Attribute { } public class ApiControllerAttribute : ControllerAttribute { } public class ControllerBase { } }
        namespace Microsoft.AspNetCore.Mvc.RazorPages { public class PageModel { } }
        namespace Microsoft.AspNetCore.SignalR { public class Hub { } public class Hub<T> : Hub { } }
        namespace Microsoft.AspNetCore.Builder { public class WebApplication { } public static class EndpointRouteBuilderExtensions { public static void MapGet(this WebApplication app, string pattern, System.Delegate handler) { } } }
        namespace Grpc.Core { public class BindServiceMethodAttribute(System.Type type, string name) : System.Attribute { public string Name => name + type; } public class ServerCallContext { } }
        """;

    public const string Desktop =
        """
        namespace System.Windows.Threading { public class DispatcherObject { } }
        namespace System.Windows { public class Window : Threading.DispatcherObject { } public class Button : Threading.DispatcherObject { public event System.EventHandler Click { add { } remove { } } } }
        namespace CommunityToolkit.Mvvm.Input { public class RelayCommandAttribute : System.Attribute { } public class RelayCommand(System.Action run) : System.Windows.Input.ICommand { public event System.EventHandler CanExecuteChanged { add { } remove { } } public bool CanExecute(object parameter) => true; public void Execute(object parameter) => run(); } }
        """;
}
