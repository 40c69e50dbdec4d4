using AsyncGuard.Testing;

namespace AsyncGuard.Conventions;

/// <summary>What the solution does not hold nobody builds, tests or packs.</summary>
public sealed class SolutionTests
{
    [Fact]
    public void The_solution_holds_every_library_and_every_test()
    {
        var solution = File.ReadAllText(Repository.PathOf("AsyncGuard.sln")).Replace('\\', '/');
        var projects = SourceFiles.EndingIn(".csproj").Where(file => file.Split('/') is ["src" or "tests", _, _]);
        Assert.All(projects, project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }
}
