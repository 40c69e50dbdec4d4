namespace AsyncGuard.Hosting;

/// <summary>The figures of tasks as health data: one entry a task, under its name. The keys are a contract.</summary>
internal static class TaskHealthData
{
    public static Dictionary<string, object> Of(IEnumerable<SupervisedTask> tasks, TimeProvider clock)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            data[task.Name] = Of(task, clock.GetUtcNow());
        }

        return data;
    }

    private static Dictionary<string, object?> Of(SupervisedTask task, DateTimeOffset now)
    {
        var stats = task.Stats;
        return new(StringComparer.Ordinal)
        {
            ["state"] = task.State.ToString(),
            ["kind"] = task.Kind,
            ["runs"] = stats.Runs,
            ["failures"] = stats.Failures,
            ["consecutiveFailures"] = stats.ConsecutiveFailures,
            ["restarts"] = stats.Restarts,
            ["lastSuccess"] = stats.LastSuccess,
            ["lastProgressSeconds"] = stats.LastProgress is { } progress ? Math.Round((now - progress).TotalSeconds, 1) : null,
            ["nextStart"] = stats.NextStart,
            ["lastError"] = stats.LastError is { } error ? $"{error.GetType().Name}: {error.Message}" : null,
            ["pid"] = null,
            ["queueLength"] = null,
        };
    }
}
