using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A lock that becomes a semaphore.</summary>
public sealed class SemaphoreForLockTests : RuleTests<BlockingThatDeadlocksAnalyzer, BlockingThatDeadlocksFix>
{
    [Fact]
    public Task All_locks_on_the_object_are_awaited() => FixesAsync(
        """
        private readonly object _gate = new object();
        private string _text = "";

        public string Read()
        {
            lock (_gate)
            {
                return _text ??= LoadAsync().[|Result|];
            }
        }

        public void Clear()
        {
            lock (this._gate)
            {
                _text = "";
            }
        }

        private static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
        """,
        """
        private readonly SemaphoreSlim _gate = new SemaphoreSlim(1, 1);
        private string _text = "";

        public async Task<string> ReadAsync()
        {
            await _gate.WaitAsync();
            try
            {
                return _text ??= await LoadAsync();
            }
            finally
            {
                _gate.Release();
            }
        }

        public async Task ClearAsync()
        {
            await this._gate.WaitAsync();
            try
            {
                _text = "";
            }
            finally
            {
                this._gate.Release();
            }
        }

        private static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
        """);

    [Fact]
    public Task Callers_follow_and_a_token_is_given_to_the_wait() => FixesAsync(
        """
        static readonly Lock Gate = new();

        static void Save(string text, CancellationToken cancel)
        {
            lock (Gate)
            {
                System.IO.File.WriteAllTextAsync("x", text).[|Wait|]();
            }
        }

        static async Task RunAsync(CancellationToken cancel)
        {
            await Task.Delay(1, cancel);
            Save("a", cancel);
        }
        """,
        """
        static readonly SemaphoreSlim Gate = new(1, 1);

        static async Task SaveAsync(string text, CancellationToken cancel)
        {
            await Gate.WaitAsync(cancel);
            try
            {
                await System.IO.File.WriteAllTextAsync("x", text, cancel);
            }
            finally
            {
                Gate.Release();
            }
        }

        static async Task RunAsync(CancellationToken cancel)
        {
            await Task.Delay(1, cancel);
            await SaveAsync("a", cancel);
        }
        """);

    [Fact]
    public Task A_lock_in_an_async_function() => FixesAsync(
        """
        readonly object _gate = new();

        async Task<int> M(Task<int> a, Task b)
        {
            await Task.Yield();
            lock (_gate)
            {
                b.[|Wait|]();
                return a.[|Result|];
            }
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1, 1);

        async Task<int> M(Task<int> a, Task b)
        {
            await Task.Yield();
            await _gate.WaitAsync();
            try
            {
                await b;
                return await a;
            }
            finally
            {
                _gate.Release();
            }
        }
        """);

    [Fact]
    public Task A_lock_that_is_all_of_a_branch() => FixesAsync(
        """
        readonly object _gate = new();

        void M(Task t)
        {
            if (!t.IsCompleted)
                lock (_gate)
                    t.[|Wait|]();
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1, 1);

        async Task MAsync(Task t)
        {
            if (!t.IsCompleted)
            {
                await _gate.WaitAsync();
                try
                {
                    await t;
                }
                finally
                {
                    _gate.Release();
                }
            }
        }
        """);

    [Fact]
    public Task Keeps_trivia() => FixesAsync(
        """
        // held while loading
        private readonly object _gate = new object(); // one

        string M()
        {
            // first
            lock (_gate) // why
            {
                // inside
                return LoadAsync().[|Result|]; // then
            } // end
        }

        static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
        """,
        """
        // held while loading
        private readonly SemaphoreSlim _gate = new SemaphoreSlim(1, 1); // one

        async Task<string> MAsync()
        {
            // first
            await _gate.WaitAsync(); // why
            try
            {
                // inside
                return await LoadAsync(); // then
            }
            finally
            {
                _gate.Release();
            } // end
        }

        static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
        """);

    [Fact]
    public Task Calls_that_do_not_come_back_are_no_hindrance() => FixesAsync(
        """
        readonly object _gate = new();

        void M(Task t)
        {
            lock (_gate)
            {
                Log(t);
                t.[|Wait|]();
            }

            Outside();
        }

        void Log(Task t) => Console.WriteLine(t.Id);

        void Outside()
        {
            lock (_gate) {
                GC.Collect();
            }
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1, 1);

        async Task MAsync(Task t)
        {
            await _gate.WaitAsync();
            try
            {
                Log(t);
                await t;
            }
            finally
            {
                _gate.Release();
            }

            await OutsideAsync();
        }

        void Log(Task t) => Console.WriteLine(t.Id);

        async Task OutsideAsync()
        {
            await _gate.WaitAsync();
            try
            {
                GC.Collect();
            }
            finally
            {
                _gate.Release();
            }
        }
        """);

    [Theory]
    [InlineData("a lock on it is in a constructor", "class C { readonly object _gate = new(); public C() { lock (_gate) { } } void M(Task t) { lock (_gate) { t.[|Wait|](); } } }")]
    [InlineData("a lock on it is in a property", "class C { readonly object _gate = new(); int N { get { lock (_gate) { return 1; } } } void M(Task t) { lock (_gate) { t.[|Wait|](); } } }")]
    [InlineData("a lock on it is in a lambda that returns nothing", "class C { readonly object _gate = new(); Action A() => () => { lock (_gate) { } }; void M(Task t) { lock (_gate) { t.[|Wait|](); } } }")]
    [InlineData("a lock on it is under another", "class C { readonly object _gate = new(); void A() { lock (this) { lock (_gate) { } } } void M(Task t) { lock (_gate) { t.[|Wait|](); } } }")]
    [InlineData("another lock is inside", "class C { readonly object _gate = new(); void M(Task t) { lock (_gate) { lock (this) { t.[|Wait|](); } } } }")]
    [InlineData("it is a monitor too", "class C { readonly object _gate = new(); void M(Task t) { lock (_gate) { t.[|Wait|](); Monitor.Pulse(_gate); } } }")]
    [InlineData("its lock is another one's", "class C { readonly object _gate = new(); void M(Task t, C other) { lock (other._gate) { t.[|Wait|](); } } }")]
    [InlineData("others see it", "class C { protected readonly object _gate = new(); void M(Task t) { lock (_gate) { t.[|Wait|](); } } }")]
    [InlineData("it is this object", "class C { void M(Task t) { lock (this) { t.[|Wait|](); } } }")]
    [InlineData("it holds something", "class C { readonly System.Collections.Generic.List<int> _all = new(); void M(Task t) { lock (_all) { t.[|Wait|](); } } }")]
    [InlineData("it is set elsewhere", "class C { object _gate = new(); void N() => _gate = new(); void M(Task t) { lock (_gate) { t.[|Wait|](); } } }")]
    [InlineData("it is taken twice in one function", "class C { readonly object _gate = new(); void M(Task t) { lock (_gate) { lock (_gate) { t.[|Wait|](); } } } }")]
    [InlineData("a function that is called inside takes it", "class C { readonly object _gate = new(); void M(Task t) { lock (_gate) { A(); t.[|Wait|](); } } void A() => B(); void B() { lock (_gate) { } } }")]
    [InlineData("a function that is waited for takes it", "class C { readonly object _gate = new(); void M() { lock (_gate) { AAsync().[|Wait|](); } } async Task AAsync() { await Task.Yield(); lock (_gate) { } } }")]
    [InlineData("a property that is read inside takes it", "class C { readonly object _gate = new(); int N => NAsync().[|Result|]; async Task<int> NAsync() { await Task.Yield(); lock (_gate) { return 1; } } int M(Task t) { lock (_gate) { t.[|Wait|](); return N; } } }")]
    [InlineData("an override that is called inside takes it", "class C { readonly object _gate = new(); void M(B b, Task t) { lock (_gate) { b.A(); t.[|Wait|](); } } class B { internal virtual void A() { } } class D(C c) : B { internal override void A() => c.N(); } void N() { lock (_gate) { } } }")]
    [InlineData("what is disposed of inside takes it", "class C { readonly object _gate = new(); void M(Task t) { lock (_gate) { using (new D(this)) { t.[|Wait|](); } } } async Task NAsync() { await Task.Yield(); lock (_gate) { } } class D(C c) : IDisposable { public void Dispose() => c.NAsync().[|Wait|](); } }")]
    [InlineData("what is disposed of in the end takes it", "class C { readonly object _gate = new(); void M(Task t) { lock (_gate) { using var d = new D(this); t.[|Wait|](); } } async Task NAsync() { await Task.Yield(); lock (_gate) { } } struct D(C c) : IDisposable { public void Dispose() => c.NAsync().[|Wait|](); } }")]
    [InlineData("somebody's delegate is called inside", "class C { readonly object _gate = new(); void M(Task t, Action a) { lock (_gate) { a(); t.[|Wait|](); } } }")]
    [InlineData("an event is raised inside", "class C { readonly object _gate = new(); event Action Done; void M(Task t) { lock (_gate) { t.[|Wait|](); Done?.Invoke(); } } }")]
    [InlineData("a query blocks inside", "class C { readonly object _gate = new(); int M(Task<int>[] all) { lock (_gate) { return System.Linq.Enumerable.Sum(all, t => t.[|Result|]); } } }")]
    [InlineData("its function is an iterator", "class C { readonly object _gate = new(); System.Collections.Generic.IEnumerable<int> M(Task t) { lock (_gate) { t.[|Wait|](); } yield return 1; } }")]
    [InlineData("its function is somebody's contract", "class C : IComparable { readonly object _gate = new(); public int CompareTo(object other) { lock (_gate) { Task.Delay(1).[|Wait|](); return 1; } } }")]
    [InlineData("a caller cannot follow", "class C { readonly object _gate = new(); public C() => M(); void M() { lock (_gate) { Task.Delay(1).[|Wait|](); } } }")]
    public Task Is_not_offered_where(string reason, string members)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync(members);
    }
}
