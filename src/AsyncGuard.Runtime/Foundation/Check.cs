using System.Runtime.CompilerServices;

namespace AsyncGuard;

/// <summary>The ranges of values that users set; each message names the setting, its range and the value.</summary>
internal static class Check
{
    /// <summary>What every timer of the platform can still do (2^32 − 2 ms, a little over 49 days).</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    public static TimeSpan Duration(TimeSpan value, [CallerMemberName] string name = "") =>
        value >= TimeSpan.Zero && value <= Longest ? value : throw OutOfRange(name, value, "from zero to 49 days");

    public static TimeSpan PositiveDuration(TimeSpan value, [CallerMemberName] string name = "") =>
        value > TimeSpan.Zero && value <= Longest ? value : throw OutOfRange(name, value, "longer than zero and at most 49 days");

    public static TimeSpan? PositiveDuration(TimeSpan? value, [CallerMemberName] string name = "") =>
        value is { } duration ? PositiveDuration(duration, name) : null;

    public static double Within(double value, double least, double most, [CallerMemberName] string name = "") =>
        value >= least && value <= most ? value : throw OutOfRange(name, value, most < double.MaxValue ? $"from {least} to {most}" : $"at least {least} and finite");

    public static int AtLeastOne(int value, [CallerMemberName] string name = "") =>
        value >= 1 ? value : throw OutOfRange(name, value, "at least 1");

    public static int NotNegative(int value, [CallerMemberName] string name = "") =>
        value >= 0 ? value : throw OutOfRange(name, value, "zero or more");

    public static T Defined<T>(T value, [CallerMemberName] string name = "")
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw OutOfRange(name, value, $"a member of {typeof(T).Name}");

    public static T Present<T>(T? value, [CallerMemberName] string name = "")
        where T : class =>
        value ?? throw new ArgumentNullException(name, $"{name} must not be null.");

    public static string Name(string? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Present(value, name).Trim().Length > 0 ? value! : throw new ArgumentException("A name must not be empty: logs, metrics and health data address the work by it.", name);

    private static ArgumentOutOfRangeException OutOfRange(string name, object value, string range) =>
        new(name, value, $"{name} must be {range}.");
}
