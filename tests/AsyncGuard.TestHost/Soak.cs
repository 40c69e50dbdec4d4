using System.Diagnostics;

namespace AsyncGuard.TestHost;

/// <summary>
/// A supervisor under steady load, and what of the machine's memory its process holds: one line a minute, then the slope of the second half. Run by hand:
/// <c>dotnet run -c Release --project tests/AsyncGuard.TestHost -f net10.0 -- soak 60</c>. Exit code 1 where it grows by more than 1 MiB an hour.
/// </summary>
internal static class Soak
{
    private const double Bound = 1;   // MiB an hour

    public static async Task<int> RunAsync(TimeSpan length)
    {
        // A busy machine makes the pool grow by a thread now and then, and each brings some MiB of its own: that is not what is measured.
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount);
        await using var tasks = new Supervisor(new SupervisorOptions { LoggerFactory = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance });
        var failing = tasks.Loop("failing", static async cancellationToken =>
        {
            await Task.Delay(50, cancellationToken);
            throw new InvalidOperationException("as planned");
        }, new() { Restart = RestartPolicy.Constant(TimeSpan.Zero) with { WhenExhausted = GiveUp.KeepTrying } });
        var beating = tasks.Every("beating", TimeSpan.FromMilliseconds(20), static _ => Task.CompletedTask);
        var samples = new List<(double Hours, double Size)>();
        var clock = Stopwatch.StartNew();
        for (var next = TimeSpan.FromMinutes(1); next <= length; next += TimeSpan.FromMinutes(1))
        {
            while (clock.Elapsed < next)
            {
                for (var run = 0; run < 20; run++)
                {
                    tasks.Run("mail", static async _ => await Task.Yield());
                }

                await tasks.Loop("short-lived", static cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken)).StopAsync();
                await Task.Delay(100);
            }

            var size = Size();
            Console.WriteLine(FormattableString.Invariant($"{clock.Elapsed:hh\\:mm\\:ss} {size:0.00} MiB resident, {GC.GetTotalMemory(forceFullCollection: false) / 1024.0 / 1024:0.00} MiB heap, {failing.Stats.Failures} failures"));
            if (clock.Elapsed > length / 2)   // before that code is compiled in tiers, and pools grow to their size
            {
                samples.Add((clock.Elapsed.TotalHours, size));
            }
        }

        await beating.StopAsync();
        var slope = Slope(samples);
        Console.WriteLine(FormattableString.Invariant($"{slope:0.00} MiB an hour"));
        return slope <= Bound ? 0 : 1;
    }

    // What is garbage is nobody's leak.
    private static double Size()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1024.0 / 1024;
    }

    private static double Slope(List<(double Hours, double Size)> samples)
    {
        var (middle, mean) = (samples.Average(each => each.Hours), samples.Average(each => each.Size));
        return samples.Sum(each => (each.Hours - middle) * (each.Size - mean)) / samples.Sum(each => (each.Hours - middle) * (each.Hours - middle));
    }
}
