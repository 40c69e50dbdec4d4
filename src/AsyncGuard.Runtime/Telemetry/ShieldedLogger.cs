using Microsoft.Extensions.Logging;

namespace AsyncGuard;

/// <summary>A logger whose failure ends neither the work it tells about nor its supervision: what it could not take goes to standard error.</summary>
internal sealed class ShieldedLogger(ILogger logger, string category) : ILogger
{
    private readonly ILogger _refuge = StandardErrorLoggerFactory.Instance.CreateLogger(category);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            // Log will meet the same failure and tell it.
            return true;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            _refuge.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
