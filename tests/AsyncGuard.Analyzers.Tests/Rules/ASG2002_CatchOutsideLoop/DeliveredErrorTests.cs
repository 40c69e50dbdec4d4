using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A handler that hands the error to whoever waits for what the loop gives has told somebody.</summary>
public sealed class DeliveredErrorTests : RuleTests<CatchOutsideLoopAnalyzer>
{
    private const string Members = "\nreadonly System.Threading.Channels.Channel<int> _out = System.Threading.Channels.Channel.CreateUnbounded<int>();\nreadonly System.Threading.Channels.Channel<int> _in = System.Threading.Channels.Channel.CreateUnbounded<int>();\nreadonly TaskCompletionSource _end = new();\nstatic int Step() => System.IO.File.ReadAllBytes(\"x\").Length;";

    [Theory]
    [InlineData("_out.Writer.TryComplete(e);")]
    [InlineData("Console.WriteLine(e); _out.Writer.Complete(e);")]
    [InlineData("_end.TrySetException(e);")]
    [InlineData("_end.SetException(e);")]
    public Task Is_silent_where_the_error_is_delivered(string handler) => SilentAsync(Loop("while", handler) + Members);

    [Theory]
    [InlineData("_out.Writer.TryComplete();")]
    [InlineData("_in.Writer.TryComplete(e);")]
    [InlineData("_end.TrySetCanceled();")]
    [InlineData("_end.TrySetException(new InvalidOperationException());")]
    [InlineData("Console.WriteLine(e);")]
    public Task Reports_where_it_is_not(string handler) => ReportsAsync(Loop("[|while", handler).Replace("true)", "true)|]", StringComparison.Ordinal) + Members);

    private static string Loop(string head, string handler) =>
        $"void M() => _ = Task.Run(async () => {{ try {{ {head} (true) {{ var read = await _in.Reader.ReadAsync(); _out.Writer.TryWrite(Step()); await Task.Delay(read); }} }} catch (Exception e) {{ {handler} }} }});";
}
