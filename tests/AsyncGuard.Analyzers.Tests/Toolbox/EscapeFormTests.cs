namespace AsyncGuard.Toolbox;

/// <summary>Which part of an operation fails first, and whose code a member stands for: the one that fails beside the one like it that does not.</summary>
public sealed class EscapeFormTests
{
    [Theory]
    [InlineData("void M(int[] a) { a[[|F.Text|].Length] = 1; }")]
    [InlineData("object M() => new FileStream([|F.Text|], FileMode.Open);")]
    [InlineData("void M() { foreach (var c in [|F.Text|]) { GC.KeepAlive(c); } }")]
    [InlineData("void M() { using (var s = [|File.OpenRead(\"x\")|]) { } }")]
    [InlineData("void M() { using (var s = new MemoryStream()) { [|File.Delete(\"x\")|]; } }")]
    [InlineData("void M() { throw new IOException([|F.Text|]); }")]
    [InlineData("object M(dynamic d) => [|d[0]|];")]
    [InlineData("void M(C c) { var s = [|c.Text|]; GC.KeepAlive(s); } class C { public string Text { get => File.ReadAllText(\"x\"); set { } } }")]
    [InlineData("void M(C c, C d) { d.Text = [|c.Text|]; } class C { public string Text { get => File.ReadAllText(\"x\"); set { } } }")]
    [InlineData("void M(C c) { [|c.Text|] = \"x\"; } class C { public string Text { get => \"\"; set => File.Delete(value); } }")]
    [InlineData("void M(C c) { [|c.Text|] ??= \"x\"; } class C { public string Text { get => File.ReadAllText(\"x\"); set { } } }")]
    [InlineData("void M(C c) { [|c.Text|] += \"x\"; } class C { public string Text { get => File.ReadAllText(\"x\"); set { } } }")]
    [InlineData("void M(C c) { [|c.N|]++; } class C { public int N { get => 1; set => File.Delete(\"x\"); } }")]
    [InlineData("void M(IGo go) { [|go.Go()|]; } interface IGo { void Go(); } struct S : IGo { public void Go() => File.Delete(\"x\"); }")]
    [InlineData("void M(B b) { [|b.Go()|]; } class B { public virtual void Go() { } } class C : B { public override void Go() => File.Delete(\"x\"); }")]
    [InlineData("void M(B b) { [|b.Go()|]; } abstract class B { public abstract void Go(); } class C : B { public override void Go() => File.Delete(\"x\"); }")]
    [InlineData("void M(B b) { GC.KeepAlive([|b.Text|]); } abstract class B { public abstract string Text { get; } } class C : B { public override string Text => File.ReadAllText(\"x\"); }")]
    [InlineData("int M(System.Collections.Concurrent.ConcurrentDictionary<int, string> all) => [|all.GetOrAdd(1, _ => File.ReadAllText(\"x\"))|].Length;")]
    [InlineData("void M() { using ([|new D()|]) { } } class D : IDisposable, IAsyncDisposable { public void Dispose() => File.ReadAllText(\"x\"); public ValueTask DisposeAsync() => default; }")]
    [InlineData("async Task M() { await using ([|new D()|]) { await Task.Yield(); } } class D : IDisposable, IAsyncDisposable { public void Dispose() { } public async ValueTask DisposeAsync() => await F.ReadAsync(); }")]
    public void It_escapes_from(string members) => ErrorQuestions.Escapes(members);

    [Theory]
    [InlineData("string M() => nameof(F.Text) + typeof(F);")]
    [InlineData("int M(Box b) => b.Value; class Box { public int Value { get; set; } }")]
    [InlineData("void M(C c) { c.Text = \"x\"; } class C { public string Text { get => File.ReadAllText(\"x\"); set { } } }")]
    [InlineData("void M(C c) { GC.KeepAlive(c.Text); } class C { public string Text { get => \"\"; set => File.Delete(value); } }")]
    [InlineData("int M(System.Collections.Generic.List<int> l) { var n = 0; for (var i = 0; i < l.Count; i++) { n += l[i]; } return n; }")]
    [InlineData("void M() { new B().Go(); } class B { public virtual void Go() { } } class C : B { public override void Go() => File.Delete(\"x\"); }")]
    [InlineData("string M() => new B().Text; class B { public virtual string Text => \"\"; } class C : B { public override string Text => File.ReadAllText(\"x\"); }")]
    [InlineData("string M(C c) => c.Other(); class B { public virtual string Text => \"\"; } class C : B { public override string Text => File.ReadAllText(\"x\"); public string Other() => base.Text; }")]
    [InlineData("void M(S s) => s.Go(); interface IGo { void Go(); } struct S : IGo { public void Go() { } } class X : IGo { public void Go() => File.Delete(\"x\"); }")]
    [InlineData("void M(C c) => c.Go(); class B { public virtual void Go() => File.Delete(\"x\"); } sealed class C : B { public override void Go() { } }")]
    [InlineData("void M(B b) => b.Go(); class B { public virtual void Go() { } public virtual void Go(int n) { } } class C : B { public override void Go(int n) => File.Delete(\"x\"); }")]
    [InlineData("void M(IGo go) => go.Go(); interface IGo { void Go(); void Go(int n); } class C : IGo { public void Go() { } public void Go(int n) => File.Delete(\"x\"); }")]
    [InlineData("void M(IA a) => a.Go(); interface IA { void Go(); } interface IB { void Go(); } class X : IB { public void Go() => File.Delete(\"x\"); } class Y : IA { public void Go() { } }")]
    [InlineData("int M(System.Collections.Concurrent.ConcurrentDictionary<int, string> all) => all.GetOrAdd(1, _ => \"x\").Length;")]
    [InlineData("async Task M() { await using (new D()) { await Task.Yield(); } } class D : IDisposable, IAsyncDisposable { public void Dispose() => File.ReadAllText(\"x\"); public ValueTask DisposeAsync() => default; }")]
    [InlineData("void M() { using (new D()) { } } class D : IDisposable, IAsyncDisposable { public void Dispose() { } public async ValueTask DisposeAsync() => await F.ReadAsync(); }")]
    public void Nothing_escapes_from(string members) => ErrorQuestions.Guarded(members);

    [Theory]
    [InlineData("Dispose")]
    [InlineData("Close")]
    [InlineData("Release")]
    [InlineData("Cancel")]
    [InlineData("Stop")]
    [InlineData("Complete")]
    [InlineData("Unsubscribe")]
    [InlineData("Unregister")]
    [InlineData("Detach")]
    [InlineData("Remove")]
    [InlineData("Clear")]
    [InlineData("Kill")]
    [InlineData("Exit")]
    [InlineData("Delete")]
    public void Nothing_escapes_from_a_using_that_ends_in(string verb) => ErrorQuestions.Guarded(Using(verb, "new D(it)"));

    [Fact]
    public void It_escapes_from_a_using_that_ends_in_work() => ErrorQuestions.Escapes(Using("Save", "[|new D(it)|]"));

    private static string Using(string verb, string resource) =>
        $$"""void M(IOwned it) { using ({{resource}}) { } } sealed class D(IOwned it) : IDisposable { public void Dispose() => it.{{verb}}All(); } interface IOwned { void {{verb}}All(); }""";

    [Theory]
    [InlineData("System.Diagnostics.Debug.WriteLine(F.Count);")]
    [InlineData("System.Diagnostics.Trace.WriteLine(F.Count);")]
    [InlineData("Console.Out.WriteLine(F.Count);")]
    [InlineData("Console.Error.WriteLine(F.Count);")]
    [InlineData("MessageBox.Show();")]
    [InlineData("TelemetryClient.Show();")]
    [InlineData("Activity.Show();")]
    [InlineData("AuditLog.Show();")]
    [InlineData("OwnLogger.Show();")]
    [InlineData("OwnLoggerExtensions.Show();")]
    [InlineData("Saved();")]
    public void Nothing_escapes_from_a_call_that_only_tells(string statement) => ErrorQuestions.Guarded(Telling(statement));

    [Theory]
    [InlineData("[|Debug.Show()|];")]
    [InlineData("[|LogIn()|];")]
    [InlineData("[|Sold()|];")]
    [InlineData("[|Held.Out.Flush()|];")]
    public void It_escapes_from_a_call_that_only_is_called_like_one(string statement) => ErrorQuestions.Escapes(Telling(statement));

    private static string Telling(string statement) =>
        $$"""
        void M() { {{statement}} }
        static class Fails { public static void Show() => File.ReadAllText("x"); }
        static class MessageBox { public static void Show() => Fails.Show(); }
        static class TelemetryClient { public static void Show() => Fails.Show(); }
        static class Activity { public static void Show() => Fails.Show(); }
        static class AuditLog { public static void Show() => Fails.Show(); }
        static class OwnLogger { public static void Show() => Fails.Show(); }
        static class OwnLoggerExtensions { public static void Show() => Fails.Show(); }
        static class Debug { public static void Show() => Fails.Show(); }
        static class Held { public static Stream Out => null; }
        class LoggerMessageAttribute : Attribute { }
        [LoggerMessage] static void Saved() => Fails.Show();
        [Obsolete] static void Sold() => Fails.Show();
        static void LogIn() => Fails.Show();
        """;
}
