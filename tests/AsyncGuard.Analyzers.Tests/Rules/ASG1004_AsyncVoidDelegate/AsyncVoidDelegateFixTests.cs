using AsyncGuard.Fixing;
using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>What async code becomes that was given to somebody who does not wait for it.</summary>
public sealed class AsyncVoidDelegateFixTests : RuleTests<AsyncVoidDelegateAnalyzer, AsyncVoidDelegateFix>
{
    private const string Fails = "\nTask FailAsync(int n = 0, CancellationToken token = default) => System.IO.File.ReadAllTextAsync(\"x\", token);";

    [Fact]
    public Task ForEach_becomes_a_loop() => Plain(
        AsyncVoidDelegateFix.Loop,
        """
        async Task M(System.Collections.Generic.List<int> all)
        {
            // each
            all.ForEach([|async|] n =>
            {
                if (n == 0)
                {
                    return; // nothing to do
                }

                await FailAsync(n);
            }); // of them
        }
        """,
        """
        async Task M(System.Collections.Generic.List<int> all)
        {
            // each
            foreach (var n in all)
            {
                if (n == 0)
                {
                    continue; // nothing to do
                }

                await FailAsync(n);
            } // of them
        }
        """);

    [Fact]
    public Task ForEach_of_one_expression_becomes_a_loop() => Plain(
        AsyncVoidDelegateFix.Loop,
        """
        async Task M(System.Collections.Generic.List<int> all)
        {
            all.ForEach([|async|] n => await FailAsync(n));
        }
        """,
        """
        async Task M(System.Collections.Generic.List<int> all)
        {
            foreach (var n in all)
            {
                await FailAsync(n);
            }
        }
        """);

    [Fact]
    public Task Array_ForEach_becomes_a_loop_in_a_function_that_returned_a_task() => Plain(
        AsyncVoidDelegateFix.Loop,
        """
        Task M(int[] all)
        {
            Array.ForEach(all, [|async|] n => await FailAsync(n));
            return Task.CompletedTask;
        }
        """,
        """
        async Task M(int[] all)
        {
            foreach (var n in all)
            {
                await FailAsync(n);
            }
        }
        """);

    [Fact]
    public Task An_extension_called_ForEach_becomes_a_loop() => FixesAsync(
        AsyncVoidDelegateFix.Loop,
        "async Task M(System.Collections.Generic.IEnumerable<int> all)\n{\n    all.ForEach([|async|] n => await FailAsync(n));\n}" + Fails,
        "async Task M(System.Collections.Generic.IEnumerable<int> all)\n{\n    foreach (var n in all)\n    {\n        await FailAsync(n);\n    }\n}" + Fails,
        Has.Source("Extensions.cs", "static class Extensions { public static void ForEach<T>(this System.Collections.Generic.IEnumerable<T> all, System.Action<T> act) { foreach (var each in all) { act(each); } } }"));

    [Fact]
    public Task A_return_in_a_loop_of_its_own_could_not_go_on() => Plain(
        GuardedBody.ByCatch,
        """
        async Task M(System.Collections.Generic.List<int> all)
        {
            all.ForEach([|async|] n =>
            {
                while (n > 0)
                {
                    return;
                }

                await FailAsync(n);
            });
            await Task.Yield();
        }
        """,
        """
        async Task M(System.Collections.Generic.List<int> all)
        {
            all.ForEach(async n =>
            {
                try
                {
                    while (n > 0)
                    {
                        return;
                    }

                    await FailAsync(n);
                }
                catch (Exception ex)
                {
                    Console.Error.WriteLine(ex);
                }
            });
            await Task.Yield();
        }
        """);

    [Fact]
    public Task Parallel_ForEach_is_awaited() => Plain(
        AsyncVoidDelegateFix.Parallel,
        """
        async Task M(int[] all)
        {
            Parallel.ForEach(all, [|async|] n =>
            {
                await FailAsync(n); // slowly
            });
        }
        """,
        """
        async Task M(int[] all)
        {
            await Parallel.ForEachAsync(all, async (n, ct) =>
            {
                await FailAsync(n, ct); // slowly
            });
        }
        """);

    [Fact]
    public Task Parallel_ForEach_passes_the_token_at_hand() => Plain(
        AsyncVoidDelegateFix.Parallel,
        "async Task M(int[] all, CancellationToken stop) { Parallel.ForEach(all, [|async|] n => await FailAsync(n)); }",
        "async Task M(int[] all, CancellationToken stop) { await Parallel.ForEachAsync(all, stop, async (n, ct) => await FailAsync(n, ct)); }");

    [Fact]
    public Task Parallel_ForEach_keeps_its_options() => Plain(
        AsyncVoidDelegateFix.Parallel,
        "async Task M(int[] all, CancellationToken stop) { Parallel.ForEach(all, new ParallelOptions { CancellationToken = stop }, [|async|] n => await FailAsync(n)); }",
        "async Task M(int[] all, CancellationToken stop) { await Parallel.ForEachAsync(all, new ParallelOptions { CancellationToken = stop }, async (n, ct) => await FailAsync(n, ct)); }");

    [Fact]
    public Task Parallel_For_is_awaited() => Plain(
        AsyncVoidDelegateFix.Parallel,
        "async Task M() { Parallel.For(0, 9, [|async|] n => await System.IO.File.ReadAllTextAsync(\"x\", CancellationToken.None)); }",
        "async Task M() { await Parallel.ForAsync(0, 9, async (n, _) => await System.IO.File.ReadAllTextAsync(\"x\", CancellationToken.None)); }");

    [Fact]
    public Task A_thread_is_run_supervised() => Supervised(
        AsyncVoidDelegateFix.Run,
        """
        void M()
        {
            // later
            new Thread([|async|] () =>
            {
                await FailAsync(1);
            }) { IsBackground = true }.Start(); // soon
        }
        """,
        """
        void M()
        {
            // later
            Supervisor.Default.Run("M", async ct =>
            {
                await FailAsync(1, ct);
            }); // soon
        }
        """);

    [Fact]
    public Task A_thread_is_awaited() => Plain(
        AsyncVoidDelegateFix.Await,
        "async Task M() { new Thread([|async|] () => await FailAsync(1)).Start(); }",
        "async Task M() { await Task.Run(async () => await FailAsync(1)); }");

    [Fact]
    public Task A_work_item_is_run_supervised() => Supervised(
        AsyncVoidDelegateFix.Run,
        "void M() { ThreadPool.QueueUserWorkItem([|async|] _ => await FailAsync(1)); }",
        "void M() { Supervisor.Default.Run(\"M\", async ct => await FailAsync(1, ct)); }");

    [Fact]
    public Task A_discarded_work_item_is_run_supervised() => Supervised(
        AsyncVoidDelegateFix.Run,
        "void M() { _ = ThreadPool.QueueUserWorkItem([|async|] delegate { await FailAsync(1); }); }",
        "void M() { Supervisor.Default.Run(\"M\", async ct => { await FailAsync(1, ct); }); }");

    [Fact]
    public Task A_work_item_that_reads_its_state_is_guarded() => FixesAsync(
        "void M() { ThreadPool.QueueUserWorkItem(async state => await FailAsync((int)state), 1); }".Replace("async", "[|async|]", StringComparison.Ordinal) + Fails,
        "void M() { ThreadPool.QueueUserWorkItem(async state =>\n{\n    try\n    {\n        await FailAsync((int)state);\n    }\n    catch (Exception ex)\n    {\n        Console.Error.WriteLine(ex);\n    }\n}, 1); }" + Fails);

    [Fact]
    public Task A_new_task_is_run_supervised() => Supervised(
        AsyncVoidDelegateFix.Run,
        "void M() { new Task([|async|] () => await FailAsync(1)).Start(); }",
        "void M() { Supervisor.Default.Run(\"M\", async ct => await FailAsync(1, ct)); }");

    [Fact]
    public Task A_registration_runs_supervised_work() => Supervised(
        AsyncVoidDelegateFix.Run,
        "void M(CancellationToken stop) { stop.Register([|async|] () => await FailAsync(1)); }",
        "void M(CancellationToken stop) { stop.Register(() => Supervisor.Default.Run(\"M\", async ct => await FailAsync(1, ct))); }");

    [Fact]
    public Task A_registration_with_state_runs_supervised_work() => Supervised(
        AsyncVoidDelegateFix.Run,
        "void M(CancellationToken stop) { stop.Register([|async|] _ => await FailAsync(1), null); }",
        "void M(CancellationToken stop) { stop.Register(_ => Supervisor.Default.Run(\"M\", async ct => await FailAsync(1, ct)), null); }");

    [Fact]
    public Task A_timer_becomes_a_supervised_period() => Supervised(
        AsyncVoidDelegateFix.Every,
        """
        void M()
        {
            _ = new Timer([|async|] _ =>
            {
                await FailAsync(1);
            }, null, 0, 1000); // forever
        }
        """,
        """
        void M()
        {
            Supervisor.Default.Every("M", TimeSpan.FromMilliseconds(1000), async ct =>
            {
                await FailAsync(1, ct);
            }); // forever
        }
        """);

    [Fact]
    public Task A_timer_in_a_variable_becomes_a_supervised_period() => Supervised(
        AsyncVoidDelegateFix.Every,
        "void M() { var timer = new Timer([|async|] _ => await FailAsync(1), null, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)); GC.KeepAlive(timer); }",
        "void M() { var timer = Supervisor.Default.Every(\"M\", TimeSpan.FromMinutes(1), async ct => await FailAsync(1, ct), new SupervisionOptions { InitialDelay = TimeSpan.FromSeconds(5) }); GC.KeepAlive(timer); }");

    [Fact]
    public Task A_timer_in_a_field_becomes_a_supervised_period_that_is_stopped_where_it_was_disposed() => Supervised(
        AsyncVoidDelegateFix.Every,
        """
        private Timer _timer;

        void Start()
        {
            _timer = new Timer([|async|] _ => await FailAsync(1), null, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        }

        void Stop()
        {
            _timer?.Change(Timeout.Infinite, 0);
            this._timer.Dispose(); // over
            _timer = null;
        }
        """,
        """
        private SupervisedTask _timer;

        void Start()
        {
            _timer = Supervisor.Default.Every("Start", TimeSpan.FromMinutes(1), async ct => await FailAsync(1, ct));
        }

        void Stop()
        {
            _ = _timer?.StopAsync();
            _ = this._timer.StopAsync(); // over
            _timer = null;
        }
        """);

    [Fact]
    public Task A_timer_in_a_typed_local_becomes_a_supervised_period_whose_end_is_awaited() => Supervised(
        AsyncVoidDelegateFix.Every,
        "async Task M() { Timer timer = new([|async|] _ => await FailAsync(1), null, 0, 1000); await Task.Delay(9); await timer.DisposeAsync(); }",
        "async Task M() { SupervisedTask timer = Supervisor.Default.Every(\"M\", TimeSpan.FromMilliseconds(1000), async ct => await FailAsync(1, ct)); await Task.Delay(9); await timer.StopAsync(); }");

    [Fact]
    public Task A_timer_that_others_set_anew_is_guarded() => FixesAsync(
        GuardedBody.ByRuntime,
        "using AsyncGuard;\nTimer _timer;\nvoid M() { _timer = new Timer([|async|] _ => await FailAsync(1), null, 0, 1000); _timer.Change(5, 5); }" + Fails,
        "using AsyncGuard;\nTimer _timer;\nvoid M() { _timer = new Timer(async _ => await Guard.TryAsync(\"M\", ct => FailAsync(1, ct)), null, 0, 1000); _timer.Change(5, 5); }" + Fails,
        Has.Runtime);

    [Fact]
    public Task A_timer_of_one_shot_is_guarded() => FixesAsync(
        GuardedBody.ByRuntime,
        "using AsyncGuard;\nvoid M() { _ = new Timer([|async|] _ => await FailAsync(1), null, 100, Timeout.Infinite); }" + Fails,
        "using AsyncGuard;\nvoid M() { _ = new Timer(async _ => await Guard.TryAsync(\"M\", ct => FailAsync(1, ct)), null, 100, Timeout.Infinite); }" + Fails,
        Has.Runtime);

    [Fact]
    public Task A_method_that_is_given_away_is_guarded_where_it_stands() => Plain(
        GuardedBody.ByCatch,
        "void M() { _ = new Timer([|OnTick|], null, 0, 100); }\n\nasync void OnTick(object state)\n{\n    await FailAsync(1);\n}",
        "void M() { _ = new Timer(OnTick, null, 0, 100); }\n\nasync void OnTick(object state)\n{\n    try\n    {\n        await FailAsync(1);\n    }\n    catch (Exception ex)\n    {\n        Console.Error.WriteLine(ex);\n    }\n}");

    [Fact]
    public Task A_method_of_another_file_is_not_guarded_from_afar() => NotFixedAsync(
        "void M() { new Thread([|Jobs.Go|]).Start(); }".Replace("[|Jobs.Go|]", "Jobs.[|Go|]", StringComparison.Ordinal),
        Has.Source("Jobs.cs", "static class Jobs { public static async void Go() => await System.IO.File.ReadAllTextAsync(\"x\"); }"));

    [Fact]
    public Task Any_other_delegate_is_guarded() => FixesAsync(
        GuardedBody.ByRuntime,
        "using AsyncGuard;\nAction M() => [|async|] () => await FailAsync(1);" + Fails,
        "using AsyncGuard;\nAction M() => async () => await Guard.TryAsync(\"M\", ct => FailAsync(1, ct));" + Fails,
        Has.Runtime);

    [Fact]
    public Task All_delegates_of_a_document_are_guarded() => FixesAsync(
        GuardedBody.ByRuntime,
        "using AsyncGuard;\nAction M() => [|async|] () => await FailAsync(1);\nAction N() => [|async|] () => await FailAsync(2);" + Fails,
        "using AsyncGuard;\nAction M() => async () => await Guard.TryAsync(\"M\", ct => FailAsync(1, ct));\nAction N() => async () => await Guard.TryAsync(\"N\", ct => FailAsync(2, ct));" + Fails,
        Has.Runtime);

    private static Task Plain(string offer, string before, string after) => FixesAsync(offer, before + Fails, after + Fails);

    private static Task Supervised(string offer, string before, string after) =>
        FixesAsync(offer, "using AsyncGuard;\n" + before + Fails, "using AsyncGuard;\n" + after + Fails, Has.Runtime);
}
