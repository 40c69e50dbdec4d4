namespace AsyncGuard;

/// <summary>What happens when a task has failed too often.</summary>
public enum GiveUp
{
    /// <summary>The task counts as unhealthy, an alert is raised, and it goes on trying at <see cref="RestartPolicy.MaxDelay"/>. The first success makes it healthy again.</summary>
    KeepTrying,

    /// <summary>The task ends as <see cref="TaskState.Failed"/>; everything else goes on.</summary>
    Stop,

    /// <summary>The whole supervisor stops; in a host the application stops too, with exit code 1.</summary>
    StopAll,
}
