using Microsoft.Extensions.Logging;

namespace AsyncGuard.Support;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogBook : ILoggerFactory, ILogger
{
    private readonly object _lock = new();
    private readonly List<Entry> _entries = [];

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

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock)
        {
            _entries.Add(new Entry(eventId.Id, logLevel, formatter(state, exception), exception));
        }
    }

    public void Dispose()
    {
    }

    internal sealed record Entry(int Id, LogLevel Level, string Message, Exception? Error);
}
