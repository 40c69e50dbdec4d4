using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>The report shows the reader why: the way of the error, call by call.</summary>
public sealed class UnobservedTaskPathTests : RuleTests<UnobservedTaskAnalyzer>
{
    [Fact]
    public Task Shows_every_call_down_to_what_fails() => ShowsAsync(
        """
        using System.IO;

        void Start() { _ = AAsync(); }
        async Task AAsync() => await BAsync();
        async Task BAsync() { await CAsync().ConfigureAwait(false); }
        Task CAsync() => DAsync();
        async Task DAsync() { await EAsync(); }
        async Task EAsync() => await File.WriteAllTextAsync("x", "y");
        """,
        "AAsync()", "BAsync()", "CAsync()", "DAsync()", "EAsync()", "File.WriteAllTextAsync(\"x\", \"y\")");

    [Fact]
    public Task Shows_the_call_alone_where_a_library_fails() => ShowsAsync(
        """
        using System.IO;

        void Start() { _ = File.WriteAllTextAsync("x", "y"); }
        """,
        "File.WriteAllTextAsync(\"x\", \"y\")");

    [Fact]
    public Task Goes_into_a_lambda_that_is_run() => ShowsAsync(
        """
        using System.IO;

        void Start() { _ = Task.Run(() => Save()); }
        void Save() => File.Delete("x");
        """,
        "Task.Run(() => Save())", "Save()", "File.Delete(\"x\")");

    [Fact]
    public Task Goes_through_a_parameter_to_the_lambda_that_was_passed() => ShowsAsync(
        """
        using System.IO;

        public void Start() { _ = GoAsync(async () => { await Task.Yield(); File.Delete("x"); }); }
        public async Task GoAsync(Func<Task> work) { await AgainAsync(work); }
        public async Task AgainAsync(Func<Task> task) => await task();
        """,
        "GoAsync(async () => { await Task.Yield(); File.Delete(\"x\"); })", "AgainAsync(work)", "task()", "File.Delete(\"x\")");

    [Fact]
    public Task Goes_along_a_task_that_is_handed_on() => ShowsAsync(
        """
        using System.IO;

        void Start() { _ = AAsync(); }
        Task AAsync() { File.Delete("not this: it fails at the call"); return BAsync(); }
        Task BAsync() => File.WriteAllTextAsync("x", "y");
        """,
        "AAsync()", "BAsync()", "File.WriteAllTextAsync(\"x\", \"y\")");

    [Fact]
    public Task Goes_through_getters_operators_and_constructors() => ShowsAsync(
        """
        void Start() { _ = AAsync(); }
        async Task AAsync() { await Task.Yield(); GC.KeepAlive(Latest); }
        Order Latest => new Order() + 1;
        class Order
        {
            private readonly int _number = Next();
            public static Order operator +(Order order, int count) => order;
            private static int Next() => throw new InvalidOperationException();
        }
        """,
        "AAsync()", "Latest", "new Order()", "Next()", "throw new InvalidOperationException()");

    [Fact]
    public Task Stops_where_a_function_calls_itself() => ShowsAsync(
        """
        void Start() { _ = AAsync(3); }
        async Task AAsync(int times) { await Task.Yield(); if (times == 0) { throw new InvalidOperationException(); } await AAsync(times - 1); }
        """,
        "AAsync(3)", "throw new InvalidOperationException();");
}
