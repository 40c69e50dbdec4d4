using AsyncGuard.RealCode;

// Analyses a folder of real sources with every rule of AsyncGuard and lists the findings; with --fix it also tries each finding's first fix.
var arguments = args.ToList();
var tryFixes = arguments.Remove("--fix");
var only = arguments.IndexOf("--rule") is >= 0 and var at && at + 1 < arguments.Count ? arguments[at + 1].Split(',') : null;
if (only is not null)
{
    arguments.RemoveRange(arguments.IndexOf("--rule"), 2);
}

if (arguments is not [var folder] || !Directory.Exists(folder))
{
    await Console.Error.WriteLineAsync("usage: RealCode <folder of sources> [--rule ASG1001,ASG2001] [--fix]").ConfigureAwait(false);
    return 2;
}

using var source = SourceFolder.Open(Path.GetFullPath(folder));
return await new Survey(source, only, tryFixes).RunAsync().ConfigureAwait(false);
