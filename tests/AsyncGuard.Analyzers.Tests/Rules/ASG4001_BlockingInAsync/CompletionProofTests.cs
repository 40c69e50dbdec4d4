using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>More proofs that a task is complete where it is read, and what is none; the users of other analyzers have asked for most of these.</summary>
public sealed class CompletionProofTests : RuleTests<BlockingInAsyncAnalyzer>
{
    [Theory]
    [InlineData("await Task.WhenAll([t, u]); return t.Result;")]
    [InlineData("await Task.WhenAll(t, u); return (all.Length > 1 ? t : u).Result;")]
    [InlineData("await Task.WhenAll([t, .. all]); return all[0].Result + t.Result;")]
    [InlineData("var both = new[] { t, u }; await Task.WhenAll(both); return t.Result;")]
    [InlineData("var both = new List<Task> { t, u }; await Task.WhenAll(both); return t.Result;")]
    [InlineData("await Task.WhenAll(all.Append(t)); return all[0].Result + t.Result;")]
    [InlineData("await Task.WhenAll(all.Concat(more)); return all.Sum(x => x.Result) + more.Sum(x => x.Result);")]
    [InlineData("await Task.WhenAll(all); return all.Select(x => x.Result).Sum();")]
    [InlineData("await Task.WhenAll(all); return all.Where(x => x.IsCompleted).ToList()[0].Result;")]
    [InlineData("await Task.WhenAll(all); return (from x in all select x.Result).Sum();")]
    [InlineData("await Task.WhenAll(all); var first = all[0]; return first.Result;")]
    [InlineData("var first = all[0]; await Task.WhenAll(all); return first.Result;")]
    [InlineData("await Task.WhenAll(all); return all.First().Result + all[^1].Result;")]
    [InlineData("await Task.WhenAll(all); var n = 0; for (var i = 0; i < all.Length; i++) { n += all[i].Result; } return n;")]
    [InlineData("var work = new[] { 1, 2 }.Select(n => OtherAsync()).ToList(); await Task.WhenAll(work); return work.Max(w => w.Result);")]
    [InlineData("var work = all.ToDictionary(x => x.Id); await Task.WhenAll(work.Values); return work[1].Result;")]
    [InlineData("var work = all.ToDictionary(x => x.Id); await Task.WhenAll(work.Values); return work.TryGetValue(1, out var found) ? found.Result : 0;")]
    [InlineData("var work = all.ToDictionary(x => x.Id); await Task.WhenAll(work.Values); var n = 0; foreach (var (id, x) in work) { n += x.Result; } return n;")]
    [InlineData("var work = all.ToDictionary(x => x.Id); await Task.WhenAll(work.Select(x => x.Value)); return work.Sum(pair => pair.Value.Result);")]
    [InlineData("await Task.WhenAll(_jobs.Values); return _jobs[1].Result + _jobs.Values.Sum(x => x.Result);")]
    [InlineData("await Task.WhenAll(_jobs.Values); return _jobs.ToDictionary(p => p.Key, p => p.Value.Result).Count;")]
    [InlineData("await Task.WhenAll(other._many); return other._many[0].Result;")]
    [InlineData("await WhenAllAsync(t, u); return t.Result; static Task WhenAllAsync(Task a, Task b) => Task.WhenAll(a, b);")]
    [InlineData("var (a, d) = (OtherAsync(), OtherAsync()); await Task.WhenAll(a, d); return a.Result + d.Result;")]
    [InlineData("var pair = (A: t, B: u); await Task.WhenAll(pair.A, pair.B); return pair.A.Result;")]
    [InlineData("var inner = Task.WhenAll(t, u); await Task.WhenAll(inner, all[0]); return t.Result;")]
    [InlineData("foreach (var x in all) { var n = await x; if (n > 9) { continue; } } return all[0].Result;")]
    [InlineData("foreach (var x in all) { GC.KeepAlive(x); await x.ConfigureAwait(false); } return all[0].Result;")]
    public Task Is_silent_behind_all_of_several(string body) => In(body);

    [Theory]
    [InlineData("var done = await Task.WhenAny(t, Task.Delay(9, c)); if (done != t) { throw new TimeoutException(); } return t.Result;")]
    [InlineData("var delay = Task.Delay(9, c); if (await Task.WhenAny(t, delay) == delay) { throw new TimeoutException(); } return t.Result;")]
    [InlineData("var delay = Task.Delay(9, c); var done = await Task.WhenAny(t, delay); if (done == delay) { return 0; } return t.Result;")]
    [InlineData("var won = await Task.WhenAny(t, Task.Delay(9, c)) == t; return won ? t.Result : 0;")]
    [InlineData("if (ReferenceEquals(await Task.WhenAny(t, Task.Delay(9, c)), t)) { return t.Result; } return 0;")]
    [InlineData("var done = await Task.WhenAny(t, Task.Delay(9, c)); if (done.Equals(t)) { return t.Result; } return 0;")]
    [InlineData("var both = Task.WhenAll(t, u); if (await Task.WhenAny(both, Task.Delay(9, c)) != both) { return 0; } return t.Result;")]
    [InlineData("await Task.WhenAny(t); return t.Result;")]
    [InlineData("var open = all.ToList(); var n = 0; while (open.Count > 0) { var done = await Task.WhenAny(open); open.Remove(done); n += done.Result; } return n;")]
    [InlineData("Task<int> done; do { done = await Task.WhenAny(all); } while (done.Result > 1); return 0;")]
    [InlineData("while (await Task.WhenAny(t, Task.Delay(9, c)) != t) { GC.KeepAlive(c); } return t.Result;")]
    [InlineData("await foreach (var done in Task.WhenEach(all)) { return done.Result; } return 0;")]
    public Task Is_silent_behind_a_race(string body) => In(body);

    [Theory]
    [InlineData("if (t.IsCompleted == true) { return t.Result; } return 0;")]
    [InlineData("if (false == t.IsCompleted) { return 0; } return t.Result;")]
    [InlineData("if (t.IsCompleted is false) { return 0; } return t.Result;")]
    [InlineData("if (t.IsCompleted is not true) { return 0; } return t.Result;")]
    [InlineData("if (t is { IsCompleted: false }) { return 0; } return t.Result;")]
    [InlineData("if (t is not { IsCompletedSuccessfully: true }) { return 0; } return t.Result;")]
    [InlineData("if (t is { IsCompletedSuccessfully: true } done) { return done.Result; } return 0;")]
    [InlineData("return t is { IsCompletedSuccessfully: true, Result: > 1 } ? 1 : 0;")]
    [InlineData("return t is { IsCompletedSuccessfully: true, Result: var n } ? n : 0;")]
    [InlineData("switch (t) { case { IsCompletedSuccessfully: true, Result: var n }: return n; default: return 0; }")]
    [InlineData("if (maybe?.IsCompleted == true) { return maybe.Result; } return 0;")]
    [InlineData("if (maybe?.IsCompletedSuccessfully ?? false) { return maybe.Result; } return 0;")]
    [InlineData("return maybe is { IsCompleted: true } ? maybe.Result : 0;")]
    [InlineData("if (t.IsCompleted & b) { return t.Result; } return 0;")]
    [InlineData("var done = t.IsCompleted; if (done) { return t.Result; } return 0;")]
    [InlineData("var done = t.IsCompleted && b; if (!done) { return 0; } return t.Result;")]
    [InlineData("if (t.Status >= TaskStatus.RanToCompletion) { return t.Result; } return 0;")]
    [InlineData("if (t.Status is >= TaskStatus.RanToCompletion) { return t.Result; } return 0;")]
    [InlineData("if (t.Status is not (TaskStatus.RanToCompletion or TaskStatus.Faulted)) { return 0; } return t.Result;")]
    [InlineData("if (t.Exception != null) { GC.KeepAlive(t.Result); } return 0;")]
    [InlineData("if (t.Exception is not null) { GC.KeepAlive(t.Result); } return 0;")]
    [InlineData("switch (t.IsCompleted) { case true: return t.Result; default: return 0; }")]
    [InlineData("return t.IsCompleted switch { true => t.Result, false => 0 };")]
    [InlineData("return t switch { var x when x.IsCompleted => x.Result, _ => 0 };")]
    [InlineData("switch (b) { case true: await t; return t.Result; default: return 0; }")]
    [InlineData("while (!t.IsCompleted) { await Task.Delay(1, c); if (b) { return 0; } } return t.Result;")]
    [InlineData("for (; !t.IsCompleted;) { await Task.Delay(1, c); } return t.Result;")]
    [InlineData("if (t.IsFaulted) { return 0; } else if (t.IsCompleted) { return t.Result; } return 1;")]
    [InlineData("var both = Task.WhenAll(t, u); return both.IsCompletedSuccessfully ? t.Result : 0;")]
    [InlineData("if (all.All(x => x.IsCompleted)) { return all[0].Result; } return 0;")]
    [InlineData("if (all.Any(x => !x.IsCompleted)) { return 0; } return all.Sum(x => x.Result);")]
    [InlineData("return all.Where(x => x.IsCompletedSuccessfully).Select(x => x.Result).Sum();")]
    [InlineData("var n = 0; foreach (var x in all.Where(x => x.Status == TaskStatus.RanToCompletion)) { n += x.Result; } return n;")]
    [InlineData("return all.First(x => x.IsCompleted).Result;")]
    [InlineData("var ready = all.FirstOrDefault(x => x.IsCompleted); return ready?.Result ?? 0;")]
    [InlineData("var n = 0; foreach (var x in all) { if (!x.IsCompleted) { continue; } n += x.Result; } return n;")]
    public Task Is_silent_behind_a_test(string body) => In(body);

    [Theory]
    [InlineData("await t.WaitAsync(TimeSpan.FromSeconds(1)); return t.Result;")]
    [InlineData("await t.ContinueWith(_ => { }, TaskScheduler.Default); return t.Result;")]
    [InlineData("try { await t; } catch (Exception) { GC.KeepAlive(t.Result); } return 0;")]
    [InlineData("try { await t; } finally { GC.KeepAlive(t.Result); } return 0;")]
    [InlineData("try { b = await t > 1; } catch (Exception) { } return t.Result;")]
    [InlineData("try { await Task.WhenAll(t, u); } catch (Exception) { } return u.Result;")]
    [InlineData("try { GC.KeepAlive(c); await t; } catch (Exception) { return 0; } return t.Result;")]
    [InlineData("try { GC.KeepAlive(c); await t; } catch (Exception) { throw; } return t.Result;")]
    [InlineData("return await t + t.Result;")]
    [InlineData("return Math.Max(await t, t.Result);")]
    [InlineData("return await t > 1 ? t.Result : 0;")]
    [InlineData("foreach (var x in new[] { await t }) { return t.Result; } return 0;")]
    [InlineData("while (await t > 1) { return t.Result; } return 0;")]
    [InlineData("if (t is Task<int> typed) { await t; return typed.Result; } return 0;")]
    [InlineData("Task plain = t; await plain; return ((Task<int>)plain).Result;")]
    [InlineData("object any = t; await (Task)any; return ((Task<int>)any).Result;")]
    [InlineData("var same = t; await t; return same.Result;")]
    [InlineData("using (new System.IO.MemoryStream()) { await t; return t.Result; }")]
    [InlineData("if (b) { await t; } else { return 0; } return t.Result;")]
    [InlineData("await t; return Read(); int Read() => 1 + Peek().Result; Task<int> Peek() => t;")]
    [InlineData("await t; return await ReadAsync(); async Task<int> ReadAsync() { await Task.Yield(); return t.Result; }")]
    [InlineData("var a = t.GetAwaiter(); if (a.IsCompleted) { return a.GetResult(); } return 0;")]
    [InlineData("var a = t.GetAwaiter(); a.OnCompleted(async () => { await Task.Yield(); GC.KeepAlive(a.GetResult()); }); return 0;")]
    [InlineData("return await t.ContinueWith(async _ => { await Task.Yield(); return t.Result; }, c).Unwrap();")]
    [InlineData("return await Task.WhenAll(t, u).ContinueWith(async _ => { await Task.Yield(); return t.Result + u.Result; }, c).Unwrap();")]
    [InlineData("return await Task.Factory.ContinueWhenAll(all, async done => { await Task.Yield(); return done[0].Result + done.Sum(x => x.Result); }).Unwrap();")]
    [InlineData("return await t.ContinueWith(DoneAsync, c).Unwrap(); async Task<int> DoneAsync(Task<int> x) { await Task.Yield(); return x.Result; }")]
    [InlineData("Assert.True(t.IsCompleted); return t.Result;")]
    [InlineData("var s = new TaskCompletionSource<int>(); s.SetResult(1); return s.Task.Result;")]
    [InlineData("return Done.Result;")]
    [InlineData("return new ValueTask<int>(1).Result;")]
    [InlineData("var r = b ? Task.FromResult(1) : Task.FromResult(2); return r.Result;")]
    [InlineData("Task.FromException(new InvalidOperationException()).Wait(c); return 0;")]
    [InlineData("var v = ValueTask.FromResult(1); return v.Result;")]
    public Task Is_silent_behind_an_await_or_a_making(string body) => In(body);

    [Theory]
    [InlineData("await Task.WhenAll(more); return all[0].[|Result|];")]
    [InlineData("await Task.WhenAll(all); return all.Concat(more).Sum(x => Number(x)) + more[0].[|Result|];")]
    [InlineData("await Task.WhenAll(other._many); return other._field.[|Result|];")]
    [InlineData("await Task.WhenAll(other._many); return other.StartAsync().[|Result|];")]
    [InlineData("await Task.WhenAll(new[] { 1 }.Select(n => OtherAsync())); return OtherAsync().[|Result|];")]
    [InlineData("var delay = Task.Delay(9, c); await Task.WhenAny(t, delay); return t.[|Result|];")]
    [InlineData("var delay = Task.Delay(9, c); var done = await Task.WhenAny(t, u, delay); if (done == delay) { return 0; } return t.[|Result|];")]
    [InlineData("if (await Task.WhenAny(t, u) == t) { return u.[|Result|]; } return 0;")]
    [InlineData("if (!t.IsFaulted) { return t.[|Result|]; } return 0;")]
    [InlineData("if (t.IsFaulted || b) { return t.[|Result|]; } return 0;")]
    [InlineData("if (t is { IsCompleted: false, Id: 1 }) { return 0; } return t.[|Result|];")]
    [InlineData("if (t.Status > TaskStatus.WaitingForActivation) { return t.[|Result|]; } return 0;")]
    [InlineData("if (t.Exception == null) { return t.[|Result|]; } return 0;")]
    [InlineData("while (!t.IsCompleted) { await Task.Delay(1, c); if (b) { break; } } return t.[|Result|];")]
    [InlineData("foreach (var x in all) { if (x.Id > 1) { continue; } await x; } return all[0].[|Result|];")]
    [InlineData("if (all.Any(x => x.IsCompleted)) { return all[0].[|Result|]; } return 0;")]
    [InlineData("return all.Where(x => x.Id > 1).First().[|Result|];")]
    [InlineData("try { await t.WaitAsync(c); } catch (OperationCanceledException) { } return t.[|Result|];")]
    [InlineData("try { await t.WaitAsync(TimeSpan.FromSeconds(1)); } catch (TimeoutException) { } return t.[|Result|];")]
    [InlineData("await t.ContinueWith(_ => { }, c); await u; return t.[|Result|];")]
    [InlineData("return t.[|Result|] + await t;")]
    [InlineData("return b ? await t : t.[|Result|];")]
    [InlineData("var n = await ReadAsync(); await t; return n; async Task<int> ReadAsync() { await Task.Yield(); return t.[|Result|]; }")]
    [InlineData("var old = t; t = OtherAsync(); await t; return old.[|Result|];")]
    [InlineData("return t is { Result: > 1 } ? 1 : 0;", "Result")]
    [InlineData("var done = b || t.IsCompleted; return done ? t.[|Result|] : 0;")]
    [InlineData("return await u.ContinueWith(async _ => { await Task.Yield(); return t.[|Result|]; }, c).Unwrap();")]
    [InlineData("return await Task.Run(async () => { await Task.Yield(); return t.[|Result|]; });")]
    [InlineData("var r = b ? Task.FromResult(1) : OtherAsync(); return r.[|Result|];")]
    [InlineData("return Started.[|Result|];")]
    [InlineData("return new ValueTask<int>(t).[|Result|];")]
    [InlineData("var s = new TaskCompletionSource<int>(); return s.Task.[|Result|];")]
    [InlineData("switch (b) { case true: await t; break; default: break; } return t.[|Result|];")]
    public Task Reports_where_that_is_no_proof(string body, string? mark = null) => In(mark is null ? body : body.Replace($"{mark}:", $"[|{mark}|]:", StringComparison.Ordinal));

    private static Task In(string body) => ReportsAsync(
        $$"""
        using System.Collections.Generic;
        using System.Linq;

        static readonly Task<int> Done = Task.FromResult(1);
        static readonly Task<int> Started = OtherAsync();
        readonly Dictionary<int, Task<int>> _jobs = new();
        readonly Task<int>[] _many = [];
        Task<int> _field = Task.FromResult(1);

        async Task<int> M(Task<int> t, Task<int> u, Task<int>? maybe, Task<int>[] all, Task<int>[] more, bool b, CancellationToken c, Subject other)
        {
            await Task.Yield();
            {{body}}
        }

        Task<int> StartAsync() => OtherAsync();
        static async Task<int> OtherAsync() { await Task.Yield(); return 1; }
        static int Number(Task<int> t) => t.Id;
        static class Assert { public static void True(bool condition) { if (!condition) { throw new InvalidOperationException(); } } }
        """);
}
