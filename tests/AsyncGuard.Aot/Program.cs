using AsyncGuard;
using AsyncGuard.Aot;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder();
builder.Services.AddScoped<Mailer>();
builder.Services.AddSingleton<Journal>();
builder.Services.AddAsyncGuard();
builder.Services.AddSupervised<FlakyWorker>(options => options.Restart = RestartPolicy.Constant(TimeSpan.FromMilliseconds(1)));
using var host = builder.Build();
await host.StartAsync();

var journal = host.Services.GetRequiredService<Journal>();
var tasks = host.Services.GetRequiredService<Supervisor>();
await tasks.StartupAsync("migrate", _ => Task.CompletedTask);
var mailed = tasks.Run<Mailer>("mail", (mailer, _) => mailer.SendAsync());
tasks.Every<Mailer>("digest", TimeSpan.FromMinutes(1), (mailer, _) => mailer.SendAsync());
var guarded = await Guard.OrDefaultAsync("photos", _ => Task.FromException<int>(new InvalidOperationException()), fallback: 7, TimeSpan.FromSeconds(3));
var connection = DatabaseTimeouts.Apply("Host=db", DatabaseKind.PostgreSql);
await journal.WorkerRestarted.Task.WaitAsync(TimeSpan.FromSeconds(10));
var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
await host.StopAsync();

Console.WriteLine($"mails {journal.Mails}, guarded {guarded}, checks {health.Entries.Count}, {connection}");
return (mailed, journal.Mails, guarded, health.Entries.Count) == (true, 2, 7, 2) ? 0 : 1;
