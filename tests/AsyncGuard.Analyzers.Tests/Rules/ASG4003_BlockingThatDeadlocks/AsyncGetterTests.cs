using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A property that becomes an async method.</summary>
public sealed class AsyncGetterTests : RuleTests<BlockingThatDeadlocksAnalyzer, BlockingThatDeadlocksFix>
{
    [Fact]
    public Task Whoever_reads_it_awaits() => FixesAsync(
        """
        class Shop
        {
            public string Name => LoadAsync().[|Result|];
            public int Length() => Name.Length + this.Name.Length;
            private static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
        }

        async Task ShowAsync(Shop shop) { await Task.Yield(); Console.WriteLine($"{shop.Name}!"); }
        """,
        """
        class Shop
        {
            public async Task<string> GetNameAsync() => await LoadAsync();
            public async Task<int> LengthAsync() => (await GetNameAsync()).Length + (await this.GetNameAsync()).Length;
            private static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
        }

        async Task ShowAsync(Shop shop) { await Task.Yield(); Console.WriteLine($"{await shop.GetNameAsync()}!"); }
        """);

    [Theory]
    [InlineData("static int N => t.[|Result|];", "static async Task<int> GetNAsync() => await t;")]
    [InlineData("int N { get => t.[|Result|]; }", "async Task<int> GetNAsync() => await t;")]
    [InlineData("int N => t.[|Result|] + t.GetAwaiter().[|GetResult|]();", "async Task<int> GetNAsync() => await t + await t;")]
    [InlineData("int? N => t.[|Result|];", "async Task<int?> GetNAsync() => await t;")]
    public Task In_each_of_its_forms(string property, string method) => FixesAsync($"static Task<int> t; {property}", $"static Task<int> t; {method}");

    [Fact]
    public Task A_block_moves_out_of_the_getter() => FixesAsync(
        """
        Task<int> _t;

        internal int Count
        {
            get
            {
                // all of them
                var n = _t.[|Result|];

                if (n < 0)
                {
                    return 0;
                }

                return n; // found
            }
        }
        """,
        """
        Task<int> _t;

        internal async Task<int> GetCountAsync()
        {
            // all of them
            var n = await _t;

            if (n < 0)
            {
                return 0;
            }

            return n; // found
        }
        """);

    [Fact]
    public Task Keeps_trivia() => FixesAsync(
        """
        Task<int> _t;

        /// <summary>How many; see <see cref="Count"/>.</summary>
        private int /* of */ Count /* all */ => // now
            _t.[|Result|]; // end

        private async Task M()
        {
            // once
            Console.WriteLine(/* a */ Count /* b */);
            await _t;
        }
        """,
        """
        Task<int> _t;

        /// <summary>How many; see <see cref="GetCountAsync"/>.</summary>
        private async Task<int> /* of */ GetCountAsync() /* all */ => // now
            await _t; // end

        private async Task M()
        {
            // once
            Console.WriteLine(/* a */ await GetCountAsync() /* b */);
            await _t;
        }
        """);

    [Theory]
    [InlineData("another property reads it", "class C { int N => LoadAsync().[|Result|]; int M => N; }")]
    [InlineData("a constructor reads it", "class C { public C() => GC.KeepAlive(N); int N => LoadAsync().[|Result|]; }")]
    [InlineData("a lambda that returns nothing reads it", "class C { Action M() => () => GC.KeepAlive(N); int N => LoadAsync().[|Result|]; }")]
    [InlineData("a pattern reads it", "class C { bool M() => this is { N: 1 }; int N => LoadAsync().[|Result|]; }")]
    [InlineData("it is read behind a question mark and more follows", "class C { string? M(C c) => c?.N.ToString(); int N => LoadAsync().[|Result|]; }")]
    [InlineData("its name is a text", "class C { string M() => nameof(N); int N => LoadAsync().[|Result|]; }")]
    [InlineData("its name is part of another's", "class C { object M() => new { N }; int N => LoadAsync().[|Result|]; }")]
    [InlineData("it can be set", "class C { int N { get => LoadAsync().[|Result|]; set { } } }")]
    [InlineData("its setter blocks", "class C { int N { set => LoadAsync().[|Wait|](); } }")]
    [InlineData("it is an indexer", "class C { int this[int i] => LoadAsync().[|Result|] + i; }")]
    [InlineData("it implements a contract", "interface I { int N { get; } } class C : I { public int N => LoadAsync().[|Result|]; }")]
    [InlineData("it implements a contract by its name", "interface I { int N { get; } } class C : I { int I.N => LoadAsync().[|Result|]; }")]
    [InlineData("it overrides", "abstract class B { public abstract int N { get; } } class C : B { public override int N => LoadAsync().[|Result|]; }")]
    [InlineData("it can be overridden", "class C { public virtual int N => LoadAsync().[|Result|]; }")]
    [InlineData("a struct would change a copy", "struct C { int _n; int N => _n = LoadAsync().[|Result|]; }")]
    [InlineData("it is marked", "class C { [Obsolete] public int N => LoadAsync().[|Result|]; }")]
    [InlineData("a window binds to it", "class C : System.ComponentModel.INotifyPropertyChanged { public event System.ComponentModel.PropertyChangedEventHandler PropertyChanged; public int N => LoadAsync().[|Result|]; void M() => PropertyChanged(this, null); }")]
    [InlineData("the method's name is taken", "class C { int N => LoadAsync().[|Result|]; int GetNAsync(int n) => n; }")]
    [InlineData("a query's lambda blocks", "class C { int N => System.Linq.Enumerable.Sum(new[] { LoadAsync() }, t => t.[|Result|]); }")]
    [InlineData("its getter has a word of its own", "class C { int N { /* why */ get { return LoadAsync().[|Result|]; } } }")]
    [InlineData("it gives a span", "class C { ReadOnlySpan<int> N => new[] { LoadAsync().[|Result|] }; }")]
    public Task Is_not_offered_where(string reason, string members)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync(members + " static Task<int> LoadAsync() => Task.Delay(1).ContinueWith(_ => 1);");
    }
}
