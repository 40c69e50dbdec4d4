using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A constructor that becomes private, beside an async method that makes the object.</summary>
public sealed class AsyncCreationTests : RuleTests<BlockingThatDeadlocksAnalyzer, BlockingThatDeadlocksFix>
{
    [Fact]
    public Task What_it_is_made_of_comes_first() => FixesAsync(
        """
        class Settings
        {
            private readonly string _path;
            private readonly string _text;

            public Settings(string path, int size = 1)
            {
                _path = path;
                _text = System.IO.File.ReadAllTextAsync(path).[|Result|];
                Console.WriteLine(_path + size);
            }

            public override string ToString() => _text;
        }

        void Show() => Console.WriteLine(new Settings("x"));
        async Task<Settings> MakeAsync() { await Task.Yield(); Settings one = new("y", size: 2); return one; }
        """,
        """
        class Settings
        {
            private readonly string _path;
            private readonly string _text;

            private Settings(string path, int size, string text)
            {
                _path = path;
                _text = text;
                Console.WriteLine(_path + size);
            }

            public static async Task<Settings> CreateAsync(string path, int size = 1)
            {
                var text = await System.IO.File.ReadAllTextAsync(path);
                return new Settings(path, size, text);
            }

            public override string ToString() => _text;
        }

        async Task ShowAsync() => Console.WriteLine(await Settings.CreateAsync("x"));
        async Task<Settings> MakeAsync() { await Task.Yield(); Settings one = await Settings.CreateAsync("y", size: 2); return one; }
        """);

    [Fact]
    public Task What_it_does_for_itself_comes_last() => FixesAsync(
        """
        class Cache
        {
            private readonly string _path;
            private string _text;

            internal Cache(string path)
            {
                _path = path;
                LoadAsync(1).[|Wait|]();
                this.Log(_text);
            }

            private async Task LoadAsync(int n) => _text = await System.IO.File.ReadAllTextAsync(_path + n);
            private void Log(string text) => Console.WriteLine(text);
        }

        static Cache Make(string path) => new Cache(path);
        """,
        """
        class Cache
        {
            private readonly string _path;
            private string _text;

            private Cache(string path)
            {
                _path = path;
            }

            internal static async Task<Cache> CreateAsync(string path)
            {
                var created = new Cache(path);
                await created.LoadAsync(1);
                created.Log(created._text);
                return created;
            }

            private async Task LoadAsync(int n) => _text = await System.IO.File.ReadAllTextAsync(_path + n);
            private void Log(string text) => Console.WriteLine(text);
        }

        static async Task<Cache> MakeAsync(string path) => await Cache.CreateAsync(path);
        """);

    [Fact]
    public Task Checks_come_before_and_in_their_order() => FixesAsync(
        """
        class Settings
        {
            public string Text { get; }
            private readonly string _path;
            private readonly object _gate;

            public Settings(string path, CancellationToken cancel)
            {
                ArgumentNullException.ThrowIfNull(path);
                var full = System.IO.Path.GetFullPath(path);
                _path = path ?? full;
                _gate = new object();
                Text = System.IO.File.ReadAllTextAsync(full).GetAwaiter().[|GetResult|]();
                Console.WriteLine(full + _path + _gate);
            }
        }

        Settings Make(CancellationToken cancel) => new Settings("x", cancel);
        """,
        """
        class Settings
        {
            public string Text { get; }
            private readonly string _path;
            private readonly object _gate;

            private Settings(string full, string path1, string text)
            {
                _path = path1;
                _gate = new object();
                Text = text;
                Console.WriteLine(full + _path + _gate);
            }

            public static async Task<Settings> CreateAsync(string path, CancellationToken cancel)
            {
                ArgumentNullException.ThrowIfNull(path);
                var full = System.IO.Path.GetFullPath(path);
                var path1 = path ?? full;
                var text = await System.IO.File.ReadAllTextAsync(full, cancel);
                return new Settings(full, path1, text);
            }
        }

        async Task<Settings> MakeAsync(CancellationToken cancel) => await Settings.CreateAsync("x", cancel);
        """);

    [Fact]
    public Task One_that_is_an_expression() => FixesAsync(
        """
        class C<T>
        {
            readonly T _t;
            public C(Task<T> t) => _t = t.[|Result|];
            public T Value => _t;
        }

        int M() => new C<int>(Task.FromResult(1)).Value;
        """,
        """
        class C<T>
        {
            readonly T _t;
            private C(T t1) => _t = t1;

            public static async Task<C<T>> CreateAsync(Task<T> t)
            {
                var t1 = await t;
                return new C<T>(t1);
            }

            public T Value => _t;
        }

        async Task<int> MAsync() => (await C<int>.CreateAsync(Task.FromResult(1))).Value;
        """);

    [Fact]
    public Task Keeps_trivia() => FixesAsync(
        """
        class Settings
        {
            private readonly string _text;

            /// <summary>Reads them.</summary>
            public Settings() // now
            {
                // from the disk
                _text = LoadAsync().[|Result|]; // all
            } // end

            private static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
            public string Text() => _text;
        }

        string M() =>
            // once
            new Settings(/* none */).Text(); // then
        """,
        """
        class Settings
        {
            private readonly string _text;

            private Settings(string text) // now
            {
                // from the disk
                _text = text; // all
            } // end

            /// <summary>Reads them.</summary>
            public static async Task<Settings> CreateAsync()
            {
                // from the disk
                var text = await LoadAsync();
                return new Settings(text);
            }

            private static Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync("x");
            public string Text() => _text;
        }

        async Task<string> MAsync() =>
            // once
            (await Settings.CreateAsync(/* none */)).Text(); // then
        """);

    [Theory]
    [InlineData("nobody here makes it", "class C { public C() { LoadAsync().[|Wait|](); } }")]
    [InlineData("a constructor makes it", "class C { public C() { LoadAsync().[|Wait|](); } } class D { public D() => GC.KeepAlive(new C()); }")]
    [InlineData("a field makes it", "class C { public C() { LoadAsync().[|Wait|](); } } readonly C _c = new C();")]
    [InlineData("a lambda of another's makes it", "class C { public C() { LoadAsync().[|Wait|](); } } Func<C> M() => () => new C();")]
    [InlineData("it is made with an initialiser", "class C { public int N; public C() { LoadAsync().[|Wait|](); } } C M() => new C { N = 1 };")]
    [InlineData("a container makes it", "class C { public C() { LoadAsync().[|Wait|](); } } object M() => Activator.CreateInstance<C>() ?? new C();")]
    [InlineData("reflection makes it", "class C { public C() { LoadAsync().[|Wait|](); } } object M() => Activator.CreateInstance(typeof(C)) ?? new C();")]
    [InlineData("a test framework makes it", "class C { public C() { LoadAsync().[|Wait|](); } } class Tests : Xunit.IClassFixture<C> { } C M() => new C();")]
    [InlineData("a type parameter makes it", "class C { public C() { LoadAsync().[|Wait|](); } } class L<T> where T : new() { } object M() => new L<C>(); C N() => new C();")]
    [InlineData("it has a base", "class B { } class C : B { public C() { LoadAsync().[|Wait|](); } } C M() => new C();")]
    [InlineData("it is a base", "class C { public C() { LoadAsync().[|Wait|](); } } class D : C { } C M() => new C();")]
    [InlineData("another constructor goes through it", "class C { public C() { LoadAsync().[|Wait|](); } public C(int n) : this() { } } C M() => new C();")]
    [InlineData("it goes through another", "class C { public C() : this(1) { LoadAsync().[|Wait|](); } public C(int n) { } } C M() => new C();")]
    [InlineData("its initialiser blocks", "class C { public C() : this(LoadAsync().[|Result|]) { } public C(int n) { } } C M() => new C();")]
    [InlineData("its field blocks", "class C { readonly int _n = LoadAsync().[|Result|]; public C() { } public int N() => _n; } C M() => new C();")]
    [InlineData("it is a primary one's", "class C(Task<int> t) { readonly int _n = t.[|Result|]; public int N() => _n; } C M() => new C(LoadAsync());")]
    [InlineData("what is set afterwards is readonly", "class C { readonly int _a; readonly int _b; public C() { _a = N(); _b = LoadAsync().[|Result|]; } int N() => 1 + _a + _b; } C M() => new C();")]
    [InlineData("it can be left before", "class C { int _n; public C(int n) { if (n > 1) { _n = n; return; } LoadAsync().[|Wait|](); } public int N() => _n; } C M() => new C(1);")]
    [InlineData("a parameter is set before", "class C { int _n; public C(int n) { n = n + _n; AAsync(n).[|Wait|](); } async Task AAsync(int n) { await Task.Yield(); _n = n; } } C M() => new C(1);")]
    [InlineData("its name is taken", "class C { public C() { LoadAsync().[|Wait|](); } public static int CreateAsync() => 1; } C M() => new C();")]
    [InlineData("a query blocks in it", "class C { int _n; public C() { _n = System.Linq.Enumerable.Sum(new[] { LoadAsync() }, t => t.[|Result|]); } public int N() => _n; } C M() => new C();")]
    [InlineData("it has a reference parameter", "class C { public C(ref int n) { n = LoadAsync().[|Result|]; } } C M(int n) => new C(ref n);")]
    public Task Is_not_offered_where(string reason, string members)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync(members + " static Task<int> LoadAsync() => Task.Delay(1).ContinueWith(_ => 1);", Has.Source("Xunit.cs", "namespace Xunit { interface IClassFixture<T> { } }"));
    }

    [Fact]
    public Task Is_not_offered_where_it_is_registered() => NotFixedAsync(
        "using Microsoft.Extensions.DependencyInjection;\n\nclass C { public C(Task t) { t.[|Wait|](); } } C M(IServiceCollection services, Task t) { services.AddSingleton<C>(); return new C(t); }",
        Has.Library(typeof(Microsoft.Extensions.DependencyInjection.IServiceCollection)));
}
