namespace AsyncGuard.Toolbox;

/// <summary>An operation whose failure leaves its function, and what makes it fail: the same in the function that it calls.</summary>
/// <param name="at">The operation; <see langword="null"/> for what has no source here.</param>
/// <param name="cause">What fails in the callee; <see langword="null"/> where the operation itself does.</param>
internal sealed class Escape(IOperation? at, Escape? cause = null)
{
    /// <summary>A failure of which nobody can see where it comes from.</summary>
    public static Escape OutOfSight { get; } = new(null);

    public IOperation? At => at;

    public Escape? Cause => cause;

    /// <summary>Where it came about, as far as one can see.</summary>
    public IOperation? Origin
    {
        get
        {
            var origin = this;
            while (origin.Cause is { At: not null } deeper)
            {
                origin = deeper;
            }

            return origin.At;
        }
    }
}
