using AsyncGuard;
using AsyncGuard.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

switch (args[0])
{
    case "drain":
        await InHostAsync(TimeSpan.FromSeconds(30), tasks => Work.Start(tasks, int.Parse(args[1], null)));
        break;
    case "deaf":
        await InHostAsync(TimeSpan.FromSeconds(2), Work.StartDeaf);
        break;
    case "stop-all":
        await InHostAsync(TimeSpan.FromSeconds(30), Work.StartDoomed);
        break;
    case "default":
        Work.Start(Supervisor.Default, int.Parse(args[1], null));
        Console.WriteLine("ready");
        await Task.Delay(Timeout.Infinite);
        break;
    case "soak":
        return await Soak.RunAsync(TimeSpan.FromMinutes(int.Parse(args[1], null)));
    case "silent":
        Work.StartDoomed(Supervisor.Default);
        await Supervisor.Default.Completion;
        break;
}

return Environment.ExitCode;

static async Task InHostAsync(TimeSpan shutdownTimeout, Action<Supervisor> start)
{
    var builder = Host.CreateApplicationBuilder();
    builder.Services.AddAsyncGuard();
    builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdownTimeout);
    using var host = builder.Build();
    await host.StartAsync();
    start(host.Services.GetRequiredService<Supervisor>());
    Console.WriteLine("ready");
    await host.WaitForShutdownAsync();
    Console.WriteLine("host ended");
}
