using System.Globalization;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>Does a timeout bound nothing: 0, which providers take for none, or so long that nobody would wait for its end?</summary>
internal static class Forever
{
    /// <summary>A week.</summary>
    private const long NobodyWaits = 7 * 24 * 60 * 60;

    public static bool IsSeconds(long seconds) => seconds is 0 or >= NobodyWaits;

    /// <summary>A constant number of seconds, or a <c>TimeSpan</c> that says for ever.</summary>
    public static bool Is(IOperation value)
    {
        if (value.ConstantValue is { HasValue: true, Value: int or uint or short or byte or long or ushort } constant)
        {
            return IsSeconds(Convert.ToInt64(constant.Value, CultureInfo.InvariantCulture));
        }

        return value switch
        {
            IFieldReferenceOperation { Field: { IsStatic: true, Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } } => true,
            IFieldReferenceOperation { Field: { IsStatic: true, Name: "Zero", ContainingType.Name: "TimeSpan" } } => true,
            IInvocationOperation { TargetMethod: { Name: ['F', 'r', 'o', 'm', ..], IsStatic: true, ContainingType.Name: "TimeSpan" } } span => IsLong(span),
            _ => false,
        };
    }

    // Half a second and less are the business of conversions.
    private static bool IsLong(IInvocationOperation span) =>
        span.Arguments is [{ Value: var argument }, ..]
        && argument.Bare().ConstantValue is { HasValue: true, Value: IConvertible amount and not (string or char or bool) }
        && SecondsIn(span.TargetMethod.Name) is { } unit
        && amount.ToDouble(CultureInfo.InvariantCulture) * unit is 0 or >= NobodyWaits;

    private static double? SecondsIn(string method) => method switch
    {
        "FromDays" => 86400,
        "FromHours" => 3600,
        "FromMinutes" => 60,
        "FromSeconds" => 1,
        "FromMilliseconds" => 0.001,
        _ => null,
    };
}
