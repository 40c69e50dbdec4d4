using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>What is reported, and what is silent. What the fix writes stands in <see cref="KeptSemaphoreFixTests"/>.</summary>
public sealed class KeptSemaphoreTests : RuleTests<KeptSemaphoreAnalyzer>
{
    [Fact]
    public Task A_failure_before_the_try() => ReportsAsync(In("await _gate.[|WaitAsync|](); await WorkAsync(); try { await WorkAsync(); } finally { _gate.Release(); }"));

    [Fact]
    public Task A_failure_before_a_release_without_a_try() => ReportsAsync(In("await _gate.[|WaitAsync|](); await WorkAsync(); _gate.Release();"));

    [Fact]
    public Task A_blocking_wait() => ReportsAsync(In("_gate.[|Wait|](); await WorkAsync(); _gate.Release();"));

    [Fact]
    public Task A_configured_wait_with_a_token() => ReportsAsync(In("await _gate.[|WaitAsync|](stop).ConfigureAwait(false); await WorkAsync(); _gate.Release();"));

    [Fact]
    public Task A_return_before_the_release() => ReportsAsync(In("await _gate.[|WaitAsync|](); if (n > 0) { return; } n++; _gate.Release();"));

    [Fact]
    public Task A_return_before_the_try() => ReportsAsync(In("await _gate.[|WaitAsync|](); if (n > 0) return; try { await WorkAsync(); } finally { _gate.Release(); }"));

    [Fact]
    public Task A_throw_before_the_release() => ReportsAsync(In("await _gate.[|WaitAsync|](); if (n > 0) { throw new InvalidOperationException(); } _gate.Release();"));

    [Fact]
    public Task A_return_out_of_a_loop() => ReportsAsync(In("await _gate.[|WaitAsync|](); while (n > 0) { if (n == 3) { return; } n--; } _gate.Release();"));

    [Fact]
    public Task A_failure_in_a_using() => ReportsAsync(In("await _gate.[|WaitAsync|](); using (var file = System.IO.File.OpenRead(\"x\")) { n = file.ReadByte(); } _gate.Release();"));

    [Fact]
    public Task A_failure_in_the_branch_that_got_it() => ReportsAsync(In("if (await _gate.[|WaitAsync|](0)) { await WorkAsync(); _gate.Release(); }"));

    [Fact]
    public Task A_failure_after_the_branch_that_did_not_get_it() => ReportsAsync(In("if (!await _gate.[|WaitAsync|](0)) { return; } await WorkAsync(); _gate.Release();"));

    [Fact]
    public Task A_failure_after_an_answer_in_a_local() => ReportsAsync(In("var got = await _gate.[|WaitAsync|](0); if (!got) { return; } await WorkAsync(); _gate.Release();"));

    [Fact]
    public Task A_failure_where_another_branch_releases_and_leaves() => ReportsAsync(In("await _gate.[|WaitAsync|](); if (n > 0) { _gate.Release(); return; } await WorkAsync(); _gate.Release();"));

    [Fact]
    public Task A_failure_that_a_catch_takes_without_releasing() => ReportsAsync(In("await _gate.[|WaitAsync|](); try { await WorkAsync(); _gate.Release(); } catch (Exception e) { Console.WriteLine(e); }"));

    [Fact]
    public Task A_failure_that_a_releasing_catch_does_not_take() => ReportsAsync(In("await _gate.[|WaitAsync|](); try { await WorkAsync(); _gate.Release(); } catch (FormatException) { _gate.Release(); }"));

    [Fact]
    public Task A_failure_in_a_function_that_is_called() => ReportsAsync(In("await _gate.[|WaitAsync|](); Deep(); _gate.Release();") + "\nvoid Deep() => Deeper();\nvoid Deeper() => System.IO.File.Delete(\"x\");");

    [Fact]
    public Task A_monitor() => ReportsAsync("readonly object _lock = new();\nvoid Run() { Monitor.[|Enter|](_lock); System.IO.File.Delete(\"x\"); Monitor.Exit(_lock); }");

    [Fact]
    public Task A_lock_object() => ReportsAsync("readonly Lock _lock = new();\nvoid Run() { _lock.[|Enter|](); System.IO.File.Delete(\"x\"); _lock.Exit(); }");

    [Fact]
    public Task A_semaphore_of_the_system() => ReportsAsync("readonly Semaphore _s = new(1, 1);\nvoid Run() { _s.[|WaitOne|](); System.IO.File.Delete(\"x\"); _s.Release(); }");

    [Fact]
    public Task A_semaphore_of_another_object() => ReportsAsync("class Entry { public SemaphoreSlim Gate = new(1); }\nasync Task RunAsync(Entry e) { await e.Gate.[|WaitAsync|](); System.IO.File.Delete(\"x\"); e.Gate.Release(); }");

    [Fact]
    public Task A_local_semaphore_in_a_lambda() => ReportsAsync("Func<SemaphoreSlim, Task> Run() => async gate => { await gate.[|WaitAsync|](); System.IO.File.Delete(\"x\"); gate.Release(); };");

    [Fact]
    public Task A_semaphore_in_a_switch() => ReportsAsync(In("switch (n) { case 1: await _gate.[|WaitAsync|](); await WorkAsync(); _gate.Release(); break; }"));

    [Theory]
    [InlineData("await _gate.WaitAsync(); try { await WorkAsync(); } finally { _gate.Release(); }")]
    [InlineData("try { await _gate.WaitAsync(); await WorkAsync(); } finally { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(); try { await WorkAsync(); } finally { if (n > 0) { _gate.Release(); } }")]
    [InlineData("await _gate.WaitAsync(); try { await WorkAsync(); } finally { Unlock(); } void Unlock() => _gate.Release();")]
    [InlineData("if (!await _gate.WaitAsync(0)) { return; } try { await WorkAsync(); } finally { _gate.Release(); }")]
    [InlineData("if (!await _gate.WaitAsync(0)) { await WorkAsync(); return; } try { await WorkAsync(); } finally { _gate.Release(); }")]
    [InlineData("if (n > 0 && await _gate.WaitAsync(0)) { try { await WorkAsync(); } finally { _gate.Release(); } }")]
    [InlineData("var got = await _gate.WaitAsync(0); try { await WorkAsync(); } finally { if (got) { _gate.Release(); } }")]
    public Task Is_silent_where_a_finally_releases(string code) => SilentAsync(In(code));

    [Theory]
    [InlineData("await _gate.WaitAsync(); n++; _gate.Release();")]
    [InlineData("await _gate.WaitAsync(); Console.WriteLine(n); N = 3; try { await WorkAsync(); } finally { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(); var now = DateTime.UtcNow; try { await WorkAsync(); } finally { _gate.Release(); } GC.KeepAlive(now);")]
    [InlineData("await _gate.WaitAsync(); await Task.Delay(5); _gate.Release();")]
    [InlineData("await _gate.WaitAsync(); Safe(); _gate.Release();")]
    public Task Is_silent_where_nothing_fails(string code) => SilentAsync(In(code));

    [Theory]
    [InlineData("await _gate.WaitAsync(); try { await WorkAsync(); _gate.Release(); } catch { _gate.Release(); throw; }")]
    [InlineData("await _gate.WaitAsync(); try { await WorkAsync(); } catch (Exception e) { Console.WriteLine(e); } _gate.Release();")]
    [InlineData("await _gate.WaitAsync(); try { await WorkAsync(); } catch { _gate.Release(); throw; } _gate.Release();")]
    public Task Is_silent_where_a_catch_all_releases(string code) => SilentAsync(In(code));

    [Theory]
    [InlineData("await _gate.WaitAsync(); await WorkAsync();")]
    [InlineData("await _gate.WaitAsync(); await WorkAsync(); Unlock();")]
    [InlineData("await _gate.WaitAsync(); await Task.Run(async () => { try { await WorkAsync(); } finally { _gate.Release(); } });")]
    [InlineData("await _gate.WaitAsync(); await WorkAsync(); Give(_gate); _gate.Release();")]
    [InlineData("await _gate.WaitAsync(); await WorkAsync(); Action done = () => _gate.Release(); done(); _gate.Release();")]
    public Task Is_silent_where_others_release(string code) => SilentAsync(In(code) + "\nvoid Unlock() => _gate.Release();\nvoid Give(SemaphoreSlim s) => s.Release();");

    [Fact]
    public Task Is_silent_where_a_helper_releases_in_the_finally() => SilentAsync(
        In("await _gate.WaitAsync(); try { await WorkAsync(); } finally { Unlock(); } if (n > 9) { _gate.Release(); }") + "\nvoid Unlock() => _gate.Release();");

    [Fact]
    public Task Is_silent_on_a_lease_that_using_gives_back() => SilentAsync(
        """
        readonly SemaphoreSlim _gate = new(1);
        async Task RunAsync() { using var _ = await LockAsync(); System.IO.File.Delete("x"); }
        async Task<IDisposable> LockAsync() { await _gate.WaitAsync(); return new Lease(_gate); }
        async Task<IDisposable> TryLockAsync(string path)
        {
            await _gate.WaitAsync();
            if (path.Length > 0) { return new Lease(_gate); }
            _gate.Release();
            return null;
        }
        sealed class Lease(SemaphoreSlim gate) : IDisposable { public void Dispose() => gate.Release(); }
        """);

    [Fact]
    public Task Is_silent_where_the_answer_says_that_it_is_held() => SilentAsync(
        """
        readonly SemaphoreSlim _gate = new(1);
        async Task<bool> EnterAsync(int n)
        {
            await _gate.WaitAsync();
            if (n > 0) { return true; }
            _gate.Release();
            return false;
        }
        """);

    [Theory]
    [InlineData("readonly SemaphoreSlim _s = new(0);")]
    [InlineData("readonly SemaphoreSlim _s = new SemaphoreSlim(initialCount: 0, maxCount: 1);")]
    [InlineData("readonly SemaphoreSlim _s = new SemaphoreSlim(maxCount: 1, initialCount: 0);")]
    [InlineData("SemaphoreSlim _s { get; } = new(0);")]
    [InlineData("readonly SemaphoreSlim _s; public Subject() { _s = new SemaphoreSlim(0); }")]
    public Task Is_silent_on_a_signal(string declaration) => SilentAsync(declaration + "\nasync Task RunAsync() { await _s.WaitAsync(); System.IO.File.Delete(\"x\"); _s.Release(); }");

    [Fact]
    public Task Is_silent_on_a_local_signal() => SilentAsync("async Task RunAsync() { var s = new SemaphoreSlim(0); await s.WaitAsync(); System.IO.File.Delete(\"x\"); s.Release(); }");

    [Fact]
    public Task Is_silent_on_the_release_of_another_semaphore() => SilentAsync(In("await _gate.WaitAsync(); await WorkAsync(); _other.Release();"));

    [Fact]
    public Task Is_silent_on_a_wait_that_nobody_awaits() => SilentAsync(In("var wait = _gate.WaitAsync(); await WorkAsync(); await wait; _gate.Release();"));

    [Fact]
    public Task Is_silent_on_a_monitor_taken_with_a_flag() => SilentAsync(
        "readonly object _lock = new();\nvoid Run() { var taken = false; try { Monitor.Enter(_lock, ref taken); System.IO.File.Delete(\"x\"); } finally { if (taken) { Monitor.Exit(_lock); } } }");

    [Theory]
    [InlineData("A failure of 'WorkAsync'", "await WorkAsync();")]
    [InlineData("A 'return' before the release", "if (n > 0) { return; }")]
    [InlineData("A 'throw' before the release", "if (n > 0) { throw new FormatException(); }")]
    public Task Says_what_keeps_it(string what, string code) => SaysAsync(
        what + " keeps '_gate' taken for ever, and whoever waits for it next hangs; begin a try right after the wait and release in its finally",
        In($"await _gate.{{|#0:WaitAsync|}}(); {code} _gate.Release();"));

    [Fact]
    public Task Is_reported_by_this_rule_and_not_as_a_blocking_wait() => Assert.MultipleAsync(
        () => ReportsAsync(In("_gate.[|Wait|](); await WorkAsync(); _gate.Release();")),
        () => RuleTests<BlockingWaitAnalyzer>.SilentAsync(In("_gate.Wait(); await WorkAsync(); _gate.Release();")));

    private static string In(string code) =>
        $$"""
        readonly SemaphoreSlim _gate = new(1), _other = new(1);
        int N { get; set; }
        async Task RunAsync(int n, CancellationToken stop)
        {
            {{code}}
        }
        async Task WorkAsync() { await System.IO.File.ReadAllTextAsync("x"); }
        void Safe() { try { System.IO.File.Delete("x"); } catch (Exception e) { Console.WriteLine(e); } }
        """;

    [Theory]
    [InlineData("if (n > 0) { return; }", "return;")]
    [InlineData("if (n > 0) { throw new FormatException(); }", "throw new FormatException();")]
    public Task Shows_the_way_out(string code, string way) => ShowsAsync(In($"await _gate.WaitAsync(); {code} _gate.Release();"), way);

    [Fact]
    public Task Shows_what_fails_inside_the_call() => ShowsAsync(
        In("await _gate.WaitAsync(); await WorkAsync(); _gate.Release();"), "WorkAsync()", "System.IO.File.ReadAllTextAsync(\"x\")");
}
