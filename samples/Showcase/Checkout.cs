namespace AsyncGuard.Showcase;

/// <summary>The repository this program was built in, found from where it runs.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Before => Path.Combine(Root, "samples", "AuctionHouse", "Before");

    public static string After => Path.Combine(Root, "samples", "AuctionHouse", "After");

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AsyncGuard.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"There is no AsyncGuard.sln above {from}; the showcase runs in a checkout of the repository.");
    }
}
