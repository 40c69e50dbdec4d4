using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Toolbox;

/// <summary>Which functions are event handlers, or have a signature that others gave them.</summary>
public sealed class EventHandlersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("void [|F|](object sender, EventArgs e) { }")]
    [InlineData("void [|F|](string sender, System.ComponentModel.CancelEventArgs e) { }")]
    [InlineData("void [|F|]<T>(object sender, T e) where T : EventArgs { }")]
    [InlineData("struct ClickEventArgs { }\nvoid [|F|](object sender, ClickEventArgs e) { }")]
    [InlineData("event Action E;\nvoid M() { E += F; }\nvoid [|F|]() { }")]
    [InlineData("event Action E;\nvoid M() { E += this.F; }\nvoid [|F|]() { }")]
    [InlineData("event Action<int> E;\nvoid M() { E += F<int>; }\nvoid [|F|]<T>(T it) { }")]
    [InlineData("event Action E;\nvoid M(bool b) { E += b ? F : null; }\nvoid [|F|]() { }")]
    [InlineData("event Action E;\nvoid M() { Action handler; handler = F; E += handler; }\nvoid [|F|]() { }")]
    [InlineData("void M(Action all) { all += F; }\nvoid [|F|]() { }")]
    [InlineData("class B { public virtual void F() { } }\nclass C : B { public override void [|F|]() { } }")]
    [InlineData("abstract class B : IDisposable { public abstract void Dispose(); }\nclass C : B { public override void [|Dispose|]() { } }")]
    [InlineData("class C : IDisposable { public void [|Dispose|]() { } }")]
    [InlineData("class C : IDisposable { void IDisposable.[|Dispose|]() { } }")]
    [InlineData("partial class P { partial void F(); partial void [|F|]() { } }")]
    [InlineData("partial class P { partial void [|F|](); partial void F() { } }")]
    [InlineData("event Action E;\nvoid M(Action a) { E += (Action)F ?? a; }\nvoid [|F|]() { }")]
    [InlineData("void M() { Action all = null; all += F; all(); }\nvoid [|F|]() { }")]
    [InlineData("class Clicked : EventArgs { }\nvoid [|F|](object sender, Clicked e) { }")]
    public void A_handler_is(string members) => Assert.True(IsHandler(members));

    [Theory]
    [InlineData("void [|F|](object sender) { }")]
    [InlineData("void [|F|](int sender, EventArgs e) { }")]
    [InlineData("void [|F|](object sender, object e) { }")]
    [InlineData("void [|F|](object sender, EventArgs e, int n) { }")]
    [InlineData("event Action E;\nvoid M() { E -= F; }\nvoid [|F|]() { }")]
    [InlineData("event Action E;\nvoid M() { Action a = F; a(); }\nvoid [|F|]() { }")]
    [InlineData("event Action E;\nvoid M() { E += () => F(); }\nvoid [|F|]() { }")]
    [InlineData("void M() { new Thread(F).Start(); }\nvoid [|F|]() { }")]
    [InlineData("virtual public void [|F|]() { }")]
    [InlineData("class C : IDisposable { public void Dispose() { } public void [|Dispose|](bool all) { } }")]
    [InlineData("void [|F|]<T>(object sender, T e) where T : IDisposable { }")]
    [InlineData("void M(Action all) { all -= F; }\nvoid [|F|]() { }")]
    [InlineData("event Action E;\nvoid M() { Action later = F; E -= later; }\nvoid [|F|]() { }")]
    [InlineData("event Action E;\nvoid M(Action other) { Action later = F; later(); E += other; }\nvoid [|F|]() { }")]
    [InlineData("event Action E;\nvoid M() { Action later = F, other = () => { }; later(); E += other; }\nvoid [|F|]() { }")]
    public void No_handler_is(string members) => Assert.False(IsHandler(members));

    [Theory]
    [InlineData("event Action E;\nvoid M() { E += [|() => { }|]; }", "E")]
    [InlineData("Action Field;\nvoid M() { this.Field += [|() => { }|]; }", "Field")]
    [InlineData("event Action E;\nvoid M() { Action later = [|() => { }|]; E += later; }", "E")]
    [InlineData("event Action E;\nvoid M() { E -= [|() => { }|]; }", null)]
    [InlineData("void M() { Action a = [|() => { }|]; a(); }", null)]
    [InlineData("void M() { Task.Run([|() => { }|]); }", null)]
    public void A_lambda_is_attached_to(string members, string? target)
    {
        var (node, model) = Spot.In(members);
        var lambda = (IAnonymousFunctionOperation)model.GetOperation(node.DescendantNodesAndSelf().OfType<LambdaExpressionSyntax>().First(), Cancel)!; // the snippet compiles
        Assert.Equal(target, EventHandlers.AttachedTo(lambda)?.Name);
    }

    [Theory]
    [InlineData("EventHandler M() => [|(sender, e) => { }|];", true)]
    [InlineData("Func<object, EventArgs, int> M() => [|(sender, e) => 1|];", true)]
    [InlineData("EventHandler M() => [|delegate { }|];", true)]
    [InlineData("event Action E; void M() { E += [|() => { }|]; }", true)]
    [InlineData("Action M() => [|delegate { }|];", false)]
    [InlineData("Func<string, string, int> M() => [|delegate { return 1; }|];", false)]
    public void A_lambda_handles_an_event_or_not(string members, bool handles)
    {
        var (node, model) = Spot.In(members);
        var lambda = (IAnonymousFunctionOperation)model.GetOperation(node.DescendantNodesAndSelf().OfType<AnonymousFunctionExpressionSyntax>().First(), Cancel)!; // the snippet compiles
        Assert.Equal(handles, EventHandlers.IsHandler(lambda));
    }

    private static bool IsHandler(string members)
    {
        var (node, model) = Spot.In(members);
        var function = (IMethodSymbol)model.GetDeclaredSymbol(node.FirstAncestorOrSelf<MethodDeclarationSyntax>()!, Cancel)!; // the snippet compiles
        var handlers = CompilationFacts.Of(model.Compilation).Handlers;
        var answer = handlers.IsHandler(function, Cancel);
        Assert.Equal(answer, handlers.IsHandler(function, Cancel)); // that one is remembered
        return answer;
    }
}
