await Consumer.Poller.PollAsync();
await PauseAsync();

static async Task PauseAsync()
{
    Thread.Sleep(10);
    await Task.Yield();
}
