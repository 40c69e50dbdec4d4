using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Toolbox;

/// <summary>Which functions have a body to read.</summary>
public sealed class FunctionBodiesTests
{
    [Fact]
    public void A_method_has() => Has("void M() { }");

    [Fact]
    public void An_expression_body_has() => Has("int M() => 1;");

    [Fact]
    public void An_async_method_has() => Has("async Task M() { await Task.Yield(); }");

    [Fact]
    public void A_generic_method_has() => Has("T M<T>(T t) => t;");

    [Fact]
    public void A_static_method_has() => Has("static void M() { }");

    [Fact]
    public void An_iterator_has() => Has("System.Collections.Generic.IEnumerable<int> M() { yield return 1; }");

    [Fact]
    public void A_virtual_method_has() => Has("protected virtual void M() { }");

    [Fact]
    public void An_override_by_name_has() => Has("""public override string ToString() { return M(); } string M() => "";""");

    [Fact]
    public void An_async_iterator_has() => Has("async System.Collections.Generic.IAsyncEnumerable<int> M() { await Task.Yield(); yield return 1; }");

    [Fact]
    public void A_ref_return_has() => Has("ref int M(ref int a) => ref a;");

    [Fact]
    public void A_throwing_body_has() => Has("void M() => throw new Exception();");

    [Fact]
    public void An_empty_lambda_inside_has() => Has("void M() { Action a = () => { }; a(); }");

    [Fact]
    public void A_method_with_an_attribute_has() => Has("[Obsolete] void M() { }");

    [Fact]
    public void A_method_with_defaults_has() => Has("void M(int a = 1, params int[] b) { }");

    [Fact]
    public void A_method_with_constraints_has() => Has("void M<T>() where T : new() { }");

    [Fact]
    public void An_unsafe_method_has() => Has("unsafe void M(int* p) { }");

    [Fact]
    public void A_getter_has() => Assert.NotNull(BodyOf("int P { get { return 1; } }", "get_P"));

    [Fact]
    public void A_getter_s_expression_has() => Assert.NotNull(BodyOf("int P { get => 1; }", "get_P"));

    [Fact]
    public void A_property_s_expression_has() => Assert.NotNull(BodyOf("int P => 1;", "get_P"));

    [Fact]
    public void A_setter_has() => Assert.NotNull(BodyOf("int P { set { } }", "set_P"));

    [Fact]
    public void An_indexer_has() => Assert.NotNull(BodyOf("int this[int i] => i;", "get_Item"));

    [Fact]
    public void An_event_accessor_has() => Assert.NotNull(BodyOf("event Action E { add { } remove { } }", "add_E"));

    [Fact]
    public void An_operator_has() => Assert.NotNull(BodyOf("public static Subject operator +(Subject a, Subject b) => a;", "op_Addition"));

    [Fact]
    public void A_constructor_has() => Assert.NotNull(BodyOf("public Subject() { }", ".ctor"));

    [Fact]
    public void A_static_constructor_has() => Assert.NotNull(BodyOf("static Subject() { }", ".cctor"));

    [Fact]
    public void A_finaliser_has() => Assert.NotNull(BodyOf("~Subject() { }", "Finalize"));

    [Fact]
    public void An_explicit_implementation_has() => Assert.NotNull(BodyOf("class D : IDisposable { void IDisposable.Dispose() { } }", "System.IDisposable.Dispose", "Subject+D"));

    [Fact]
    public void An_auto_property_has_not() => Assert.Null(BodyOf("int P { get; set; }", "get_P"));

    [Fact]
    public void An_abstract_method_has_not() => Assert.Null(BodyOf("abstract class A { public abstract void M(); }", "M", "Subject+A"));

    [Fact]
    public void An_interface_s_method_has_not() => Assert.Null(BodyOf("interface I { void M(); }", "M", "Subject+I"));

    [Fact]
    public void An_interface_s_default_has() => Assert.NotNull(BodyOf("interface I { void M() { } }", "M", "Subject+I"));

    [Fact]
    public void An_implicit_constructor_has_not() => Assert.Null(BodyOf("", ".ctor"));

    [Fact]
    public void An_extern_method_has_not() => Assert.Null(BodyOf("[System.Runtime.InteropServices.DllImport(\"x\")] static extern void M();", "M"));

    [Fact]
    public void The_implementing_part_of_a_partial_method_has() => Assert.NotNull(BodyOf("partial class C { public partial void M(); public partial void M() { } }", "M", "Subject+C"));

    [Fact]
    public void A_method_of_a_library_has_not()
    {
        var (facts, compilation) = Read("");
        var method = (IMethodSymbol)compilation.GetTypeByMetadataName("System.GC")!.GetMembers("KeepAlive").Single(); // .NET has it
        Assert.Null(facts.Bodies.Of(method, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_answer_is_kept()
    {
        var (facts, compilation) = Read("void M() { }");
        var method = Method(compilation, "M", "Subject");
        Assert.Same(facts.Bodies.Of(method, TestContext.Current.CancellationToken), facts.Bodies.Of(method, TestContext.Current.CancellationToken));
    }

    private static void Has(string members) => Assert.NotNull(BodyOf(members, "M"));

    private static IOperation? BodyOf(string members, string name, string type = "Subject")
    {
        var (facts, compilation) = Read(members);
        return facts.Bodies.Of(Method(compilation, name, type), TestContext.Current.CancellationToken);
    }

    private static IMethodSymbol Method(Compilation compilation, string name, string type) =>
        (IMethodSymbol)compilation.GetTypeByMetadataName(type)!.GetMembers(name).First(); // the snippet has it

    private static (CompilationFacts Facts, CSharpCompilation Compilation) Read(string members)
    {
        var cancel = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText(Snippet.InClass(members), cancellationToken: cancel);
        var compilation = CSharpCompilation.Create("Bodies", [tree], Workbench.Net10, new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        Assert.DoesNotContain(compilation.GetDiagnostics(cancel), each => each.Severity == DiagnosticSeverity.Error);
        return (CompilationFacts.Of(compilation), compilation);
    }
}
