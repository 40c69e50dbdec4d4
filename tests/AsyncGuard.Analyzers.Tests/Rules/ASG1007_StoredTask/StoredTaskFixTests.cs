using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class StoredTaskFixTests : RuleTests<StoredTaskAnalyzer, StoredTaskFix>
{
    private const string Work = "\nasync Task WorkAsync(CancellationToken stop = default) => await System.IO.File.WriteAllTextAsync(\"x\", \"y\", stop);";

    [Fact]
    public Task Awaits_a_local() => FixesAsync(
        """
        async Task M()
        {
            // first
            var [|one|] = WorkAsync(); // the one
            var [|two|] = WorkAsync();
            await Task.Yield();
        }
        """ + Work,
        """
        async Task M()
        {
            // first
            await WorkAsync(); // the one
            await WorkAsync();
            await Task.Yield();
        }
        """ + Work);

    [Fact]
    public Task Awaits_a_local_of_a_function_that_returns_a_task() => FixesAsync(
        """
        Task M()
        {
            var [|task|] = WorkAsync();
            return Task.CompletedTask;
        }
        """ + Work,
        """
        async Task M()
        {
            await WorkAsync();
        }
        """ + Work);

    [Fact]
    public Task Runs_a_local_s_work() => FixesAsync(
        StoredTaskFix.Run,
        "void M() { var [|task|] = WorkAsync(); }" + Work,
        "void M() { Supervisor.Default.Run(\"Work\", ct => WorkAsync(ct)); }" + Work,
        Has.Runtime, UsesRuntime);

    [Fact]
    public Task Runs_a_field_s_work_and_removes_the_field() => FixesAsync(
        StoredTaskFix.Run,
        """
        Task _running;

        void M()
        {
            [|_running|] = WorkAsync();
        }
        """ + Work,
        """
        void M()
        {
            Supervisor.Default.Run("Work", ct => WorkAsync(ct));
        }
        """ + Work,
        Has.Runtime, UsesRuntime);

    [Fact]
    public Task Runs_an_element_s_work() => FixesAsync(
        StoredTaskFix.Run,
        "using System.Collections.Generic;\n\nvoid M() { var tasks = new List<Task>(); tasks.[|Add|](WorkAsync()); }" + Work,
        "using System.Collections.Generic;\n\nvoid M() { var tasks = new List<Task>(); Supervisor.Default.Run(\"Work\", ct => WorkAsync(ct)); }" + Work,
        Has.Runtime, UsesRuntime);

    [Fact]
    public Task Awaits_all_of_a_list() => FixesAsync(
        """
        using System.Collections.Generic;

        async Task M(int n)
        {
            var tasks = new List<Task>();
            for (var i = 0; i < n; i++)
            {
                tasks.[|Add|](WorkAsync());
            }

            Console.WriteLine(n);
            await Task.Yield();
        }
        """ + Work,
        """
        using System.Collections.Generic;

        async Task M(int n)
        {
            var tasks = new List<Task>();
            for (var i = 0; i < n; i++)
            {
                tasks.Add(WorkAsync());
            }

            await Task.WhenAll(tasks);

            Console.WriteLine(n);
            await Task.Yield();
        }
        """ + Work);

    [Fact]
    public Task Awaits_all_of_a_dictionary() => FixesAsync(
        """
        async Task M(int n)
        {
            var tasks = new System.Collections.Generic.Dictionary<int, Task>();
            tasks.[|Add|](1, WorkAsync());
            await Task.Yield();
        }
        """ + Work,
        """
        async Task M(int n)
        {
            var tasks = new System.Collections.Generic.Dictionary<int, Task>();
            tasks.Add(1, WorkAsync());
            await Task.WhenAll(tasks.Values);
            await Task.Yield();
        }
        """ + Work);

    [Fact]
    public Task Waits_in_the_stop_that_is_async() => FixesAsync(
        """
        Task _running;

        void Start() => [|_running|] = WorkAsync();

        async Task StopAsync(CancellationToken cancel)
        {
            await Task.Yield();
        }
        """ + Work,
        """
        Task _running;

        void Start() => _running = WorkAsync();

        async Task StopAsync(CancellationToken cancel)
        {
            await Task.Yield();
            if (_running is not null)
            {
                await _running.WaitAsync(cancel);
            }
        }
        """ + Work);

    [Fact]
    public Task Waits_in_the_stop_that_becomes_async() => FixesAsync(
        """
        Task _running;

        void Start() { [|_running|] = WorkAsync(); }

        public Task StopAsync(CancellationToken cancel)
        {
            Console.Beep();
            return Task.CompletedTask;
        }
        """ + Work,
        """
        Task _running;

        void Start() { _running = WorkAsync(); }

        public async Task StopAsync(CancellationToken cancel)
        {
            Console.Beep();
            if (_running is not null)
            {
                await _running.WaitAsync(cancel);
            }
        }
        """ + Work);

    [Fact]
    public Task Waits_in_the_stop_that_is_an_expression() => FixesAsync(
        """
        Task _running;

        void Start() { [|_running|] = WorkAsync(); }

        public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
        """ + Work,
        """
        Task _running;

        void Start() { _running = WorkAsync(); }

        public async Task StopAsync(CancellationToken cancel)
        {
            if (_running is not null)
            {
                await _running.WaitAsync(cancel);
            }
        }
        """ + Work);

    [Fact]
    public Task Waits_in_DisposeAsync_for_ten_seconds() => FixesAsync(
        """
        readonly Task _running = Task.[|Run|](() => System.IO.File.Delete("x"));

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
        }
        """,
        """
        readonly Task _running = Task.Run(() => System.IO.File.Delete("x"));

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            await _running.WaitAsync(TimeSpan.FromSeconds(10));
        }
        """);

    [Fact]
    public Task Waits_for_a_collection_at_the_stop() => FixesAsync(
        """
        readonly System.Collections.Concurrent.ConcurrentBag<Task> _tasks = new();

        void Start() => _tasks.[|Add|](WorkAsync());

        public async Task StopAsync()
        {
            await Task.Yield();
        }
        """ + Work,
        """
        readonly System.Collections.Concurrent.ConcurrentBag<Task> _tasks = new();

        void Start() => _tasks.Add(WorkAsync());

        public async Task StopAsync()
        {
            await Task.Yield();
            await Task.WhenAll(_tasks).WaitAsync(TimeSpan.FromSeconds(10));
        }
        """ + Work);

    [Fact]
    public Task Waits_for_a_collection_that_may_be_missing() => FixesAsync(
        """
        System.Collections.Generic.List<Task> _tasks;

        void Start() => _tasks?.[|Add|](WorkAsync());

        public async Task StopAsync()
        {
            await Task.Yield();
        }
        """ + Work,
        """
        System.Collections.Generic.List<Task> _tasks;

        void Start() => _tasks?.Add(WorkAsync());

        public async Task StopAsync()
        {
            await Task.Yield();
            if (_tasks is not null)
            {
                await Task.WhenAll(_tasks).WaitAsync(TimeSpan.FromSeconds(10));
            }
        }
        """ + Work,
        Has.Runtime);

    [Fact]
    public Task Is_not_fixed_in_a_void_function_without_the_runtime() => NotFixedAsync("void M() { var [|task|] = WorkAsync(); }" + Work);

    [Fact]
    public Task Is_not_fixed_where_there_is_no_stop_and_no_runtime() => NotFixedAsync("Task _running;\nvoid M() { [|_running|] = WorkAsync(); }" + Work);

    [Fact]
    public Task Does_not_run_what_is_asked_whether_it_is_over() => NotFixedAsync(
        "Task _running;\nvoid M() { if (_running is null) { [|_running|] = WorkAsync(); } }" + Work, Has.Runtime, UsesRuntime);

    [Fact]
    public Task Does_not_run_what_takes_a_scoped_service_along() => NotFixedAsync(
        "void M(System.Data.Common.DbConnection connection) { var [|task|] = connection.OpenAsync(); }", Has.Runtime, UsesRuntime);

    private static void UsesRuntime(Microsoft.CodeAnalysis.Testing.ProjectState project) => Has.Source("Usings.cs", "global using AsyncGuard;")(project);
}
