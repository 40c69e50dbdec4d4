namespace AsyncGuard;

/// <summary>A start-up step did not finish, or a task did not say that it is ready, in time.</summary>
public sealed class StartupTimeoutException : TimeoutException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="name">The step or task.</param>
    /// <param name="timeout">The time it had.</param>
    /// <param name="output">The last lines it wrote, where it is a process.</param>
    /// <param name="innerException">Its last failure, where there was one.</param>
    public StartupTimeoutException(string name, TimeSpan timeout, string? output = null, Exception? innerException = null)
        : base($"'{name}' was not ready within {timeout}{(output is null ? "." : $"; its last output: {output}")}", innerException)
    {
        Name = name;
        Timeout = timeout;
        Output = output;
    }

    /// <summary>The step or task that was late.</summary>
    public string Name { get; }

    /// <summary>The time it had.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>The last lines it wrote, where it is a process; otherwise null.</summary>
    public string? Output { get; }
}
