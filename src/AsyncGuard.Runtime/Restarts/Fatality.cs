namespace AsyncGuard;

/// <summary>Asks a policy whether a failure is fatal.</summary>
internal static class Fatality
{
    public static bool Of(RestartPolicy policy, ref Exception failure)
    {
        if (policy.IsFatal is not { } isFatal)
        {
            return false;
        }

        try
        {
            return isFatal(failure);
        }
        catch (Exception thrown)
        {
            // A broken question must neither end the supervision nor vanish.
            failure = new AggregateException(failure, thrown);
            return false;
        }
    }
}
