using Microsoft.Extensions.Logging;

namespace AsyncGuard;

/// <summary>Every event this library logs. Ids are a contract: documented, never reused.</summary>
internal static partial class Events
{
    [LoggerMessage(1100, LogLevel.Information, "{Task} started")]
    public static partial void TaskStarted(this ILogger logger, string task);

    [LoggerMessage(1101, LogLevel.Error, "{Task} failed ({Failures} in a row): {Error}; next start in {Delay}")]
    public static partial void TaskFailed(this ILogger logger, string task, int failures, string error, TimeSpan delay, Exception? exception);

    [LoggerMessage(1102, LogLevel.Information, "{Task} recovered after {Failures} failures")]
    public static partial void TaskRecovered(this ILogger logger, string task, int failures);

    [LoggerMessage(1103, LogLevel.Critical, "{Task} failed {Failures} times in a row; action: {Action}")]
    public static partial void TaskExhausted(this ILogger logger, string task, int failures, GiveUp action, Exception exception);

    [LoggerMessage(1104, LogLevel.Error, "{Task} made no progress for {Silence}; cancelling this run")]
    public static partial void TaskHung(this ILogger logger, string task, TimeSpan silence);

    [LoggerMessage(1105, LogLevel.Critical, "{Task} is stuck: it ignored cancellation for {Grace}; no second copy will be started")]
    public static partial void TaskStuck(this ILogger logger, string task, TimeSpan grace);

    [LoggerMessage(1106, LogLevel.Information, "{Task} stopped")]
    public static partial void TaskStopped(this ILogger logger, string task);

    [LoggerMessage(1107, LogLevel.Warning, "{Task} returned although nobody asked it to stop; it will be started again in {Delay}")]
    public static partial void TaskReturned(this ILogger logger, string task, TimeSpan delay);

    [LoggerMessage(1109, LogLevel.Error, "{Task} failed while it was being stopped or restarted")]
    public static partial void TaskFailedWhileStopping(this ILogger logger, string task, Exception exception);

    [LoggerMessage(1110, LogLevel.Error, "A cancellation callback of {Task} failed")]
    public static partial void CancellationCallbackFailed(this ILogger logger, string task, Exception exception);

    [LoggerMessage(1111, LogLevel.Critical, "The supervision of {Task} itself failed; it will not run again")]
    public static partial void SupervisionFailed(this ILogger logger, string task, Exception exception);

    [LoggerMessage(1200, LogLevel.Error, "{Task} (fire and forget) failed after {Elapsed}")]
    public static partial void RunFailed(this ILogger logger, string task, TimeSpan elapsed, Exception exception);

    [LoggerMessage(1201, LogLevel.Error, "{Task} was rejected: {Reason}")]
    public static partial void RunRejected(this ILogger logger, string task, string reason);

    [LoggerMessage(1202, LogLevel.Information, "Draining {Count} running tasks for at most {Timeout}")]
    public static partial void Draining(this ILogger logger, int count, TimeSpan timeout);

    [LoggerMessage(1203, LogLevel.Error, "{Task} did not stop in time and was abandoned")]
    public static partial void Abandoned(this ILogger logger, string task);

    [LoggerMessage(1204, LogLevel.Error, "Alert for {Task} could not be delivered")]
    public static partial void AlertFailed(this ILogger logger, string task, Exception exception);

    [LoggerMessage(1205, LogLevel.Warning, "{Task} (fire and forget) was not done when the time to drain was over, and was cancelled")]
    public static partial void RunCancelled(this ILogger logger, string task);

    [LoggerMessage(1300, LogLevel.Information, "Startup step {Step} is done in {Elapsed}")]
    public static partial void StepDone(this ILogger logger, string step, TimeSpan elapsed);

    [LoggerMessage(1301, LogLevel.Warning, "Startup step {Step} failed, attempt {Attempt}; trying again in {Delay}")]
    public static partial void StepRetry(this ILogger logger, string step, int attempt, TimeSpan delay, Exception exception);

    [LoggerMessage(1302, LogLevel.Critical, "Startup step {Step} did not finish within {Timeout}")]
    public static partial void StepTimeout(this ILogger logger, string step, TimeSpan timeout, Exception exception);

    [LoggerMessage(1303, LogLevel.Warning, "Optional startup step {Step} failed; starting without it")]
    public static partial void StepSkipped(this ILogger logger, string step, Exception exception);

    [LoggerMessage(1304, LogLevel.Critical, "Startup step {Step} failed and is not tried again")]
    public static partial void StepFailed(this ILogger logger, string step, Exception exception);

    [LoggerMessage(1600, LogLevel.Warning, "{Operation} failed; returning the fallback")]
    public static partial void Fallback(this ILogger logger, string operation, Exception exception);
}
