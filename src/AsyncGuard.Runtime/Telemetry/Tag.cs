using System.Diagnostics;

namespace AsyncGuard;

/// <summary>The attributes of metrics and spans.</summary>
internal static class Tag
{
    public static KeyValuePair<string, object?> Task(string name) => new("asyncguard.task.name", name);

    public static KeyValuePair<string, object?> Kind(string kind) => new("asyncguard.task.kind", kind);

    public static KeyValuePair<string, object?> State(string state) => new("asyncguard.task.state", state);

    public static string ErrorType(Exception error) => error.GetType().FullName ?? error.GetType().Name;

    /// <summary>Only a failure has an error type.</summary>
    public static void AddError(ref TagList tags, Exception? error)
    {
        if (error is not null)
        {
            tags.Add("error.type", ErrorType(error));
        }
    }
}
