namespace AsyncGuard.Toolbox;

/// <summary>Errors are followed through five and more calls of every kind, both where they are caught in the end and where they are not.</summary>
public sealed class DeepErrorTests
{
    [Fact]
    public void Through_awaited_and_returned_calls() => ErrorQuestions.Follows("""
        async Task M() { await A(); }
        private Task A() => B();
        public async Task B() => await C().ConfigureAwait(false);
        internal async ValueTask C() { await D(); }
        protected static Task D() { return E(); }
        static async Task E() { await Task.Yield(); WORK; }
        """);

    [Fact]
    public void Through_calls_that_block() => ErrorQuestions.Follows("""
        void M() { A().Wait(); }
        async Task A() { B().GetAwaiter().GetResult(); await Task.Yield(); }
        async Task<int> B() { C(); await Task.Yield(); return 1; }
        void C() => D();
        int D() => E().Result;
        async Task<int> E() { await Task.Yield(); WORK; return 1; }
        """);

    [Fact]
    public void Through_virtual_calls_with_known_targets() => ErrorQuestions.Follows("""
        void M(IStep step) { step.A(); }
        private interface IStep { void A(); }
        private abstract class Step : IStep { public void A() => B(); protected abstract void B(); }
        private class Middle : Step { protected override void B() => C(); protected virtual void C() { } }
        private sealed class Last : Middle { protected override void C() => new Other().D(); }
        private class Other { public virtual void D() => E(); private void E() { WORK; } }
        """);

    [Fact]
    public void Through_local_functions() => ErrorQuestions.Follows("""
        async Task M()
        {
            await A();
            Task A() => B();
            async Task B() { await C(); async Task C() => await D(); }
            static async Task D() { await E(); static Task E() { return G(); } }
            static async Task G() { await Task.Yield(); WORK; }
        }
        """);

    [Fact]
    public void Through_lambdas_in_locals() => ErrorQuestions.Follows("""
        async Task M()
        {
            Action a = () => { WORK; };
            Func<Task> b = async () => { await Task.Yield(); a(); };
            Func<Task> c = () => b();
            var d = c;
            Func<int, Task> e = async _ => await d.Invoke();
            Func<Task> f = async () => { await e(1); };
            await f();
        }
        """);

    [Fact]
    public void Through_lambdas_in_read_only_fields() => ErrorQuestions.Follows("""
        private readonly Func<Task> _a = async () => { await Task.Yield(); WORK; };
        private static readonly Action B = () => new Subject()._a().Wait();
        private readonly Action _c;
        private Func<Task> D { get; } = () => Task.Run(new Subject()._c);
        private Func<Task> E => async () => await D();
        Subject() { _c = () => B(); }
        async Task M() { await E(); }
        """);

    [Fact]
    public void Through_method_groups() => ErrorQuestions.Follows("""
        async Task M() { await Task.Run(A); }
        Task A() => Task.Run(B);
        async Task B() { await Task.Factory.StartNew(C); }
        void C() { Action d = D; d(); }
        void D() => Run(E);
        void Run(Action action) => action();
        void E() { WORK; }
        """);

    [Fact]
    public void Through_delegates_that_are_passed_on() => ErrorQuestions.Follows("""
        public Task M() => A(async () => { await Task.Yield(); WORK; });
        public Task A(Func<Task> a) => B(a);
        public async Task B(Func<Task> b) { await Task.Yield(); await C(b, () => { }); }
        public async Task C(Func<Task> c, Action then) { await D(c); then(); }
        public Task D(Func<Task> d) => Task.Run(d);
        """);

    [Fact]
    public void Through_generic_methods() => ErrorQuestions.Follows("""
        async Task M() { await A(1); }
        Task<T> A<T>(T item) => B(item, "");
        async Task<T> B<T, U>(T item, U other) { GC.KeepAlive(other); return await C<T>(item); }
        Task<T> C<T>(T item) => new Box<T>(item).D();
        class Box<T>(T item) { public async Task<T> D() { await Task.Yield(); return E(item); } private static T E(T it) { WORK; return it; } }
        """);

    // The first brace ends the snippet's class: an extension method stands in a class of its own.
    [Fact]
    public void Through_extension_methods() => ErrorQuestions.Follows("""
        public async Task M() { await this.A(); } }
        static class Extensions
        {
            public static Task A(this Subject it) => it.B();
            public static async Task B(this object it) => await it.C<object>();
            public static async Task C<T>(this T it) { await Task.Yield(); it.D(); }
            public static void D<T>(this T it) => Extensions.E(it);
            public static void E(this object it) { GC.KeepAlive(it); WORK; }
        """);

    [Fact]
    public void Through_async_iterators() => ErrorQuestions.Follows("""
        using System.Collections.Generic;

        async Task M() { await foreach (var item in A()) { GC.KeepAlive(item); } }
        async IAsyncEnumerable<int> A() { await foreach (var item in B()) { yield return item; } }
        async IAsyncEnumerable<int> B() { await foreach (var item in C().WithCancellation(default)) { yield return item; } }
        IAsyncEnumerable<int> C() => D();
        async IAsyncEnumerable<int> D() { yield return await E(); }
        async Task<int> E() { await Task.Yield(); WORK; return 1; }
        """);

    [Fact]
    public void Through_iterators() => ErrorQuestions.Follows("""
        using System.Collections.Generic;

        void M() { foreach (var item in A()) { GC.KeepAlive(item); } }
        IEnumerable<int> A() { foreach (var item in B()) { yield return item; } }
        IEnumerable<int> B() { var items = C(); foreach (var item in items) { yield return item; } }
        IEnumerable<int> C() { D(); yield break; }
        void D() => E();
        void E() { WORK; }
        """);

    // The first brace ends the snippet's class: a partial method wants a partial class.
    [Fact]
    public void Through_partial_methods() => ErrorQuestions.Follows("""
        void M() => Parts.A(); }
        static partial class Parts
        {
            public static partial void A();
            public static partial void A() => B();
            private static partial void B();
            private static partial void B() => C();
            private static partial int C();
        }
        static partial class Parts
        {
            private static partial int C() { D(); return 1; }
            private static void D() => E();
            private static void E() { WORK; }
        """);

    [Fact]
    public void Through_getters_and_setters() => ErrorQuestions.Follows("""
        int M() => A;
        int A => B;
        int B { get { return C + 1; } }
        int C { get { D = 2; return 1; } }
        int D { get => 1; set => this["x"] = value; }
        int this[string key] { get => 1; set { E += value; } }
        int E { get { WORK; return 1; } set { } }
        """);

    [Fact]
    public void Through_operators_and_conversions() => ErrorQuestions.Follows("""
        void M() { var a = new Amount(); GC.KeepAlive(a + a); }
        record struct Amount
        {
            public static Amount operator +(Amount one, Amount other) => -one;
            public static Amount operator -(Amount one) { int i = one; return new(); }
            public static implicit operator int(Amount one) { var two = one; two++; return 1; }
            public static Amount operator ++(Amount one) { var two = one; two *= one; return two; }
            public static Amount operator *(Amount one, Amount other) => (Amount)"1";
            public static explicit operator Amount(string text) { WORK; return new(); }
        }
        """);

    [Fact]
    public void Through_constructors_and_initialisers() => ErrorQuestions.Follows("""
        void M() { GC.KeepAlive(new A()); }
        class A : B { }
        class B : C { public B() : this(1) { } public B(int i) { } }
        class C { private readonly D _d = new(); }
        class D : E { public D() : base(new G().Text) { } }
        class E(string text) { public string Text { get; } = text; }
        class G { public string Text { get; } = Read(); private static string Read() { WORK; return ""; } }
        """);

    [Fact]
    public void Through_base_calls() => ErrorQuestions.Follows("""
        void M() { new A().Work(); }
        class A : B { public override void Work() => base.Work(); }
        class B : C { public override void Work() { base.Work(); } }
        class C : D { public override void Work() { GC.KeepAlive(base.Count); } }
        class D { public virtual void Work() { } public virtual int Count { get { Own(); return 1; } } private void Own() => Last(); private static void Last() { WORK; } }
        """);

    [Fact]
    public void Through_lazy_values() => ErrorQuestions.Follows("""
        private static readonly Lazy<string> A = new(() => Read());
        private readonly Lazy<Task<string>> _b = new(async () => { await Task.Yield(); return A.Value; });
        static string Read() => C();
        static string C() { var d = new Lazy<string>(D); return d.Value; }
        static string D() { WORK; return ""; }
        async Task M() { await _b.Value; }
        """);

    [Fact]
    public void Through_tasks_of_a_collection() => ErrorQuestions.Follows("""
        using System.Linq;

        async Task M(int[] items) { await Task.WhenAll(items.Select(A)); }
        async Task A(int item) { var tasks = new[] { item }.Select(each => B(each)).ToArray(); await Task.WhenAll(tasks); }
        Task B(int item) => Task.WhenAll(C(item), C(item));
        async Task C(int item) => await Task.WhenAll([D(item)]);
        async Task D(int item) { await Task.Yield(); GC.KeepAlive(item); WORK; }
        """);

    [Fact]
    public void Through_choices() => ErrorQuestions.Follows("""
        async Task M(bool yes) { await (yes ? A(yes) : Task.CompletedTask); }
        Task A(bool yes) => yes switch { true => B(yes), _ => Task.CompletedTask };
        async Task B(bool yes) { var task = yes ? null : C(); await (task ?? C()); }
        async Task C() { Subject? it = this; await it?.D()!; }
        async Task D() { Func<Task>? e = null; e ??= E; await e(); }
        async Task E() { await Task.Yield(); WORK; }
        """);

    [Fact]
    public void A_getter_s_lambda_returns_for_itself() => ErrorQuestions.Guarded("""
        private Func<string, int> Measure => text => { try { return File.ReadAllText(text).Length; } catch { return text.Length; } };
        int M() => Measure("x");
        """);
}
