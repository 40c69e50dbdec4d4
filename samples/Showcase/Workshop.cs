using AsyncGuard.Showcase.Trial;

namespace AsyncGuard.Showcase;

/// <summary>The folder that the showcase works in; it is gone when the showcase ends.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("asyncguard-showcase-");

    /// <summary>The fixed program, once the scratch copy is built.</summary>
    public string Scratch => Dotnet.ProgramOf("After", _scratch.FullName);

    /// <summary>Builds the service as it was, with all its warnings.</summary>
    /// <returns>The program.</returns>
    public static async Task<string> BuildBeforeAsync(CancellationToken cancel)
    {
        var (succeeded, output) = await Dotnet.BuildAsync(Path.Combine(Checkout.Before, "Before.csproj"), ["-p:BuildProjectReferences=false"], cancel);
        return succeeded ? Dotnet.ProgramOf("Before", Checkout.Root) : throw new InvalidOperationException("Before does not build:" + Environment.NewLine + output);
    }

    /// <summary>Builds the fixed files as a project of their own, with the checkout's settings; every warning is an error.</summary>
    public async Task<(bool Succeeded, string Output)> BuildScratchAsync(IEnumerable<KeyValuePair<string, string>> files, CancellationToken cancel)
    {
        var project = _scratch.CreateSubdirectory(Path.Combine("samples", "AuctionHouse", "After"));
        foreach (var original in new DirectoryInfo(Checkout.Before).EnumerateFiles().Where(each => each.Extension != ".csproj"))
        {
            original.CopyTo(Path.Combine(project.FullName, original.Name));
        }

        foreach (var (file, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(project.FullName, file), text, cancel);
        }

        File.Copy(Path.Combine(Checkout.Root, ".editorconfig"), Path.Combine(_scratch.FullName, ".editorconfig"));
        await WriteAsync("Directory.Build.props", $"""<Import Project="{Checkout.Root}/Directory.Build.props" /><PropertyGroup><ArtifactsPath>{_scratch.FullName}/artifacts</ArtifactsPath></PropertyGroup>""");
        await WriteAsync("Directory.Packages.props", $"""<Import Project="{Checkout.Root}/Directory.Packages.props" />""");
        await WriteAsync("Directory.Build.targets", $"""<Import Project="{Checkout.Root}/Directory.Build.targets" />""");
        await WriteAsync("samples/AuctionHouse/After/After.csproj", $"""<Sdk Name="Microsoft.NET.Sdk" /><Import Project="{Checkout.Root}/samples/AuctionHouse/AuctionHouse.props" />""");
        return await Dotnet.BuildAsync(Path.Combine(project.FullName, "After.csproj"), ["-warnaserror", "-p:BuildProjectReferences=false"], cancel);

        Task WriteAsync(string file, string content) => File.WriteAllTextAsync(Path.Combine(_scratch.FullName, file), $"<Project>{content}</Project>", cancel);
    }

    public async Task<House> OpenHouseAsync(string name, string program, CancellationToken cancel)
    {
        var folder = _scratch.CreateSubdirectory(Path.Combine("data", name)).FullName;
        await using (var database = await new HouseDatabase(folder).OpenAsync(cancel))
        {
            await Schedule.OpenAsync(database, await File.ReadAllTextAsync(Path.Combine(Checkout.Before, "schema.sql"), cancel), cancel);
        }

        return House.Start(name, program, folder);
    }

    public void Dispose() => _scratch.Delete(recursive: true);
}
