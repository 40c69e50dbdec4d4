using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A dropped task in which only somebody else's handler of an event could fail has lost nothing of its own.</summary>
public sealed class EventInDroppedTaskTests : RuleTests<UnobservedTaskAnalyzer>
{
    private const string Event = "\npublic event EventHandler? Changed;\npublic event Func<Task>? Saving;\nprivate Action? _done;\n";

    [Theory]
    [InlineData("void M() => _ = DismissAsync(); async Task DismissAsync() { await Task.Delay(1); Changed?.Invoke(this, EventArgs.Empty); }")]
    [InlineData("void M() => _ = DismissAsync(); async Task DismissAsync() { await Task.Delay(1); Raise(); } void Raise() { if (Changed != null) { Changed(this, EventArgs.Empty); } }")]
    public Task Is_silent_where_an_event_is_raised(string members) => SilentAsync(members + Event);

    [Theory]
    [InlineData("void M() => _ = [|DismissAsync|](); async Task DismissAsync() { await Task.Delay(1); Changed?.Invoke(this, EventArgs.Empty); System.IO.File.Delete(\"x\"); }")]
    [InlineData("void M() => _ = [|DismissAsync|](); async Task DismissAsync() { await Task.Delay(1); _done?.Invoke(); }")]
    [InlineData("void M() => _ = [|DismissAsync|](); async Task DismissAsync() { if (Saving != null) { await Saving(); } }")]
    [InlineData("void M() => _ = [|DismissAsync|](); async Task DismissAsync() { await Task.Delay(1); Changed?.Invoke(this, System.IO.File.Exists(\"x\") ? new EventArgs() : throw new InvalidOperationException()); }")]
    public Task Reports_where_something_else_can_fail(string members) => ReportsAsync(members + Event);
}
