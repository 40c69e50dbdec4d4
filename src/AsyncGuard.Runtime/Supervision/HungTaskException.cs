namespace AsyncGuard;

/// <summary>A task made no progress for its <see cref="SupervisionOptions.HangTimeout"/> and was cancelled.</summary>
public sealed class HungTaskException : TimeoutException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="name">The task.</param>
    /// <param name="silence">How long it had shown no life.</param>
    /// <param name="innerException">What it threw when it was cancelled, other than its cancellation.</param>
    public HungTaskException(string name, TimeSpan silence, Exception? innerException = null)
        : base($"'{name}' made no progress for {silence}.", innerException)
    {
        Name = name;
        Silence = silence;
    }

    /// <summary>The task.</summary>
    public string Name { get; }

    /// <summary>How long it had shown no life.</summary>
    public TimeSpan Silence { get; }
}
