namespace Consumer;

sealed class Continuations(Store store)
{
    public void Count(CancellationToken stop)
    {
        store.CountAsync(stop).ContinueWith(_ => Console.WriteLine("counted"), TaskScheduler.Default); // ASG1011
    }

    public async Task WaitAsync(CancellationToken stop)
    {
        await Task.Factory.StartNew(async () => await store.CountAsync(stop), stop, TaskCreationOptions.None, TaskScheduler.Default); // ASG1005
    }
}
