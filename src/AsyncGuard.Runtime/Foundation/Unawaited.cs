namespace AsyncGuard;

/// <summary>The one place where this library starts something it does not await.</summary>
internal static class Unawaited
{
    private const TaskContinuationOptions OnFailure = TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously;

    /// <summary>For tasks that handle their own failures. Should one fail all the same (a metric listener of the application may throw), standard error hears of it instead of nobody.</summary>
    public static void Run(Task task)
    {
        if (!task.IsCompleted || task.IsFaulted)
        {
            task.ContinueWith(static failed => Console.Error.WriteLine($"AsyncGuard failed internally: {failed.Exception}"), CancellationToken.None, OnFailure, TaskScheduler.Default);
        }
    }

    /// <summary>For work that was left behind and reported as late: its later failure is nobody's surprise.</summary>
    public static void Observe(Task task) =>
        task.ContinueWith(static failed => failed.Exception, CancellationToken.None, OnFailure, TaskScheduler.Default);
}
