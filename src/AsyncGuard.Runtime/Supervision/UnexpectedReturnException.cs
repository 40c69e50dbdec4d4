namespace AsyncGuard;

/// <summary>Work that should run until it is stopped returned although nobody asked. A supervised body that throws it is logged as event 1107.</summary>
public sealed class UnexpectedReturnException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="name">The task.</param>
    public UnexpectedReturnException(string name)
        : base($"'{name}' returned although nobody asked it to stop.") => Name = name;

    /// <summary>The task.</summary>
    public string Name { get; }
}
