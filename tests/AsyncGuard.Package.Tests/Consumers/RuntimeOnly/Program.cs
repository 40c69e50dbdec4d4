await Poller.PollAsync();
Console.WriteLine("polled");

static class Poller
{
    public static async Task PollAsync()
    {
        Thread.Sleep(10);
        _ = ReportAsync();
        Console.WriteLine(CountAsync().Result);
        await Task.Yield();
    }

    static async Task<int> CountAsync()
    {
        await Task.Delay(1);
        return 1;
    }

    static async Task ReportAsync()
    {
        await Task.Delay(1);
        File.AppendAllText(Path.GetTempFileName(), "report");
    }
}
