using AsyncGuard.Fixing;
using AsyncGuard.Support;

namespace AsyncGuard.Toolbox;

/// <summary>Which calls take a token, and how it is written.</summary>
public sealed class TokenPassingTests
{
    [Theory]
    [InlineData("F(1)", "F(1, ct)")]
    [InlineData("F(n: 1)", "F(n: 1, token: ct)")]
    [InlineData("F(1, default)", "F(1, ct)")]
    [InlineData("F(1, default(CancellationToken))", "F(1, ct)")]
    [InlineData("F(1, token: default)", "F(1, token: ct)")]
    [InlineData("F(1, CancellationToken.None)", "F(1, CancellationToken.None)")]
    [InlineData("F(1, other)", "F(1, other)")]
    [InlineData("G(1)", "G(1, ct)")]
    [InlineData("this.G(1)", "this.G(1, ct)")]
    [InlineData("H(1)", "H(1, token: ct)")]
    [InlineData("N(1)", "N(1)")]
    [InlineData("1.E()", "1.E(ct)")]
    [InlineData("1.O()", "1.O(ct)")]
    [InlineData("F(N(1).Id)", "F(N(1).Id, ct)")]
    [InlineData("F(F(1).Id)", "F(F(1, ct).Id, ct)")]
    [InlineData("System.IO.File.ReadAllTextAsync(\"x\")", "System.IO.File.ReadAllTextAsync(\"x\", ct)")]
    [InlineData("Task.Delay(1)", "Task.Delay(1, ct)")]
    [InlineData("other2?.G(1)", "other2?.G(1, ct)")]
    [InlineData("F()", "F(token: ct)")]
    [InlineData("F(token: default, n: 1)", "F(token: ct, n: 1)")]
    [InlineData("G(n: 1)", "G(n: 1, token: ct)")]
    [InlineData("Between(1)", "Between(1, ct)")]
    [InlineData("Between(m: 2, n: 1)", "Between(m: 2, n: 1, token: ct)")]
    [InlineData("Generic(\"x\")", "Generic(\"x\", ct)")]
    [InlineData("Generic<int>(1)", "Generic<int>(1, ct)")]
    [InlineData("Differs(1)", "Differs(1)")]
    [InlineData("Gives(1)", "Gives(1)")]
    [InlineData("Alone(1)", "Alone(1)")]
    [InlineData("Other(1)", "Other(1)")]
    [InlineData("Shared(1)", "Shared(1)")]
    [InlineData("Many(1, 2)", "Many(1, 2)")]
    [InlineData("ByReference(1)", "ByReference(1)")]
    [InlineData("F(Count())", "F(Count(ct), ct)")]
    [InlineData("Next().Next().F(1)", "Next(ct).Next(ct).F(1, ct)")]
    [InlineData("Extensions.E(1)", "Extensions.E(1, ct)")]
    [InlineData("Local()", "Local(ct)")]
    [InlineData("work(other)", "work(other)")]
    [InlineData("nameof(F)", "nameof(F)")]
    [InlineData("F(1 /* first */)", "F(1 /* first */, ct)")]
    [InlineData("Task.Run(() => F(1))", "Task.Run(() => F(1, ct), ct)")]
    public void A_call_takes_the_token(string call, string passed) => Becomes(passed, call, call != passed);

    [Fact]
    public void A_function_inside_that_has_a_token_passes_its_own()
    {
        Becomes("Each(async (n, own) => await F(n, own))", "Each(async (n, own) => await F(n))", isUsed: false);
        Becomes("Each(async (n, _) => await F(n, ct))", "Each(async (n, _) => await F(n))");
        Becomes("Pair(Each(async (n, own) => await F(n, own)), F(1, ct))", "Pair(Each(async (n, own) => await F(n)), F(1))");
        Becomes("Each(delegate (int n, CancellationToken own) { return F(n, own); })", "Each(delegate (int n, CancellationToken own) { return F(n); })", isUsed: false);
        Becomes("Each((n, _) => { Task In(CancellationToken own) => F(n, own); return In(other); })", "Each((n, _) => { Task In(CancellationToken own) => F(n); return In(other); })", isUsed: false);
    }

    [Fact]
    public void What_runs_whatever_happened_takes_no_token()
    {
        Becomes("F(1, ct).ContinueWith(t => { })", "F(1).ContinueWith(t => { })");
        Becomes(
            "Each(async (n, _) => { try { await F(1, ct); } catch { await F(2, ct); } finally { await F(3); } })",
            "Each(async (n, _) => { try { await F(1); } catch { await F(2); } finally { await F(3); } })");
    }

    [Fact]
    public void An_expression_tree_takes_no_token() => Becomes("Describe(() => F(1, default))", "Describe(() => F(1, default))", isUsed: false);

    private static void Becomes(string passed, string call, bool isUsed = true)
    {
        var spot = Given(call);
        var passing = new TokenPassing(spot.Model, "ct");
        Assert.Equal(WithoutSpaces(passed), WithoutSpaces(passing.Visit(spot.Node).ToString())); // the formatter sets them
        Assert.Equal(isUsed, passing.IsUsed);
    }

    private static Spot Given(string call) => Spot.In($$"""
        void M(CancellationToken other, Subject other2, Func<CancellationToken, Task> work) { Task Local(CancellationToken token = default) => Task.CompletedTask; GC.KeepAlive([|{{call}}|]); GC.KeepAlive(Local()); }
        Task Between(int n, CancellationToken token = default, int m = 1) => Task.CompletedTask;
        Task Generic<T>(T it) => Task.CompletedTask;
        Task Generic<T>(T it, CancellationToken token) => Task.CompletedTask;
        Task<int> Differs(int n) => Task.FromResult(1);
        Task Differs(string n, CancellationToken token) => Task.CompletedTask;
        Task Gives(int n) => Task.CompletedTask;
        Task<int> Gives(int n, CancellationToken token) => Task.FromResult(1);
        Task Other(int n) => Task.CompletedTask;
        Task Other(string n, CancellationToken token) => Task.CompletedTask;
        Task Alone(int n) => Task.CompletedTask;
        Task Alone<T>(int n, CancellationToken token) => Task.CompletedTask;
        static Task Shared(int n) => Task.CompletedTask;
        Task Shared(int n, CancellationToken token) => Task.CompletedTask;
        Task Many(params int[] ns) => Task.CompletedTask;
        Task ByReference(int n) => Task.CompletedTask;
        Task ByReference(int n, in CancellationToken token) => Task.CompletedTask;
        int Count(CancellationToken token = default) => 1;
        Subject Next(CancellationToken token = default) => this;
        object Pair(object one, object two) => one;
        object Each(Func<int, CancellationToken, Task> each) => each;
        object Describe(System.Linq.Expressions.Expression<Func<Task>> it) => it;
        Task F(int n = 0, CancellationToken token = default) => Task.CompletedTask;
        Task G(int n) => Task.CompletedTask;
        Task G(int n, CancellationToken token) => Task.CompletedTask;
        Task H(int n, int m = 2, CancellationToken token = default) => Task.CompletedTask;
        Task N(int n) => Task.CompletedTask;
        """, """
        using System.Threading; using System.Threading.Tasks;
        static class Extensions
        {
            public static Task E(this int n, CancellationToken token = default) => Task.CompletedTask;
            public static Task O(this int n) => Task.CompletedTask;
            public static Task O(this int n, CancellationToken token) => Task.CompletedTask;
        }
        """);

    private static string WithoutSpaces(string code) => code.Replace(" ", "", StringComparison.Ordinal);
}
