using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>The ways through the code that holds a semaphore: by which it stays taken, and by which it does not or nobody can tell.</summary>
public sealed class HeldWaysTests : RuleTests<KeptSemaphoreAnalyzer>
{
    [Theory]
    [InlineData("await _gate.[|WaitAsync|](); await WorkAsync(); _gate?.Release();")]
    [InlineData("if (n > 0 && await _gate.[|WaitAsync|](0)) { await WorkAsync(); _gate.Release(); }")]
    [InlineData("bool got; got = await _gate.[|WaitAsync|](0); if (!got) { return; } await WorkAsync(); _gate.Release();")]
    [InlineData("if (!await _gate.[|WaitAsync|](0)) { return; } else { await WorkAsync(); _gate.Release(); }")]
    [InlineData("if (!await _gate.[|WaitAsync|](0)) { throw new FormatException(); } await WorkAsync(); _gate.Release();")]
    [InlineData("while (n > 0) { if (!await _gate.[|WaitAsync|](0)) { continue; } await WorkAsync(); _gate.Release(); }")]
    [InlineData("var got = await _gate.[|WaitAsync|](0); if (got) { await WorkAsync(); _gate.Release(); }")]
    [InlineData("var got = await _gate.[|WaitAsync|](0); if (!got) { return; } await WorkAsync(); if (n > 0) { n++; } _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); using (var s = new System.IO.MemoryStream()) { await WorkAsync(); _gate.Release(); }")]
    [InlineData("await _gate.[|WaitAsync|](); lock (this) { System.IO.File.Delete(\"x\"); _gate.Release(); }")]
    [InlineData("await _gate.[|WaitAsync|](); { await WorkAsync(); } _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); ; await WorkAsync(); _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); Local(); void Local() { } await WorkAsync(); _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); await WorkAsync(); var left = _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); if (System.IO.File.ReadAllText(\"x\") == \"\") { n++; } _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); if (n > 0) { n++; } else { return; } _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); if (n > 0) { _gate.Release(); } else { await WorkAsync(); _gate.Release(); }")]
    [InlineData("await _gate.[|WaitAsync|](); try { await WorkAsync(); } finally { n++; } _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); try { if (n > 0) { return; } await WorkAsync(); } catch (Exception e) { Console.WriteLine(e); } _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); try { n++; } catch (Exception) { await WorkAsync(); } _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); await WorkAsync(); GC.KeepAlive(_gate.CurrentCount); _gate.Release();")]
    [InlineData("try { Func<Task> work = async () => { await _gate.[|WaitAsync|](); await WorkAsync(); _gate.Release(); }; await work(); } finally { n++; }")]
    [InlineData("var own = new SemaphoreSlim(1); await own.[|WaitAsync|](); await WorkAsync(); own.Release();")]
    [InlineData("try { await _gate.[|WaitAsync|](); await WorkAsync(); _gate.Release(); } catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("try { _gate.Release(); } catch { await _gate.[|WaitAsync|](); await WorkAsync(); _gate.Release(); }")]
    [InlineData("try { Func<Task> work = async () => { await _gate.[|WaitAsync|](); await WorkAsync(); _gate.Release(); }; await work(); } finally { _gate.Release(); }")]
    [InlineData("try { await DoAsync(); async Task DoAsync() { await _gate.[|WaitAsync|](); await WorkAsync(); _gate.Release(); } } finally { _gate.Release(); }")]
    [InlineData("while (n > 0) { await _gate.[|WaitAsync|](); await WorkAsync(); if (n > 3) { break; } else { _gate.Release(); } }")]
    [InlineData("var got = await _gate.[|WaitAsync|](0); var ok = n > 0; await WorkAsync(); if (!ok) { return; } _gate.Release();")]
    [InlineData("var ok = n > 0; var got = await _gate.[|WaitAsync|](0); if (!ok) { return; } _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); try { await WorkAsync(); } finally { _twin.Unlock(); } _gate.Release();")]
    [InlineData("await _gate.[|WaitAsync|](); Pool.Release(); await WorkAsync(); _gate.Release();")]
    public Task Reports(string code) => In(code);

    [Theory]
    [InlineData("await _own.WaitAsync(); await WorkAsync(); _own.Release();")]
    [InlineData("_own.Enter(); await WorkAsync(); _own.Exit();")]
    [InlineData("Own.Enter(this); await WorkAsync(); Own.Exit(this);")]
    [InlineData("if (n > 0 || await _gate.WaitAsync(0)) { await WorkAsync(); _gate.Release(); }")]
    [InlineData("if (!await _gate.WaitAsync(0)) { n++; } await WorkAsync(); _gate.Release();")]
    [InlineData("var got = await _gate.WaitAsync(0); await WorkAsync(); if (got) { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(); await WorkAsync(); while (n > 0) { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(); try { await WorkAsync(); _gate.Release(); } catch (FormatException) { _gate.Release(); } catch (System.IO.IOException) { throw; }")]
    [InlineData("await _gate.WaitAsync(); try { await WorkAsync(); } catch (Exception) { _gate.Release(); } _gate.Release();")]
    [InlineData("try { await _gate.WaitAsync(); await WorkAsync(); } catch { _gate.Release(); throw; } _gate.Release();")]
    [InlineData("await _gate.WaitAsync(); try { await WorkAsync(); } finally { this.Unlock(); } if (n > 9) { _gate.Release(); }")]
    [InlineData("var same = _gate; await _gate.WaitAsync(); await WorkAsync(); _gate.Release();")]
    [InlineData("SemaphoreSlim same; same = _gate; await _gate.WaitAsync(); await WorkAsync(); _gate.Release();")]
    [InlineData("try { await _gate.WaitAsync(); await WorkAsync(); _gate.Release(); } catch { _gate.Release(); throw; }")]
    [InlineData("try { await _gate.WaitAsync(); await WorkAsync(); _gate.Release(); } catch { Unlock(); throw; }")]
    [InlineData("await _gate.WaitAsync(); again: await WorkAsync(); if (n > 3) { goto again; } _gate.Release();")]
    [InlineData("await _gate.WaitAsync(); await WorkAsync(); while (n > 0) { _gate.Release(); } _gate.Release();")]
    [InlineData("await _gate.WaitAsync(); await WorkAsync(); if (n > 0) { n++; } else { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(); try { await WorkAsync(); } finally { n++; } if (n > 9) { _gate.Release(); }")]
    [InlineData("await _gate.WaitAsync(); try { await WorkAsync(); } finally { this.Unlock(); } await _gate.WaitAsync(); _gate.Release();")]
    [InlineData("if (!await _gate.WaitAsync(0) && n > 0) { return; } await WorkAsync(); _gate.Release();")]
    [InlineData("var missed = !await _gate.WaitAsync(0); await WorkAsync(); _gate.Release();")]
    [InlineData("bool missed; missed = !await _gate.WaitAsync(0); await WorkAsync(); _gate.Release();")]
    [InlineData("if (n > 0) { var got = await _gate.WaitAsync(0); } _gate.Release();")]
    public Task Is_silent_on(string code) => In(code);

    [Theory]
    [InlineData("async Task<int> RunAsync(int n) { await _gate.[|WaitAsync|](); System.IO.File.Delete(\"x\"); return _gate.Release(); }")]
    [InlineData("async Task<bool> EnterAsync(int n) { await _gate.[|WaitAsync|](); if (n > 0) { return false; } _gate.Release(); return true; }")]
    [InlineData("async Task<bool> EnterAsync(int n) { await _gate.[|WaitAsync|](); System.IO.File.Delete(\"x\"); if (n > 0) { return true; } _gate.Release(); return false; }")]
    [InlineData("async Task<Subject> EnterAsync(int n) { await _gate.WaitAsync(); if (n > 0) { return this; } _gate.Release(); return null; }")]
    [InlineData("async Task<object> EnterAsync(int n) { await _gate.WaitAsync(); if (n > 0) { return (n, new object()); } _gate.Release(); return null; }")]
    [InlineData("async System.Collections.Generic.IAsyncEnumerable<int> RunAsync(int n) { await _gate.[|WaitAsync|](); if (n > 0) { yield break; } _gate.Release(); yield return n; }")]
    [InlineData("async System.Collections.Generic.IAsyncEnumerable<int> RunAsync(int n) { await _gate.[|WaitAsync|](); while (n > 0) { if (n == 3) { yield break; } n--; } _gate.Release(); yield return n; }")]
    public Task Goes_by_what_is_returned(string member) => ReportsAsync("readonly SemaphoreSlim _gate = new(1);\n" + member);

    [Theory]
    [InlineData("SemaphoreSlim _gate = new(1);\nasync Task RunAsync() { await _gate.[|WaitAsync|](); System.IO.File.Delete(\"x\"); _gate.Release(); _gate = new SemaphoreSlim(1); }")]
    [InlineData("readonly SemaphoreSlim _gate, _signal;\npublic Subject() { _gate = new SemaphoreSlim(1); _signal = new SemaphoreSlim(0); }\nasync Task RunAsync() { await _gate.[|WaitAsync|](); System.IO.File.Delete(\"x\"); _gate.Release(); _signal.Release(); }")]
    [InlineData("readonly object _lock = new();\nvoid Run() { Monitor.Wait(_lock); System.IO.File.Delete(\"x\"); Monitor.Exit(_lock); }")]
    public Task Goes_by_what_the_semaphore_is(string members) => ReportsAsync(members);

    private static Task In(string code) => ReportsAsync(
        $$"""
        readonly SemaphoreSlim _gate = new(1);
        readonly Own _own = new();
        async Task RunAsync(int n)
        {
            {{code}}
        }
        async Task WorkAsync() { await System.IO.File.ReadAllTextAsync("x"); }
        void Unlock() => _gate.Release();
        readonly Subject _twin = new();
        static class Pool { public static void Release() { } }
        sealed class Own
        {
            public Task WaitAsync() => Task.Delay(1);
            public void Release() { }
            public void Enter() { }
            public void Exit() { }
            public static void Enter(object it) { }
            public static void Exit(object it) { }
        }
        """);
}
