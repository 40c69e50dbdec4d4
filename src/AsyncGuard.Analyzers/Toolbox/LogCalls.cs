using System.Text.RegularExpressions;

namespace AsyncGuard.Toolbox;

/// <summary>Does this call only tell somebody: a log, a console, a message box?</summary>
/// <remarks>
/// Loggers are known by name, not by symbol: every second code base has one of its own (<c>ILog</c>, <c>AppLogger</c>), and to take such a
/// call for one that may fail would report handlers that are right. A type counts when its name is <c>Log</c> or ends in <c>Logger</c>,
/// <c>Log</c> or <c>LoggerExtensions</c>; a method of any library when its name begins with <c>Log</c>.
/// </remarks>
internal static class LogCalls
{
    private static readonly Regex Message = new("Error|Exception|Warning|Message|Alert|Dialog|Toast|Snack|Popup|Notif", RegexOptions.CultureInvariant);

    public static bool IsLog(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return IsTeller(method.ContainingType)
            || IsLoggerMessage(method)
            || (method.Name.StartsWith("Log", StringComparison.Ordinal) && method.ReturnsVoid && !method.IsDeclaredHere(call))
            || IsOfConsole(call.Instance)
            || (method is { MethodKind: MethodKind.DelegateInvoke, ReturnsVoid: true } && SpeaksOfLog(DroppedTasks.NameOf(call)));
    }

    /// <summary>Whether a handler shows the error to somebody: <c>await dialogs.ShowErrorAsync(e.Message)</c>, <c>notifications.Show(…)</c>.</summary>
    public static bool TellsUser(IInvocationOperation call) =>
        Shows(call.TargetMethod.Name) && (Message.IsMatch(call.TargetMethod.Name) || Message.IsMatch(call.TargetMethod.ContainingType.Name)) && CatchClauses.Around(call) is not null;

    // Asked for every call of a function that is looked into.
    private static bool Shows(string name) => name[0] switch
    {
        'S' => name.StartsWith("Show", StringComparison.Ordinal),
        'D' => name.StartsWith("Display", StringComparison.Ordinal),
        'A' => name.StartsWith("Alert", StringComparison.Ordinal),
        'T' => name.StartsWith("Toast", StringComparison.Ordinal),
        'P' => name.StartsWith("Popup", StringComparison.Ordinal),
        _ => false,
    };

    // log(e), _logError?.Invoke(e), OnLogCallback(e); not Login, Catalog, Dialog.
    private static bool SpeaksOfLog(string name)
    {
        var word = name.IndexOf("Log", StringComparison.Ordinal);
        if (word < 0)
        {
            var first = name.StartsWith("_", StringComparison.Ordinal) ? 1 : 0;
            word = string.CompareOrdinal(name, first, "log", 0, 3) == 0 ? first : -1;
        }

        return word >= 0 && (word + 3 == name.Length || !char.IsLower(name[word + 3]));
    }

    private static bool IsTeller(INamedTypeSymbol? type) => type?.Name switch
    {
        null => false,
        "Console" or "Trace" or "Debug" => type.ContainingNamespace is { Name: "System" or "Diagnostics" },
        "MessageBox" or "TelemetryClient" or "Activity" => true,
        var name => name.EndsWith("Logger", StringComparison.Ordinal)
            || name.EndsWith("Log", StringComparison.Ordinal)
            || name.EndsWith("LoggerExtensions", StringComparison.Ordinal),
    };

    private static bool IsLoggerMessage(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "LoggerMessageAttribute")
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfConsole(IOperation? receiver) =>
        receiver is IPropertyReferenceOperation { Property: { Name: "Error" or "Out", ContainingType.Name: "Console" } };
}
