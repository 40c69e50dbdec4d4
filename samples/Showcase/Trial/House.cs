using System.Collections.Concurrent;
using System.Diagnostics;

namespace AsyncGuard.Showcase.Trial;

/// <summary>One version of the service, running as a process of its own on a database of its own.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private House(string name, string folder, Process process)
    {
        (Name, Database, _process) = (name, new HouseDatabase(folder), process);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public string Name { get; }

    public HouseDatabase Database { get; }

    public bool IsRunning => !_process.HasExited;

    public int ErrorsLogged => _log.Count(IsError);

    public int Restarts => _log.Count(line => line.Contains("next start in", StringComparison.Ordinal));

    public IEnumerable<string> Log => _log;

    public static House Start(string name, string program, string folder)
    {
        var start = new ProcessStartInfo(Dotnet.Path, ["exec", program, "--data", folder])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Logging__Console__FormatterOptions__SingleLine"] = "true";
        var house = new House(name, folder, new Process { StartInfo = start });
        house._process.Start();
        house._process.BeginOutputReadLine();
        house._process.BeginErrorReadLine();
        return house;
    }

    public bool Says(string text) => _log.Any(line => line.Contains(text, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _log.Enqueue(line);
        }
    }

    private static bool IsError(string line) => line.StartsWith("fail:", StringComparison.Ordinal)
        || line.StartsWith("crit:", StringComparison.Ordinal)
        || line.StartsWith("Error:", StringComparison.Ordinal)
        || line.StartsWith("Critical:", StringComparison.Ordinal);
}
