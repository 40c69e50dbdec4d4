using AsyncGuard.Support;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Toolbox;

/// <summary>What has been put into a local.</summary>
public sealed class LocalValuesTests
{
    [Fact]
    public void Its_initialiser() => Values(["1"], "void M() { var x = 1; Use([|x|]); }");

    [Fact]
    public void All_assignments_wherever_they_stand() => Values(["1", "2", "3"], "void M(bool b) { var x = 1; if (b) { x = 2; } Use([|x|]); x = 3; }");

    [Fact]
    public void An_assignment_in_a_lambda() => Values(["1", "2"], "void M() { var x = 1; Action change = () => x = 2; change(); Use([|x|]); }");

    [Fact]
    public void A_coalescing_assignment() => Values(["null", "\"y\""], "void M() { string x = null; x ??= \"y\"; Use([|x|]); }");

    [Fact]
    public void Seen_from_a_lambda() => Values(["1"], "void M() { var x = 1; Action use = () => Use([|x|]); use(); }");

    [Fact]
    public void Not_those_of_another_of_the_same_name() => Values(["2"], "void M() { { var x = 1; Use(x); } { var x = 2; Use([|x|]); } }");

    [Fact]
    public void None_for_a_declaration_without_a_value() => Values([], "void M() { int x; if (Is(out x)) { Use([|x|]); } }");

    [Fact]
    public void None_for_a_local_that_is_passed_by_reference() => Values([], "void M() { var x = 1; Change(ref x); Use([|x|]); }");

    [Fact]
    public void All_where_another_is_passed_by_reference() => Values(["1"], "void M() { var x = 1; var y = 2; Change(ref y); Use([|x|]); Use(y); }");

    [Fact]
    public void None_for_the_variable_of_a_loop() => Values([], "void M(int[] all) { foreach (var x in all) { Use([|x|]); } }");

    [Fact]
    public void None_for_the_variable_of_a_pattern() => Values([], "void M(object o) { if (o is int x) { Use([|x|]); } }");

    [Fact]
    public void The_resource_of_a_using() => Values(["new System.IO.MemoryStream()"], "void M() { using var x = new System.IO.MemoryStream(); Use([|x|]); }");

    private static void Values(string[] expected, string members)
    {
        var spot = Spot.In(members + "\nvoid Use(object value) { }\nvoid Change(ref int value) { }\nbool Is(out int value) { value = 1; return true; }");
        var local = Assert.IsAssignableFrom<ILocalReferenceOperation>(spot.Model.GetOperation(spot.Node, TestContext.Current.CancellationToken));
        Assert.Equal(expected, LocalValues.Of(local.Local, local).Select(each => each.Syntax.ToString()));
    }
}
