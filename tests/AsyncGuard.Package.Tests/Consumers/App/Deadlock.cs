namespace Consumer;

sealed class Ledger
{
    readonly object _gate = new();

    public void Close()
    {
        lock (_gate)
        {
            WriteAsync().Wait(); // ASG4003
        }
    }

    static async Task WriteAsync() => await Task.Delay(1);
}
