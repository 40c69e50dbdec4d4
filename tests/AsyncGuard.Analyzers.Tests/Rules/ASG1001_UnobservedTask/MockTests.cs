using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A call that tells a mocking library which member is meant runs nothing.</summary>
public sealed class MockTests : RuleTests<UnobservedTaskAnalyzer>
{
    private const string NSubstitute =
        """
        namespace NSubstitute
        {
            public static class SubstituteExtensions
            {
                public static T Received<T>(this T substitute) where T : class => substitute;
                public static void When<T>(this T substitute, System.Action<T> call) { }
            }

            public static class Arg
            {
                public static T Any<T>() => default;
                public static T Do<T>(System.Action<T> use) => default;
            }
        }
        """;

    [Theory]
    [InlineData("store.Received().SaveAsync(\"x\");")]
    [InlineData("store.When(x => x.SaveAsync(\"x\"));")]
    [InlineData("store.SaveAsync(Arg.Any<string>());")]
    [InlineData("store.SaveAsync(name ?? Arg.Any<string>());")]
    [InlineData("_ = store.SaveAsync(Arg.Do<string>(x => Console.WriteLine(x)));")]
    public Task Is_silent_where_a_call_only_describes(string call) => SilentAsync(
        $"using NSubstitute;\n\ninterface IStore {{ Task SaveAsync(string name); }} void M(IStore store, string name) {{ {call} }}", Has.Source("NSubstitute.cs", NSubstitute));

    [Theory]
    [InlineData("Moq", "It")]
    [InlineData("FakeItEasy", "Arg")]
    [InlineData("Rhino.Mocks", "Arg")]
    [InlineData("Telerik.JustMock", "Arg")]
    public Task Is_silent_where_another_library_matches_the_argument(string library, string matcher) => SilentAsync(
        $"using {library};\n\ninterface IStore {{ Task SaveAsync(string name); }} void M(IStore store) {{ store.SaveAsync({matcher}.IsAny<string>()); }}",
        Has.Source("Mocks.cs", $"namespace {library} {{ public static class {matcher} {{ public static T IsAny<T>() => default; }} }}"));

    [Fact]
    public Task Reports_an_argument_that_only_is_called_like_a_matcher() => ReportsAsync(
        "interface IStore { Task SaveAsync(string name); } void M(IStore store) { [|store.SaveAsync|](Arg.Name()); }\nstatic class Arg { public static string Name() => \"x\"; }");

    [Fact]
    public Task Reports_a_call_that_runs() => ReportsAsync(
        "using NSubstitute;\n\ninterface IStore { Task SaveAsync(string name); } void M(IStore store) { [|store.SaveAsync|](\"x\"); }", Has.Source("NSubstitute.cs", NSubstitute));
}
