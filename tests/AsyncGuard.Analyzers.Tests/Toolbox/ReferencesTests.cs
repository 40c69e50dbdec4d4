using AsyncGuard.Support;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Toolbox;

/// <summary>Where a function is used: the marked one, by the texts of its uses.</summary>
public sealed class ReferencesTests
{
    [Fact]
    public void A_call() => Uses(["F(1)"], "void [|F|](int n) { } void M() { F(1); }");

    [Fact]
    public void A_method_group() => Uses(["F"], "void [|F|](int n) { } Action<int> M() => F;");

    [Fact]
    public void A_call_of_another_object() => Uses(["s.F(1)"], "void [|F|](int n) { } void M(Subject s) { s.F(1); }");

    [Fact]
    public void A_call_behind_a_conditional_access() => Uses([".F(1)"], "void [|F|](int n) { } void M(Subject s) { s?.F(1); }");

    [Fact]
    public void A_call_in_a_lambda_and_in_a_local_function() => Uses(["F(1)", "F(2)"], "void [|F|](int n) { } void M() { Action a = () => F(1); L(); void L() => F(2); }");

    [Fact]
    public void A_call_of_itself() => Uses(["F(n - 1)"], "void [|F|](int n) { F(n - 1); }");

    [Fact]
    public void A_call_in_another_file() => Uses(["s.F(1)"], "public void [|F|](int n) { }", "class Other { void M(Subject s) { s.F(1); } }");

    [Fact]
    public void A_call_of_a_generic_method() => Uses(["F<int>(1)", "F(\"x\")"], "void [|F|]<T>(T n) { } void M() { F<int>(1); F(\"x\"); }");

    [Fact]
    public void A_call_of_an_extension() => Uses(["1.F()", "E.F(2)"], "void M() { 1.F(); E.F(2); }", "static class E { public static void [|F|](this int n) { } }");

    [Fact]
    public void A_call_through_an_interface() => Uses(["i.F(1)"], "interface I { void F(int n); } class C : I { public void [|F|](int n) { } } void M(I i) { i.F(1); }");

    [Fact]
    public void A_call_through_an_interface_that_is_implemented_explicitly() => Uses(["i.F(1)"], "interface I { void F(int n); } class C : I { void I.[|F|](int n) { } } void M(I i) { i.F(1); }");

    [Fact]
    public void A_call_through_what_it_overrides() => Uses(["b.F(1)"], "abstract class B { public abstract void F(int n); } class C : B { public override void [|F|](int n) { } } void M(B b) { b.F(1); }");

    [Fact]
    public void A_call_of_a_local_function() => Uses(["L()"], "void M() { L(); void [|L|]() { } }");

    [Fact]
    public void A_call_of_a_partial_method() => Uses(["F()"], "partial class P { partial void F(); void M() { F(); } } partial class P { partial void [|F|]() { } }");

    [Fact]
    public void Not_a_call_of_another_function_of_the_same_name() => Uses([], "void [|F|](int n) { } void F(string s) { } void M() { F(\"x\"); }");

    [Fact]
    public void Not_a_call_through_a_contract_from_elsewhere() => Uses([], "class C : IDisposable { public void [|Dispose|]() { } } void M(IDisposable d) { d.Dispose(); }");

    [Fact]
    public void Not_a_call_through_what_a_library_declares() => Uses([], "class C { public override string [|ToString|]() => \"\"; } string M(object o) => o.ToString();");

    [Fact]
    public void Not_a_call_of_the_contract_s_other_functions() => Uses([], "interface I { void F(int n); void G(); } class C : I { public void [|F|](int n) { } public void G() { } } void M(I i) { i.G(); }");

    [Fact]
    public void Not_its_name() => Uses([], "void [|F|](int n) { } string M() => nameof(F);");

    private static void Uses(string[] expected, string members, string other = "class Other { }")
    {
        var cancel = TestContext.Current.CancellationToken;
        var isHere = members.Contains("[|", StringComparison.Ordinal);
        var spot = isHere ? Spot.In(members, other) : Spot.InFile(other, OutputKind.DynamicallyLinkedLibrary, Snippet.InClass(members));
        var function = Assert.IsAssignableFrom<IMethodSymbol>(spot.Model.GetDeclaredSymbol(spot.Node, cancel));
        Assert.Equal(expected.Order(StringComparer.Ordinal), CompilationFacts.Of(spot.Model.Compilation).References.Of(function, cancel).Select(each => each.Syntax.ToString()).Order(StringComparer.Ordinal));
    }
}
