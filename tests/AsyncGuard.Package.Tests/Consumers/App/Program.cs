using Consumer;

await new Poller().PollAsync();
Console.WriteLine("polled");
