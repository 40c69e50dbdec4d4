namespace AsyncGuard.Toolbox;

/// <summary>Raising an event fails as its handlers do, where all of them can be seen.</summary>
public sealed class RaisedEventTests
{
    private const string Raise = "void M() => Changed?.Invoke(this, EventArgs.Empty);\n";

    [Theory]
    [InlineData(Raise + "internal event EventHandler Changed; void A() => Changed += (_, _) => F.Nothing();")]
    [InlineData(Raise + "internal event EventHandler Changed; void A() => this.Changed += On; void On(object s, EventArgs e) { try { File.Delete(\"x\"); } catch (Exception) { } }")]
    [InlineData(Raise + "internal event EventHandler Changed; void A() => Changed += async (_, _) => await F.ReadAsync();")]
    [InlineData(Raise + "internal event EventHandler Changed; void A() => Changed += On; async void On(object s, EventArgs e) => await F.ReadAsync();")]
    [InlineData(Raise + "internal event EventHandler Changed; void A() { Changed += (_, _) => F.Nothing(); Changed -= On; } void On(object s, EventArgs e) => File.Delete(\"x\");")]
    [InlineData("void M() => Changed(this, EventArgs.Empty);\nprivate event EventHandler Changed; void A() => Changed += (_, _) => F.Nothing();")]
    [InlineData("void M() { var handler = Changed; handler?.Invoke(this, EventArgs.Empty); }\nprivate event EventHandler Changed; void A() => Changed += (_, _) => F.Nothing();")]
    [InlineData(Raise + "internal event EventHandler Changed; void A() => Changed += (_, _) => M();")]
    [InlineData(Raise + "private event EventHandler Changed; void A() => Changed += (_, _) => F.Nothing(); class Other { event EventHandler Changed; void A() => Changed += (_, _) => File.Delete(\"x\"); void B() => Changed(this, EventArgs.Empty); }")]
    public void An_event_whose_handlers_are_all_guarded(string members) => ErrorQuestions.Guarded(members);

    [Theory]
    [InlineData("internal event EventHandler Changed;")]
    [InlineData("internal event EventHandler Changed; void A() => Changed += (_, _) => File.Delete(\"x\");")]
    [InlineData("internal event EventHandler Changed; void A() { Changed += (_, _) => F.Nothing(); Changed += (_, _) => File.Delete(\"x\"); }")]
    [InlineData("internal event EventHandler Changed; void A(Subject s) { if (s != null) { s.Changed += On; } } void On(object s, EventArgs e) => File.Delete(\"x\");")]
    [InlineData("internal event EventHandler Changed; void A(EventHandler given) => Changed += given;")]
    public void An_event_that_may_run_what_fails(string members) => ErrorQuestions.Escapes("void M() => Changed?[|.Invoke(this, EventArgs.Empty)|];\n" + members);

    [Theory]
    [InlineData("interface ITell { event EventHandler Changed; }", "void A(ITell it) => it.Changed += (_, _) => File.Delete(\"x\");", false)]
    [InlineData("interface ITell { event EventHandler Changed; }", "void A(ITell it) => it.Changed += (_, _) => F.Nothing();", true)]
    [InlineData("public interface ITell { event EventHandler Changed; }", "", false)]
    [InlineData("interface ITell { }", "void A() => Changed += (_, _) => F.Nothing();", true)]
    public void An_event_that_an_interface_shows(string contract, string attach, bool isGuarded) =>
        Is(isGuarded, $"void M() => new Teller().Tell(); }} class Teller : ITell {{ public event EventHandler Changed; public void Tell() => Changed?.Invoke(this, EventArgs.Empty); {attach} }} {contract} class Rest {{");

    [Theory]
    [InlineData("public", "public", false)]
    [InlineData("public", "protected", false)]
    [InlineData("public", "internal", true)]
    [InlineData("internal", "public", true)]
    public void An_event_that_others_may_attach_to(string type, string member, bool isGuarded) =>
        Is(isGuarded, $"void M() => new Teller().Tell(); }} {type} class Teller {{ {member} event EventHandler Changed; public void Tell() => Changed?.Invoke(this, EventArgs.Empty); public Teller() => Changed += (_, _) => F.Nothing();");

    private static void Is(bool isGuarded, string members)
    {
        var (facts, method) = ErrorQuestions.Read(members);
        Assert.Equal(isGuarded, facts.Errors.HandlesItsOwnErrors(method, TestContext.Current.CancellationToken));
    }
}
