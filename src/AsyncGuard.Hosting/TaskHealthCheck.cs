using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AsyncGuard.Hosting;

/// <summary>The health of the supervised tasks, with their figures as data. Reads a snapshot; does no work and blocks on nothing.</summary>
internal sealed class TaskHealthCheck(Supervisor supervisor, TimeProvider clock, Func<SupervisedTask, HealthStatus> judge) : IHealthCheck
{
    /// <summary>Unhealthy: a task failed for good, failed too often, or is stuck. Degraded: a task fails.</summary>
    public static IHealthCheck All(IServiceProvider services) => Create(services, static task => task switch
    {
        { State: TaskState.Failed or TaskState.Stuck } or { Stats.IsExhausted: true } => HealthStatus.Unhealthy,
        { Stats.ConsecutiveFailures: > 0 } => HealthStatus.Degraded,
        _ => HealthStatus.Healthy,
    });

    /// <summary>Unhealthy only for what a restart of the process can cure: a task that is stuck. A dead broker is not.</summary>
    public static IHealthCheck Live(IServiceProvider services) => Create(services, static task =>
        task.State == TaskState.Stuck ? HealthStatus.Unhealthy : HealthStatus.Healthy);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var tasks = supervisor.Tasks;
        var ill = tasks.Select(task => (Task: task, Status: judge(task))).Where(static one => one.Status != HealthStatus.Healthy).ToArray();
        var worst = ill.Any(static one => one.Status == HealthStatus.Unhealthy) ? context.Registration.FailureStatus
            : ill.Length > 0 ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        var description = ill.Length == 0 ? null : string.Join(", ", ill.Select(static one => $"{one.Task.Name}: {one.Task.State} ({one.Task.Stats.ConsecutiveFailures} failures in a row)"));
        return Task.FromResult(new HealthCheckResult(worst, description, data: TaskHealthData.Of(tasks, clock)));
    }

    private static TaskHealthCheck Create(IServiceProvider services, Func<SupervisedTask, HealthStatus> judge) =>
        new(services.GetRequiredService<Supervisor>(), services.GetRequiredService<IOptions<SupervisorOptions>>().Value.TimeProvider, judge);
}
