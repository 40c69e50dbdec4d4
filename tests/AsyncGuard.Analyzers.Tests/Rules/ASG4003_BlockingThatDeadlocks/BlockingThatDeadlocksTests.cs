using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Where it is reported and where not.</summary>
public sealed class BlockingThatDeadlocksTests : RuleTests<BlockingThatDeadlocksAnalyzer>
{
    [Fact]
    public Task Says_what_happens_and_what_to_do() => SaysAsync(
        "'Result' blocks in a constructor, which deadlocks as soon as the task needs what is held meanwhile; create the object in an async method that awaits",
        "class C { int _n; public C(Task<int> t) { _n = t.{|#0:Result|}; GC.KeepAlive(_n); } }");

    [Theory]
    [InlineData("the initialisation of a type; keep the task and await it where it is used", "class C { static int _n = Task.FromException<int>(new Exception()).ContinueWith(t => 1).{|#0:Result|}; }")]
    [InlineData("in a constructor; create the object in an async method that awaits", "class C { int _n = Task.FromException<int>(new Exception()).ContinueWith(t => 1).{|#0:Result|}; }")]
    [InlineData("in a property; make it an async method", "Task<int> _t; int N => _t.{|#0:Result|};")]
    [InlineData("in a Lazy factory, under its lock; let the Lazy hold the task and await its Value", "Lazy<int> M(Task<int> t) => new(() => t.{|#0:Result|});")]
    [InlineData("in Dispose; implement IAsyncDisposable and await", "class C(Task<int> t) : IDisposable { public void Dispose() => GC.KeepAlive(t.{|#0:Result|}); }")]
    [InlineData("the finaliser's thread; leave asynchronous cleaning up to DisposeAsync", "class C(Task<int> t) { ~C() => GC.KeepAlive(t.{|#0:Result|}); }")]
    [InlineData("under a lock; await it before the lock, or hold a SemaphoreSlim instead", "int M(Task<int> t) { lock (this) { return t.{|#0:Result|}; } }")]
    public Task Says_where(string place, string members) => SaysAsync(
        $"'Result' blocks {place.Replace(";", ", which deadlocks as soon as the task needs what is held meanwhile;", StringComparison.Ordinal)}", members);

    [Theory]
    [InlineData("public C(Task<int> t) { t.[|Wait|](); }")]
    [InlineData("public C(Task<int> t) => t.GetAwaiter().[|GetResult|]();")]
    [InlineData("public C(Task<int> t) : this(t.[|Result|]) { } public C(int n) { GC.KeepAlive(n); }")]
    [InlineData("readonly int _n = LoadAsync().[|Result|];")]
    [InlineData("int N { get; } = LoadAsync().[|Result|];")]
    [InlineData("event Action E = Later(LoadAsync().[|Result|]); static Action Later(int n) => () => GC.KeepAlive(n); void M() => E();")]
    [InlineData("public C(Task<int>[] all) { GC.KeepAlive(all.Select(t => t.[|Result|]).ToList()); }")]
    [InlineData("public C() { GC.KeepAlive(Run(() => LoadAsync())); } static T Run<T>(Func<Task<T>> work) => work().GetAwaiter().GetResult();", "Run")]
    public Task Reports_in_a_constructor(string member, string? wrapper = null) => In(wrapper is null ? member : member.Replace($"{wrapper}(() =>", $"[|{wrapper}|](() =>", StringComparison.Ordinal));

    [Theory]
    [InlineData("public C() { Task.Run(() => LoadAsync()).Wait(); }")]
    [InlineData("int N => Task.Run(() => LoadAsync()).Result;")]
    [InlineData("int N { get => 1; set => Task.Run(() => LoadAsync()).Wait(); }")]
    public Task Is_silent_where_the_pool_does_the_work(string member) => In(member);

    [Theory]
    [InlineData("static readonly int N = Task.Run(() => LoadAsync()).[|Result|];")]
    [InlineData("static C() { Task.Run(() => LoadAsync()).[|Wait|](); }")]
    public Task Reports_the_pool_s_work_in_a_static_initialiser(string member) => In(member);

    [Theory]
    [InlineData("class Fixture { public Fixture(Task<int> t) { GC.KeepAlive(t.Result); } }")]
    [InlineData("class Fixture(Task task) : IDisposable { public void Dispose() => task.Wait(); }")]
    [InlineData("class Fixture(Task<int> task) { public int Number => task.Result; }")]
    public Task Is_silent_in_what_tests_stand_on(string type) => SilentAsync(type, Has.Source("Xunit.cs", "namespace Xunit { class FactAttribute : System.Attribute { } }"));

    [Fact]
    public Task Reports_under_a_lock_of_tests_too() => ReportsAsync(
        "class Fixture { public void M(Task<int> t) { lock (this) { GC.KeepAlive(t.[|Result|]); } } }", Has.Source("NUnit.cs", "namespace NUnit.Framework { class TestAttribute : System.Attribute { } }"));

    [Fact]
    public Task Is_silent_in_the_constructor_of_a_type_with_tests() => SilentAsync(
        "class Tests { public Tests(Task<int> t) { GC.KeepAlive(t.Result); } [Xunit.Fact] public void Loads() { } }",
        Has.Source("Xunit.cs", "namespace Xunit { class FactAttribute : System.Attribute { } }"));

    [Fact]
    public Task Reports_in_the_arguments_of_a_base_constructor() => ReportsAsync("class B(int n) { public int N => n; } class C(Task<int> t) : B(t.[|Result|]);");

    [Theory]
    [InlineData("static readonly int N = LoadAsync().[|Result|];")]
    [InlineData("static int N { get; } = LoadAsync().[|Result|];")]
    [InlineData("static int _n; static C() { _n = LoadAsync().[|Result|]; GC.KeepAlive(_n); }")]
    public Task Reports_in_a_static_initialiser(string member) => In(member);

    [Theory]
    [InlineData("int N => LoadAsync().[|Result|];")]
    [InlineData("int N { get { return LoadAsync().[|Result|]; } }")]
    [InlineData("int N { get => 1; set => LoadAsync().[|Wait|](); }")]
    [InlineData("int this[int i] => LoadAsync().[|Result|] + i;")]
    [InlineData("event Action E { add { LoadAsync().[|Wait|](); } remove { } }")]
    [InlineData("event Action E { add { } remove { LoadAsync().[|Wait|](); } }")]
    public Task Reports_in_a_property_and_its_like(string member) => In(member);

    [Theory]
    [InlineData("Lazy<int> _n = new Lazy<int>(() => LoadAsync().[|Result|]);")]
    [InlineData("static readonly Lazy<int> N = new(() => LoadAsync().GetAwaiter().[|GetResult|](), LazyThreadSafetyMode.ExecutionAndPublication);")]
    [InlineData("Lazy<int> _n = new(() => { var n = LoadAsync().[|Result|]; return n; }, true);")]
    [InlineData("static readonly Lazy<int> N = new(Load); static int Load() => LoadAsync().[|Result|];")]
    [InlineData("Lazy<object> M() => new((Func<string>)(() => LoadAsync().[|Result|].ToString()));")]
    [InlineData("Lazy<int> M() { return new(Load); int Load() => LoadAsync().[|Result|]; }")]
    public Task Reports_in_a_Lazy_s_factory(string member) => In(member);

    [Theory]
    [InlineData("public void Dispose() { LoadAsync().[|Wait|](); }")]
    [InlineData("void IDisposable.Dispose() => LoadAsync().[|Wait|]();")]
    [InlineData("public void Dispose() => Dispose(true); protected virtual void Dispose(bool disposing) { if (disposing) { LoadAsync().[|Wait|](); } }")]
    [InlineData("CancellationTokenSource _stop = new(); public void Dispose() { _stop.Cancel(); LoadAsync().[|Wait|](); }")]
    [InlineData("Task _loop = Task.Delay(1); public void Dispose() { _loop.[|Wait|](); }")]
    [InlineData("Task _loop = Task.Delay(1); public void Dispose() { GC.KeepAlive(this); _loop.[|Wait|](); }")]
    [InlineData("Task _loop = Task.Delay(1); CancellationTokenSource _stop = new(); public void Dispose() { _loop.[|Wait|](); _stop.Cancel(); }")]
    [InlineData("Task _loop = Task.Delay(1); C? _other; CancellationTokenSource _stop = new(); public void Dispose() { _stop.Cancel(); _other!._loop.[|Wait|](); }")]
    public Task Reports_in_Dispose(string member) => ReportsAsync($"class C : IDisposable {{ {member} static Task LoadAsync() => Task.Delay(1); }}");

    [Fact]
    public Task Reports_in_a_finaliser() => In("~C() { LoadAsync().[|Wait|](); }");

    [Theory]
    [InlineData("lock (_gate) { return LoadAsync().[|Result|]; }")]
    [InlineData("lock (_gate) { return all.Sum(t => t.[|Result|]); }")]
    [InlineData("lock (_gate) { if (all.Length > 1) { return LoadAsync().[|Result|]; } } return 1;")]
    [InlineData("Monitor.Enter(_gate); try { return LoadAsync().[|Result|]; } finally { Monitor.Exit(_gate); }")]
    [InlineData("var taken = false; try { Monitor.Enter(_gate, ref taken); return LoadAsync().[|Result|]; } finally { if (taken) { Monitor.Exit(_gate); } }")]
    [InlineData("if (Monitor.TryEnter(_gate)) { return LoadAsync().[|Result|]; } return 1;")]
    [InlineData("lock (_new) { return LoadAsync().[|Result|]; }")]
    [InlineData("using (_new.EnterScope()) { return LoadAsync().[|Result|]; }")]
    [InlineData("using var held = _new.EnterScope(); return LoadAsync().[|Result|];")]
    [InlineData("_new.Enter(); try { return LoadAsync().[|Result|]; } finally { _new.Exit(); }")]
    [InlineData("_both.EnterWriteLock(); try { return LoadAsync().[|Result|]; } finally { _both.ExitWriteLock(); }")]
    [InlineData("_old.AcquireReaderLock(1); try { return LoadAsync().[|Result|]; } finally { _old.ReleaseReaderLock(); }")]
    [InlineData("_named.WaitOne(); try { return LoadAsync().[|Result|]; } finally { _named.ReleaseMutex(); }")]
    [InlineData("Monitor.Enter(_gate); GC.KeepAlive(all); return LoadAsync().[|Result|];")]
    [InlineData("Monitor.Enter(_gate); Interlocked.Increment(ref _n); return LoadAsync().[|Result|];")]
    [InlineData("Monitor.Enter(_gate); Exit(); return LoadAsync().[|Result|];")]
    [InlineData("var spin = new SpinLock(); var taken = false; spin.Enter(ref taken); return LoadAsync().[|Result|];")]
    public Task Reports_under_a_lock(string body) => InLock(body);

    [Fact]
    public Task Reports_under_a_lock_in_an_async_function_too() => ReportsAsync("async Task<int> M(Task<int> t) { await Task.Yield(); lock (this) { return t.[|Result|]; } }");

    [Theory]
    [InlineData("Monitor.Enter(_gate); Monitor.Exit(_gate); return LoadAsync().Result;")]
    [InlineData("Monitor.Enter(_gate); try { GC.KeepAlive(all); } finally { Monitor.Exit(_gate); } return LoadAsync().Result;")]
    [InlineData("lock (_gate) { GC.KeepAlive(all); } return LoadAsync().Result;")]
    [InlineData("lock (LoadAsync().Result.ToString()) { return 1; }")]
    [InlineData("lock (_gate) { Func<int> later = () => LoadAsync().Result; GC.KeepAlive(later); } return 1;")]
    [InlineData("lock (_gate) { int Later() => LoadAsync().Result; GC.KeepAlive((Func<int>)Later); } return 1;")]
    [InlineData("lock (_gate) { return all[0].IsCompleted ? all[0].Result : 0; }")]
    [InlineData("_once.Wait(); try { return LoadAsync().Result; } finally { _once.Release(); }")]
    [InlineData("using (new System.IO.MemoryStream()) { return LoadAsync().Result; }")]
    [InlineData("using var s = new System.IO.MemoryStream(); return LoadAsync().Result;")]
    [InlineData("if (Monitor.TryEnter(_gate)) { return 1; } else { return LoadAsync().Result; }")]
    [InlineData("Own.Monitor.Enter(_gate); return LoadAsync().Result;")]
    [InlineData("_both.Dispose(); return LoadAsync().Result;")]
    [InlineData("_old.AnyWritersSince(1); return LoadAsync().Result;")]
    [InlineData("_named.WaitOne(); _named.ReleaseMutex(); return LoadAsync().Result;")]
    [InlineData("_named.Close(); return LoadAsync().Result;")]
    public Task Is_silent_outside_a_lock(string body) => InLock(body);

    [Theory]
    [InlineData("public C(Task<int> t) { Later = () => t.Result; } Func<int> Later { get; }")]
    [InlineData("public C(Task<int> t) { _ = Task.Run(() => t.Result); }")]
    [InlineData("public C(Task<int> t) { _ = Task.Run(async () => { await Task.Yield(); return t.Result; }); }")]
    [InlineData("Func<int> _later = () => LoadAsync().Result;")]
    [InlineData("int M() => LoadAsync().Result;")]
    [InlineData("Lazy<int> _n = new(() => LoadAsync().Result, LazyThreadSafetyMode.PublicationOnly);")]
    [InlineData("Lazy<int> _n = new(() => LoadAsync().Result, false);")]
    [InlineData("Lazy<int> _n = new(() => LoadAsync().Result, LazyThreadSafetyMode.None);")]
    [InlineData("Lazy<Task<int>> _n = new(async () => { await Task.Yield(); return LoadAsync().Result; });")]
    [InlineData("~C() { LoadAsync().Wait(1000); }")]
    [InlineData("Lazy<Task<int>> _n = new(LoadAsync); int M() => _n.Value.Result;")]
    [InlineData("public C(Task<int> t) { if (t.IsCompletedSuccessfully) { N = t.Result; } } int N { get; }")]
    [InlineData("Task<int> _t = LoadAsync(); int? N => _t.IsCompletedSuccessfully ? _t.Result : null;")]
    [InlineData("int N => Task.FromResult(1).Result;")]
    [InlineData("string N => nameof(Task<int>.Result);")]
    public Task Is_silent_where_it_does_not_run_or_does_not_block(string member) => In(member);

    [Theory]
    [InlineData("IDisposable", "public void Dispose() { _loop.Wait(1000); _ = Task.WaitAll(new[] { _loop }, TimeSpan.FromSeconds(1)); _loop.WaitAsync(TimeSpan.FromSeconds(1)).GetAwaiter().GetResult(); }")]
    [InlineData("IDisposable", "CancellationTokenSource _stop = new(); public void Dispose() { _stop.Cancel(); _loop.Wait(); }")]
    [InlineData("IDisposable", "CancellationTokenSource? _stop; Task[] _all = []; public void Dispose() { _stop?.Cancel(); Task.WaitAll(_all.ToArray()); }")]
    [InlineData("IDisposable", "CancellationTokenSource _stop = new(); public void Dispose() { _stop.CancelAsync(); _loop.Wait(); }")]
    [InlineData("IDisposable", "System.Threading.Channels.Channel<int> _jobs = System.Threading.Channels.Channel.CreateUnbounded<int>(); public void Dispose() { _jobs.Writer.Complete(); _loop.Wait(); }")]
    [InlineData("IDisposable", "System.Threading.Channels.Channel<int> _jobs = System.Threading.Channels.Channel.CreateUnbounded<int>(); public void Dispose() { _jobs.Writer.TryComplete(); _loop.Wait(); }")]
    [InlineData("IDisposable", "void IDisposable.Dispose() { } public int Dispose() { _loop.Wait(); return 1; }")]
    [InlineData("IDisposable", "public void Dispose() { } public void Dispose(int n) { _loop.Wait(); GC.KeepAlive(n); }")]
    [InlineData("IDisposable, IAsyncDisposable", "public void Dispose() => DisposeAsync().AsTask().Wait(); public ValueTask DisposeAsync() => new(_loop);")]
    [InlineData("ICloneable", "public object Clone() => this; public void Dispose() => _loop.Wait();")]
    public Task Is_silent_in_a_Dispose_that_does_what_it_can(string contracts, string members) => SilentAsync(
        $"using System.Linq;\n\nclass C : {contracts} {{ Task _loop = Task.Delay(1); {members} }}");

    private static Task In(string member) => ReportsAsync($"using System.Linq;\n\nclass C {{ {member} static Task<int> LoadAsync() => Task.Delay(1).ContinueWith(_ => 1); }}");

    private static Task InLock(string body) => ReportsAsync(
        $$"""
        using System.Linq;

        readonly object _gate = new();
        readonly Lock _new = new();
        readonly ReaderWriterLockSlim _both = new();
        readonly ReaderWriterLock _old = new();
        readonly Mutex _named = new();
        readonly SemaphoreSlim _once = new(1);
        int _n;
        static void Exit() { }
        static class Own { public static class Monitor { public static void Enter(object it) => GC.KeepAlive(it); } }
        int M(Task<int>[] all) { {{body}} }
        static Task<int> LoadAsync() => Task.Delay(1).ContinueWith(_ => 1);
        """);
}
