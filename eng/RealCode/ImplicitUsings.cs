namespace AsyncGuard.RealCode;

/// <summary>The namespaces that an SDK imports where implicit usings are on.</summary>
internal static class ImplicitUsings
{
    private static readonly string[] Plain = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly string[] Hosted = ["Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging"];

    private static readonly string[] Web = ["System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing"];

    public static string[] Of(string sdk) => sdk switch
    {
        "Microsoft.NET.Sdk.Web" or "Aspire.AppHost.Sdk" => [.. Plain, .. Hosted, .. Web],
        "Microsoft.NET.Sdk.Worker" => [.. Plain, .. Hosted],
        _ => Plain,
    };
}
