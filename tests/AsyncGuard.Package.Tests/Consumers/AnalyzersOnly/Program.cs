await Poller.PollAsync();
Console.WriteLine("polled");

static class Poller
{
    public static async Task PollAsync()
    {
        Thread.Sleep(10); // ASG4004
        _ = ReportAsync(); // ASG1001
        Console.WriteLine(CountAsync().Result); // ASG4001
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
