namespace Consumer;

sealed class Gate
{
    readonly SemaphoreSlim _gate = new(1);

    public async Task EnterAsync(CancellationToken cancel)
    {
        _gate.Wait(cancel); // ASG4005
        await Task.Yield();
    }
}
