using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A member of the author's that asks whether a task is complete is understood by what it asks.</summary>
public sealed class CompletionMemberTests : RuleTests<BlockingInAsyncAnalyzer>
{
    [Theory]
    [InlineData("if (IsDone(t)) { return t.Result; }", "static bool IsDone(Task task) => task.IsCompleted;")]
    [InlineData("if (IsDone(t)) { return t.Result; }", "static bool IsDone(Task task) { return task.Status == TaskStatus.RanToCompletion; }")]
    [InlineData("if (!IsOpen(t)) { return t.Result; }", "static bool IsOpen(Task task) => !task.IsCompletedSuccessfully;")]
    [InlineData("if (IsOpen(t)) { return 0; } return t.Result;", "static bool IsOpen(Task task) => !task.IsCompleted;")]
    [InlineData("if (b && IsDone(b, t)) { return t.Result; }", "static bool IsDone(bool b, Task task) => b && task is { IsFaulted: true };")]
    [InlineData("if (IsDone()) { return _field.Result; }", "bool IsDone() => _field.IsCompleted;")]
    [InlineData("if (HasValue) { return _field.Result; }", "bool HasValue => _field.Status == TaskStatus.RanToCompletion;")]
    [InlineData("if (HasValue) { return _made.Task.Result; }", "bool HasValue { get { return _made.Task.IsCompleted; } }\nreadonly TaskCompletionSource<int> _made = new();")]
    [InlineData("if (IsDone(t)) { return t.Result; } bool IsDone(Task task) { return task.IsCompleted; }", "")]
    [InlineData("if (IsDone(t)) { return t.Result; }", "static bool IsDone(Task task) => IsOver(task);\nstatic bool IsOver(Task task) => task.IsCompleted;")]
    public Task Is_silent_behind_a_member_that_asks(string body, string members) => In(body, members);

    [Fact]
    public Task Is_silent_behind_an_extension_of_a_library() => SilentAsync(
        "async Task<int> M(Task<int> t) { await Task.Yield(); if (Others.Tasks.IsCompletedSuccessfully(t)) { return t.Result; } return 0; }",
        Has.Source("Others.cs", "namespace Others { static class Tasks { public static extern bool IsCompletedSuccessfully(this System.Threading.Tasks.Task task); } }"));

    [Theory]
    [InlineData("if (!IsDone(t)) { return t.[|Result|]; }", "static bool IsDone(Task task) => task.IsCompleted;")]
    [InlineData("if (IsDone(u)) { return t.[|Result|]; }", "static bool IsDone(Task task) => task.IsCompleted;")]
    [InlineData("if (IsDone(t)) { return t.[|Result|]; }", "static bool IsDone(Task task) => task.Id > 1;")]
    [InlineData("if (IsDone(t)) { return t.[|Result|]; }", "static bool IsDone(Task task) { Console.Beep(); return task.IsCompleted; }")]
    [InlineData("if (other.HasValue) { return _field.[|Result|]; }", "public bool HasValue => _field.IsCompleted;")]
    [InlineData("if (HasValue) { return other._field.[|Result|]; }", "bool HasValue => _field.IsCompleted;")]
    [InlineData("if (IsDone(t)) { return t.[|Result|]; }", "static bool IsDone(Task task) => IsDone(task);")]
    public Task Reports_behind_one_that_does_not(string body, string members) => In(body, members);

    private static Task In(string body, string members) => ReportsAsync(
        $$"""
        Task<int> _field = Task.Run(() => 1);

        async Task<int> M(Task<int> t, Task<int> u, bool b, Subject other)
        {
            await Task.Yield();
            {{body}}
            return 0;
        }

        {{members}}
        """);
}
