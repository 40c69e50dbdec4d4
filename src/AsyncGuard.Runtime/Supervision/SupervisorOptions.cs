using Microsoft.Extensions.Logging;

namespace AsyncGuard;

/// <summary>Settings of a <see cref="Supervisor"/>. Read once, by its constructor; later changes have no effect. Not thread-safe while it is being filled.</summary>
public sealed class SupervisorOptions
{
    /// <summary>The supervisor's name in logs. Default <c>default</c>.</summary>
    /// <exception cref="ArgumentException">The value is null or blank.</exception>
    public string Name { get; set => field = Check.Name(value, nameof(Name)); } = "default";

    /// <summary>How long work begun by <see cref="Supervisor.Run(string, Func{CancellationToken, Task})"/> may still run, uncancelled, at a stop. Default 20 s; from zero to 49 days.</summary>
    /// <remarks>With <see cref="StopTimeout"/> it fits into the 30 s that Kubernetes and the Generic Host grant by default.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than 49 days.</exception>
    public TimeSpan DrainTimeout { get; set => field = Check.Duration(value); } = TimeSpan.FromSeconds(20);

    /// <summary>How long it may run on once it was cancelled. Default 5 s; from zero to 49 days. A stop takes at most <see cref="DrainTimeout"/> + <see cref="StopTimeout"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than 49 days.</exception>
    public TimeSpan StopTimeout { get; set => field = Check.Duration(value); } = TimeSpan.FromSeconds(5);

    /// <summary>How much work begun by <c>Run</c> runs at once; more waits. Default 1024, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxRunning { get; set => field = Check.AtLeastOne(value); } = 1024;

    /// <summary>How much work may wait; beyond it <c>Run</c> returns false. Default 10 000; zero or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxQueued { get; set => field = Check.NotNegative(value); } = 10_000;

    /// <summary>Told what a human should know. Default null: nobody. Called on the thread pool, never twice at once for the same task and reason; awaited by a stop within its limits; a failure is logged as event 1204.</summary>
    public Func<SupervisorAlert, CancellationToken, Task>? OnAlert { get; set; }

    /// <summary>The least time between two alerts of the same task and reason. Default 15 min; from zero to 49 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than 49 days.</exception>
    public TimeSpan AlertInterval { get; set => field = Check.Duration(value); } = TimeSpan.FromMinutes(15);

    /// <summary>Where <c>Run&lt;TService&gt;</c>, <c>Loop&lt;TService&gt;</c> and <c>Every&lt;TService&gt;</c> take their scopes from, and the meter factory, if it has one. Default null.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>Where events are logged. Default null: Warning and above go to standard error, so that nothing dies in silence.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The clock behind every delay, deadline and timestamp. Default <see cref="TimeProvider.System"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider { get; set => field = Check.Present(value); } = TimeProvider.System;
}
