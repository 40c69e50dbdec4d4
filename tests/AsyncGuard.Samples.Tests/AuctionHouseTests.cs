using AsyncGuard.Showcase;
using AsyncGuard.Showcase.Service;
using AsyncGuard.Testing;

namespace AsyncGuard;

public sealed class AuctionHouseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_reported_before_the_fixes_exactly_as_approved()
    {
        var findings = await Findings.InAsync(ServiceProject.Load(Checkout.Before), Cancel);

        GeneratedFile.IsCurrent("samples/AuctionHouse/findings.txt", string.Concat(findings.Select(each => Findings.Place(each) + "\n")));
    }

    [Fact]
    public async Task Becomes_the_version_after_character_for_character_when_the_fixes_are_applied()
    {
        var (mended, _) = await Repairs.ApplyAsync(ServiceProject.Load(Checkout.Before), Cancel);

        foreach (var (file, text) in await ServiceProject.TextsAsync(mended, Checkout.Before, Cancel))
        {
            GeneratedFile.IsCurrent($"samples/AuctionHouse/After/{file}", text);
        }
    }

    [Fact]
    public async Task Is_silent_after_the_fixes() =>
        Assert.Empty((await Findings.InAsync(ServiceProject.Load(Checkout.After), Cancel)).Select(Findings.Place));

    [Fact]
    public void Has_the_same_files_before_and_after() => Assert.Equal(FilesOf(Checkout.Before), FilesOf(Checkout.After));

    [Fact]
    public void Differs_in_nothing_that_no_fix_touches() => Assert.Equal(
        File.ReadAllText(Path.Combine(Checkout.Before, "schema.sql")),
        File.ReadAllText(Path.Combine(Checkout.After, "schema.sql")));

    private static IEnumerable<string?> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder).Select(Path.GetFileName).Where(each => Path.GetExtension(each) != ".csproj").Order(StringComparer.Ordinal);
}
