namespace AsyncGuard.Toolbox;

/// <summary>Is a service resolved whose making does nothing: a logger, a mediator, options, the clock?</summary>
internal static class Resolutions
{
    public static bool AreHarmless(IInvocationOperation call) =>
        call.TargetMethod is { Name: "GetRequiredService" or "GetService", ContainingType.Name: "ServiceProviderServiceExtensions", TypeArguments: [var service] }
        && (service.Name is "ILogger" or "ILoggerFactory" or "IMediator" or "ISender" or "IPublisher" or "IOptions" or "IOptionsMonitor" or "IConfiguration" or "IHostApplicationLifetime" or "IServiceScopeFactory" or "TimeProvider");
}
