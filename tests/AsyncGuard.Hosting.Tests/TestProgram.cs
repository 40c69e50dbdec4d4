using System.Diagnostics;
using System.Globalization;

namespace AsyncGuard.Hosting;

/// <summary>The program next door as a real process.</summary>
internal sealed class TestProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestProgram(Process process) => _process = process;

    public int ExitCode => _process.ExitCode;

    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_output)
            {
                return [.. _output];
            }
        }
    }

    public static TestProgram Start(params string[] arguments)
    {
        // Beside this test's own output, under the same name for the framework.
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var file = Path.Combine(here.Parent!.Parent!.FullName, "AsyncGuard.TestHost", here.Name, "AsyncGuard.TestHost" + (OperatingSystem.IsWindows() ? ".exe" : string.Empty));
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        var program = new TestProgram(process);
        process.OutputDataReceived += (_, line) => program.Add(line.Data);
        process.ErrorDataReceived += (_, line) => program.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return program;
    }

    public Task ReadyAsync() => _ready.Task.WaitAsync(Patience);

    /// <summary>Sends SIGTERM, waits for the end and tells how long that took.</summary>
    public async Task<TimeSpan> TerminateAsync()
    {
        var startedAt = Stopwatch.GetTimestamp();
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await EndAsync();
        return Stopwatch.GetElapsedTime(startedAt);
    }

    public Task EndAsync() => _process.WaitForExitAsync().WaitAsync(Patience);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_output)
        {
            _output.Add(line ?? string.Empty);
        }

        if (line == "ready")
        {
            _ready.TrySetResult();
        }
    }
}
