using System.Runtime.CompilerServices;
using PublicApiGenerator;

namespace AsyncGuard.Conventions;

public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions WithoutNoise = new() { IncludeAssemblyAttributes = false, ExcludeAttributes = ["System.Runtime.CompilerServices.CompilerGeneratedAttribute"] };

    [Fact]
    public void Is_what_its_file_says() => Approve(typeof(Supervisor), "AsyncGuard.Runtime");

    private static void Approve(Type member, string project, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(here, "../../../../src", project, "PublicApi.txt");
        var api = member.Assembly.GeneratePublicApi(WithoutNoise).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("ASYNCGUARD_UPDATE") == "1")
        {
            File.WriteAllText(file, api);
        }

        Assert.Equal(File.ReadAllText(file), api);
    }
}
