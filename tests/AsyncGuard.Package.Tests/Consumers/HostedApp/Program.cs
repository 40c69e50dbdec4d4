using AsyncGuard;
using AsyncGuard.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder();
builder.Services.AddSupervised<Poller>();
await builder.Build().RunAsync();

sealed class Poller(IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested) // ASG2001
        {
            Thread.Sleep(10); // ASG4004
            await File.AppendAllTextAsync(Path.GetTempFileName(), "polled", stoppingToken);
            lifetime.StopApplication();
        }
    }
}
