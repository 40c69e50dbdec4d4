namespace AsyncGuard.Toolbox;

/// <summary>Checks that name a mistake in the program are no failure of its work.</summary>
public sealed class PreconditionTests
{
    private const string State = "enum Kind { A, B } static AppLogger Log { get; set; } private readonly AppLogger _log = null; Kind _kind = Kind.A;\n";

    [Theory]
    [InlineData("void M() { if (Log == null) { throw new InvalidOperationException(nameof(Log)); } }")]
    [InlineData("void M() { if (Log == null) throw new InvalidOperationException(\"no log\"); }")]
    [InlineData("void M() { if (null == _log) throw new InvalidOperationException(); }")]
    [InlineData("void M() { if (_log is null) throw new InvalidOperationException(); }")]
    [InlineData("async Task M() { if (_log is null) throw new InvalidOperationException(); await Task.Delay(1); }")]
    [InlineData("void M() { Action a = () => { if (_log is null) throw new InvalidOperationException(); }; a(); }")]
    [InlineData("void M(string text) { ArgumentNullException.ThrowIfNull(text); if (_log is null) throw new InvalidOperationException(); }")]
    [InlineData("void M() { if (Log is null) throw new InvalidOperationException(); if (_log is null) { throw new InvalidOperationException(); } }")]
    [InlineData("int M() => _kind switch { Kind.A => 1, Kind.B => 2, _ => throw new InvalidOperationException() };")]
    [InlineData("int M() => _kind switch { Kind.A => 1, _ => throw new ArgumentOutOfRangeException(\"kind\") };")]
    [InlineData("void M() { switch (_kind) { case Kind.A: break; default: throw new NotSupportedException(); } }")]
    [InlineData("void M() { switch (_kind) { case Kind.A: break; default: { throw new System.Diagnostics.UnreachableException(); } } }")]
    public void A_mistake_in_the_program_is_none_of_the_work(string member) => ErrorQuestions.Guarded(State + member);

    [Fact]
    public void What_does_not_bind_is_no_evidence()
    {
        var (facts, method) = ErrorQuestions.Read("void M(Absent a) { ArgumentNullException.ThrowIfNull(a); if (a.B == null) throw new InvalidOperationException(); }", compiles: false);
        Assert.True(facts.Errors.HandlesItsOwnErrors(method, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("void M() { Log = null; if (Log == null) [|throw new InvalidOperationException();|] }")]
    [InlineData("void M() { F.Nothing(); if (Log == null) [|throw new InvalidOperationException();|] }")]
    [InlineData("async Task M() { await Task.Delay(1); if (Log == null) { [|throw new InvalidOperationException();|] } }")]
    [InlineData("void M() { while (true) { if (Log == null) [|throw new InvalidOperationException();|] } }")]
    [InlineData("void M() { if (Log == null) [|throw new IOException();|] }")]
    [InlineData("void M() { if (Log == null) { Log = null; [|throw new InvalidOperationException();|] } }")]
    [InlineData("void M() { if (Log != null) [|throw new InvalidOperationException();|] }")]
    [InlineData("void M() { if (Log == null) [|throw new InvalidOperationException();|] else Log = null; }")]
    [InlineData("void M() { if (_kind == Kind.A) [|throw new InvalidOperationException();|] }")]
    [InlineData("void M(string text) { if (text == null) [|throw new InvalidOperationException();|] }")]
    [InlineData("int M(int kind) => kind switch { 1 => 1, _ => [|throw new InvalidOperationException()|] };")]
    [InlineData("int M() => _kind switch { Kind.A => [|throw new InvalidOperationException()|], _ => 2 };")]
    [InlineData("int M() => _kind switch { Kind.A => 1, _ => [|throw new IOException()|] };")]
    [InlineData("void M(int kind) { switch (kind) { case 1: break; default: [|throw new NotSupportedException();|] } }")]
    [InlineData("void M() { switch (_kind) { case Kind.A: [|throw new NotSupportedException();|] default: break; } }")]
    public void Any_other_refusal_is(string member) => ErrorQuestions.Escapes(State + member);
}
