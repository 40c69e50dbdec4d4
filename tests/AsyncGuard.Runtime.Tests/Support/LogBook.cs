using Microsoft.Extensions.Logging;

namespace AsyncGuard.Support;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogBook : ILoggerFactory, ILogger
{
    private readonly object _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly List<(int Id, TaskCompletionSource<Entry> Logged)> _waiters = [];

    /// <summary>Whether it throws instead of keeping anything.</summary>
    public bool IsBroken { get; set; }

    public IReadOnlyList<Entry> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    public IReadOnlyList<Entry> Of(int id) => [.. All.Where(entry => entry.Id == id)];

    /// <summary>Completes when an event was logged, were it before.</summary>
    public Task<Entry> WhenAsync(int id)
    {
        var logged = new TaskCompletionSource<Entry>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_entries.Find(entry => entry.Id == id) is { } known)
            {
                return Task.FromResult(known);
            }

            _waiters.Add((id, logged));
        }

        return logged.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsBroken)
        {
            throw new InvalidOperationException("The disk is full.");
        }

        var entry = new Entry(eventId.Id, logLevel, formatter(state, exception), exception);
        lock (_lock)
        {
            _entries.Add(entry);
            _waiters.RemoveAll(waiter => waiter.Id == entry.Id && waiter.Logged.TrySetResult(entry));
        }
    }

    public void Dispose()
    {
    }

    internal sealed record Entry(int Id, LogLevel Level, string Message, Exception? Error);
}
