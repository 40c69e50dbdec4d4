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
    public void A_call_takes_the_token(string call, string passed)
    {
        var spot = Spot.In($$"""
            void M(CancellationToken other, Subject other2) { GC.KeepAlive([|{{call}}|]); }
            Task F(int n, CancellationToken token = default) => Task.CompletedTask;
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
        var passing = new TokenPassing(spot.Model, "ct");
        Assert.Equal(WithoutSpaces(passed), WithoutSpaces(passing.Visit(spot.Node).ToString())); // the formatter sets them
        Assert.Equal(call != passed, passing.IsUsed);
    }

    private static string WithoutSpaces(string code) => code.Replace(" ", "", StringComparison.Ordinal);
}
