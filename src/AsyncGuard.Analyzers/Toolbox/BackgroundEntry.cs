namespace AsyncGuard.Toolbox;

/// <summary>How code comes to run in the background.</summary>
internal enum EntryKind
{
    /// <summary>The body of a <c>BackgroundService</c>.</summary>
    ServiceExecute,

    /// <summary>The start of a hosted service.</summary>
    ServiceStart,

    /// <summary>Given to <c>Task.Run</c>, <c>StartNew</c>, <c>new Task</c> or the thread pool.</summary>
    Started,

    /// <summary>The body of a thread of its own.</summary>
    Thread,

    /// <summary>A timer's callback.</summary>
    Timer,

    /// <summary>Called, and nobody looks at its task, or only when the program stops.</summary>
    Unobserved,

    /// <summary>Another type's service awaits it for as long as it runs.</summary>
    AwaitedByService,
}

/// <summary>Where and how code comes to run in the background.</summary>
/// <param name="Kind">How.</param>
/// <param name="Place">The call that starts it, or the name of the service's function.</param>
/// <param name="IsRepeated">Whether a long-running loop starts it again and again, so that its end is not the end of the work.</param>
internal sealed record BackgroundEntry(EntryKind Kind, Location Place, bool IsRepeated);
