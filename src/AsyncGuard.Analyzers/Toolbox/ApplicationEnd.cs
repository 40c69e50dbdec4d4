namespace AsyncGuard.Toolbox;

/// <summary>Does this code end the application, or start the work anew: a decision about the failure that is not silence?</summary>
internal static class ApplicationEnd
{
    /// <summary><c>StopApplication</c>, <c>Environment.Exit</c>, <c>FailFast</c>, <c>Application.Exit</c>, a host's <c>StopAsync</c>.</summary>
    public static bool IsIn(IOperation code)
    {
        foreach (var each in code.DescendantsAndSelf())
        {
            if (each is IInvocationOperation { TargetMethod: var method } && IsEnd(method))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsEnd(IMethodSymbol method) => method.Name switch
    {
        "StopApplication" or "FailFast" => true,
        "Exit" => method.ContainingType is { Name: "Environment" or "Application" },
        "Shutdown" => method.ContainingType is { Name: "Application" or "IClassicDesktopStyleApplicationLifetime" },
        "Kill" => method.ContainingType is { Name: "Process" },
        "StopAsync" => method.ContainingType is { Name: "IHost" or "HostingAbstractionsHostExtensions" or "WebApplication" },
        _ => false,
    };
}
