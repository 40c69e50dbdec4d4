using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A <c>Lazy</c> that comes to hold the task.</summary>
public sealed class TaskInLazyTests : RuleTests<BlockingThatDeadlocksAnalyzer, BlockingThatDeadlocksFix>
{
    [Fact]
    public Task Its_value_is_awaited_where_it_is_read() => FixesAsync(
        """
        readonly Lazy<string> _text = new Lazy<string>(() => LoadAsync().[|Result|]);
        int Length() => _text.Value.Length;
        async Task ShowAsync(Subject other) { await Task.Yield(); Console.WriteLine(this._text.Value + other._text.Value); }
        static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
        """,
        """
        readonly Lazy<Task<string>> _text = new Lazy<Task<string>>(() => LoadAsync());
        async Task<int> LengthAsync() => (await _text.Value).Length;
        async Task ShowAsync(Subject other) { await Task.Yield(); Console.WriteLine(await this._text.Value + await other._text.Value); }
        static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
        """);

    [Theory]
    [InlineData("() => t.GetAwaiter().[|GetResult|]()", "() => t")]
    [InlineData("() => t.[|Result|] + 1", "async () => await t + 1")]
    [InlineData("() => { var n = t.[|Result|]; return n; }", "async () => { var n = await t; return n; }")]
    [InlineData("delegate { return t.[|Result|]; }", "async delegate { return await t; }")]
    [InlineData("() => new ValueTask<int>(t).[|Result|]", "async () => await new ValueTask<int>(t)")]
    [InlineData("() => t.[|Result|], true", "() => t, true")]
    [InlineData("() => t.[|Result|], LazyThreadSafetyMode.ExecutionAndPublication", "() => t, LazyThreadSafetyMode.ExecutionAndPublication")]
    public Task Its_factory_gives_the_task(string factory, string repaired) => FixesAsync(
        $"async Task<int> M(Task<int> t) {{ var n = new Lazy<int>({factory}); await Task.Yield(); return n.Value; }}",
        $"async Task<int> M(Task<int> t) {{ var n = new Lazy<Task<int>>({repaired}); await Task.Yield(); return await n.Value; }}");

    [Fact]
    public Task A_method_that_is_its_factory_becomes_async() => FixesAsync(
        """
        static readonly Lazy<int> Count = new(Load);
        static int Load() { Log(); return System.IO.File.ReadAllTextAsync("x").[|Result|].Length; }
        static void Log() { }
        static int Twice() => Count.Value * 2;
        """,
        """
        static readonly Lazy<Task<int>> Count = new(LoadAsync);
        static async Task<int> LoadAsync() { Log(); return (await System.IO.File.ReadAllTextAsync("x")).Length; }
        static void Log() { }
        static async Task<int> TwiceAsync() => await Count.Value * 2;
        """);

    [Fact]
    public Task A_local_function_that_is_its_factory_becomes_async() => FixesAsync(
        "int M(Task<int> t) { Lazy<int> n = new(Load); return n.Value; int Load() => t.[|Result|]; }",
        "async Task<int> MAsync(Task<int> t) { Lazy<Task<int>> n = new(LoadAsync); return await n.Value; async Task<int> LoadAsync() => await t; }");

    [Fact]
    public Task What_its_factory_calls_becomes_async_too() => FixesAsync(
        """
        readonly Lazy<int> _n = new(() => Size("x") + Size("y") + Task.FromResult(1).ContinueWith(t => t.Result).[|Result|]);
        static int Size(string path) => System.IO.File.ReadAllTextAsync(path).Result.Length;
        """,
        """
        readonly Lazy<Task<int>> _n = new(async () => await SizeAsync("x") + await SizeAsync("y") + await Task.FromResult(1).ContinueWith(t => t.Result));
        static async Task<int> SizeAsync(string path) => (await System.IO.File.ReadAllTextAsync(path)).Length;
        """);

    [Fact]
    public Task A_field_that_the_constructor_sets() => FixesAsync(
        "class C { readonly Lazy<int> _n; public C(Task<int> t) { _n = new Lazy<int>(() => t.[|Result|]); } public int N() => _n.Value; }",
        "class C { readonly Lazy<Task<int>> _n; public C(Task<int> t) { _n = new Lazy<Task<int>>(() => t); } public async Task<int> NAsync() => await _n.Value; }");

    [Fact]
    public Task A_result_that_may_be_null() => FixesAsync(
        """
        #nullable enable
        readonly Lazy<string?> _a = new(() => Read().[|Result|]);
        readonly Lazy<string?> _b = new(() => Surely().[|Result|]);
        static Task<string?> Read() => Task.FromResult<string?>(null).ContinueWith(t => t.Result);
        static Task<string> Surely() => System.IO.File.ReadAllTextAsync("x");
        async Task<int> M() => (await Task.FromResult(1)) + (_a.Value?.Length ?? 0);
        """,
        """
        #nullable enable
        readonly Lazy<Task<string?>> _a = new(() => Read());
        readonly Lazy<Task<string?>> _b = new(async () => await Surely());
        static Task<string?> Read() => Task.FromResult<string?>(null).ContinueWith(t => t.Result);
        static Task<string> Surely() => System.IO.File.ReadAllTextAsync("x");
        async Task<int> M() => (await Task.FromResult(1)) + ((await _a.Value)?.Length ?? 0);
        """);

    [Fact]
    public Task Keeps_trivia() => FixesAsync(
        """
        // what it says
        private readonly Lazy<string> /* of */ _text = new( // later
            () => /* now */ LoadAsync().[|Result|] /* done */); // end

        string Read() =>
            // once
            _text.Value /* read */;

        static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
        """,
        """
        // what it says
        private readonly Lazy<Task<string>> /* of */ _text = new( // later
            () => /* now */ LoadAsync() /* done */); // end

        async Task<string> ReadAsync() =>
            // once
            await _text.Value /* read */;

        static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
        """);

    [Fact]
    public Task Awaits_are_configured_as_the_code_around_does() => FixesAsync(
        "readonly Lazy<int> _n = new(() => Count().[|Result|] + 1); async Task<int> M() { await Task.Delay(1).ConfigureAwait(false); return _n.Value; } static Task<int> Count() => Task.Run(() => 1);",
        "readonly Lazy<Task<int>> _n = new(async () => await Count().ConfigureAwait(false) + 1); async Task<int> M() { await Task.Delay(1).ConfigureAwait(false); return await _n.Value.ConfigureAwait(false); } static Task<int> Count() => Task.Run(() => 1);");

    [Fact]
    public Task The_caller_s_token_stays_out_of_the_factory() => FixesAsync(
        "async Task<string> M(CancellationToken cancel) { var text = new Lazy<string>(() => System.IO.File.ReadAllTextAsync(\"x\").[|Result|].Trim()); await Task.Delay(1, cancel); return text.Value; }",
        "async Task<string> M(CancellationToken cancel) { var text = new Lazy<Task<string>>(async () => (await System.IO.File.ReadAllTextAsync(\"x\")).Trim()); await Task.Delay(1, cancel); return await text.Value; }");

    [Theory]
    [InlineData("its value is read in a constructor", "class C { readonly Lazy<int> _n = new(() => LoadAsync().[|Result|]); public C() { GC.KeepAlive(_n.Value); } }")]
    [InlineData("its value is read in a property", "class C { readonly Lazy<int> _n = new(() => LoadAsync().[|Result|]); int N => _n.Value; }")]
    [InlineData("its value is read under a lock", "class C { readonly Lazy<int> _n = new(() => LoadAsync().[|Result|]); int N() { lock (this) { return _n.Value; } } }")]
    [InlineData("its value is read in a lambda that returns nothing", "class C { readonly Lazy<int> _n = new(() => LoadAsync().[|Result|]); void N(System.Collections.Generic.List<int> all) => all.ForEach(_ => GC.KeepAlive(_n.Value)); }")]
    [InlineData("its value is read behind a question mark", "class C { readonly Lazy<int> _n = new(() => LoadAsync().[|Result|]); int? N(C c) => c?._n.Value; }")]
    [InlineData("somebody asks whether it has one", "class C { readonly Lazy<int> _n = new(() => LoadAsync().[|Result|]); bool N() => _n.IsValueCreated; }")]
    [InlineData("it is given away", "class C { readonly Lazy<int> _n = new(() => LoadAsync().[|Result|]); Lazy<int> N() => _n; }")]
    [InlineData("it is set twice", "class C { Lazy<int> _n = new(() => LoadAsync().[|Result|]); void N() => _n = new(() => 1); }")]
    [InlineData("others see it", "class C { public readonly Lazy<int> N = new(() => LoadAsync().[|Result|]); }")]
    [InlineData("it is kept by nobody", "class C { int N() => new Lazy<int>(() => LoadAsync().[|Result|]).Value; }")]
    [InlineData("it is kept as an object", "class C { object N() { object n = new Lazy<int>(() => LoadAsync().[|Result|]); return n; } }")]
    [InlineData("a query's lambda blocks", "class C { readonly Lazy<int> _n = new(() => System.Linq.Enumerable.Sum(new[] { LoadAsync() }, t => t.[|Result|])); }")]
    [InlineData("its factory is called elsewhere too", "class C { readonly Lazy<int> _n = new(Load); static int Load() => LoadAsync().[|Result|]; int M() => Load(); }")]
    [InlineData("its value is a task", "class C { readonly Lazy<Task> _n = new(() => Task.FromResult(LoadAsync()).ContinueWith(t => (Task)t.Result).[|Result|]); }")]
    public Task Is_not_offered_where(string reason, string members)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync(members + " static Task<int> LoadAsync() => Task.Delay(1).ContinueWith(_ => 1);");
    }
}
