using System.Globalization;
using Microsoft.Extensions.Logging;

namespace AsyncGuard;

/// <summary>Where no logging is set up, what is wrong goes to standard error: never to nowhere. Thread-safe.</summary>
internal sealed class StandardErrorLoggerFactory : ILoggerFactory
{
    public static readonly StandardErrorLoggerFactory Instance = new();

    public ILogger CreateLogger(string categoryName) => new StandardErrorLogger(categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class StandardErrorLogger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var trace = exception is null ? string.Empty : Environment.NewLine + exception;
                Console.Error.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0}: {1}[{2}] {3}{4}", logLevel, category, eventId.Id, formatter(state, exception), trace));
            }
        }
    }
}
