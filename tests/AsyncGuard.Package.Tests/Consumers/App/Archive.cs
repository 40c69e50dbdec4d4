namespace Consumer;

sealed class Archive
{
    readonly SemaphoreSlim _gate = new(1);

    public async Task<string> ReadAsync(string path, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel); // ASG4011
        var text = await File.ReadAllTextAsync(path, cancel);
        _gate.Release();
        return text;
    }
}
