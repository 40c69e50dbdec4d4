using System.Runtime.InteropServices;
using AsyncGuard.Showcase;
using AsyncGuard.Showcase.Drawing;

if (args is not ([] or ["--svg", _]))
{
    Console.Error.WriteLine("Usage: dotnet run --project samples/Showcase [-- --svg <file>]");
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var screen = Screen.Open();
try
{
    using var workshop = new Workshop();
    var code = await new Tour(screen, workshop).GoAsync(stop.Token);
    if (args is [_, var file])
    {
        await SvgPicture.WriteAsync(file, screen.Picture, stop.Token);
    }

    return code;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (Exception error) // caught, so that everything is cleared away before the program ends
{
    await Console.Error.WriteLineAsync(error.ToString());
    return 1;
}

// Processes and folders are cleared away first.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
