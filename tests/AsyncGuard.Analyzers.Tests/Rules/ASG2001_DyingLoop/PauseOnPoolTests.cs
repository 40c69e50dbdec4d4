using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A loop on a pool thread that can await nothing and has no token cannot pause but by sleeping, which ASG4004 reports.</summary>
public sealed class PauseOnPoolTests : RuleTests<DyingLoopAnalyzer, DyingLoopFix>
{
    [Theory]
    [InlineData("void M() => Task.Run(Work);")]
    [InlineData("void M() => ThreadPool.QueueUserWorkItem(_ => Work());")]
    [InlineData("void M() => Task.Factory.StartNew(() => Work());")]
    public Task Is_not_made_to_sleep_there(string start) => NotFixedAsync(start + " void Work() { [|while (true)|] { System.IO.File.Delete(\"x\"); } }");

    [Fact]
    public Task Awaits_there_where_a_lambda_may_turn_async() => FixesAsync(
        """
        void M() => _ = Task.Run(() =>
        {
            // for ever
            [|while (true)|]
            {
                System.IO.File.Delete("x");
            }
        });
        """,
        """
        void M() => _ = Task.Run(async () =>
        {
            // for ever
            while (true)
            {
                try
                {
                    System.IO.File.Delete("x");
                }
                catch (Exception ex)
                {
                    Console.Error.WriteLine(ex);
                    await Task.Delay(TimeSpan.FromSeconds(1));
                }
            }
        });
        """);

    [Theory]
    [InlineData("void M() => new Thread(Work).Start();")]
    [InlineData("void M() => Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning);")]
    public Task Sleeps_on_a_thread_of_its_own(string start) => FixesAsync(
        start + " void Work() { [|while (true)|] { System.IO.File.Delete(\"x\"); } }",
        start + """
             void Work() {
                while (true)
                {
                    try
                    {
                        System.IO.File.Delete("x");
                    }
                    catch (Exception ex)
                    {
                        Console.Error.WriteLine(ex);
                        Thread.Sleep(TimeSpan.FromSeconds(1));
                    }
                }
            }
            """.Replace("             void", " void"));
}
