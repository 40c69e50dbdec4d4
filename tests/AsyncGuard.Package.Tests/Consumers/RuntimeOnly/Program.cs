await Poller.PollAsync();
Console.WriteLine("polled");

static class Poller
{
    public static async Task PollAsync()
    {
        Thread.Sleep(10);
        await Task.Yield();
    }
}
