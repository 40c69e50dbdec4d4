namespace AsyncGuard.TestHost;

internal static class Work
{
    /// <summary>So many pieces of work of up to a second; each says when it is done.</summary>
    public static void Start(Supervisor tasks, int count)
    {
        for (var piece = 0; piece < count; piece++)
        {
            var number = piece;
            tasks.Run("piece", async cancellationToken =>
            {
                await Task.Delay(number * 1000 / count, cancellationToken);
                Console.WriteLine($"done {number}");
            });
        }
    }

    /// <summary>Work that listens to nobody; begun when this returns, since what has not begun is not deaf.</summary>
    public static void StartDeaf(Supervisor tasks)
    {
        using var begun = new CountdownEvent(2);
        tasks.Run("deaf run", _ => BeDeaf());
        tasks.Loop("deaf loop", _ => BeDeaf());
        begun.Wait();

        Task BeDeaf()
        {
            begun.Signal();
            return Task.Delay(Timeout.Infinite, CancellationToken.None);
        }
    }

    /// <summary>A task without which the application makes no sense.</summary>
    public static void StartDoomed(Supervisor tasks) =>
        tasks.Loop("doomed", _ => throw new InvalidOperationException("cannot open the ledger"), new() { Restart = RestartPolicy.Never with { WhenExhausted = GiveUp.StopAll } });
}
