using PublicApiGenerator;

namespace AsyncGuard.Support;

/// <summary>The public surface of an assembly against the file beside its project. ASYNCGUARD_UPDATE=1 writes the file instead.</summary>
internal static class ApprovedApi
{
    private static readonly ApiGeneratorOptions WithoutAssemblyAttributes = new() { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] };

    public static void Check(Type member, string project)
    {
        var file = Path.Combine(Root(), "src", project, "PublicApi.txt");
        var api = member.Assembly.GeneratePublicApi(WithoutAssemblyAttributes).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("ASYNCGUARD_UPDATE") == "1")
        {
            File.WriteAllText(file, api);
        }

        Assert.Equal(File.ReadAllText(file), api);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AsyncGuard.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        }

        return folder.FullName;
    }
}
