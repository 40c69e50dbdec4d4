using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace AsyncGuard.RealCode;

/// <summary>What the command was asked for.</summary>
internal sealed partial class Arguments
{
    public const string Usage =
        """
        usage: RealCode <folder> [--rule <id>[,<id>…]] [--path] [--fix] [--judged <file>] [--unjudged]
          <folder>          a checked-out repository, or a folder with one in each sub-folder
          --rule <ids>      show these rules only (all run, so that one silences another as it does for users)
          --path            print below each finding the places that led to it
          --fix             apply every fix of every finding: does the result compile, is the finding gone, is none of ours new
          --judged <file>   compare with judged findings: what is new, gone or moved, and how many Warnings are true
          --unjudged        with --judged: print rows for the findings not judged yet, and nothing else
        """;

    /// <summary>A repository, or a folder of repositories.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>The rules to show; all where there are none.</summary>
    public IReadOnlyList<string> Only { get; private set; } = [];

    public bool ShowsPaths { get; private set; }

    public bool TryFixes { get; private set; }

    public string? Judged { get; private set; }

    public bool UnjudgedOnly { get; private set; }

    public bool Shows(string rule) => Only.Count == 0 || Only.Contains(rule);

    public static bool TryRead(string[] args, [NotNullWhen(true)] out Arguments? arguments, [NotNullWhen(false)] out string? mistake)
    {
        var read = new Arguments();
        mistake = null;
        for (var at = 0; at < args.Length && mistake is null; at++)
        {
            mistake = args[at] is "--rule" or "--judged"
                ? read.Take(args[at], at + 1 < args.Length && !args[at + 1].StartsWith('-') ? args[++at] : null)
                : read.Take(args[at]);
        }

        mistake ??= read.Contradiction();
        arguments = mistake is null ? read : null;
        return mistake is null;
    }

    private string? Take(string argument)
    {
        switch (argument)
        {
            case "--path":
                ShowsPaths = true;
                return null;
            case "--fix":
                TryFixes = true;
                return null;
            case "--unjudged":
                UnjudgedOnly = true;
                return null;
            case var option when option.StartsWith('-'):
                return $"There is no option '{option}'.";
            case var second when Folder.Length > 0:
                return $"One folder, please: '{second}' is a second one.";
            case var folder when !Directory.Exists(folder):
                return $"There is no folder '{folder}'.";
            default:
                Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(argument));
                return null;
        }
    }

    private string? Take(string option, string? value)
    {
        switch (option, value)
        {
            case (_, null):
                return $"'{option}' needs a value.";
            case ("--judged", var file) when !File.Exists(file):
                return $"There is no file '{file}' of judged findings.";
            case ("--judged", var file):
                Judged = file;
                return null;
            default:
                Only = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                return Only.FirstOrDefault(id => !RuleId().IsMatch(id)) is { } wrong ? $"'{wrong}' is no rule's id; they are like ASG1001." : null;
        }
    }

    private string? Contradiction() => (Folder, UnjudgedOnly, Judged) switch
    {
        ("", _, _) => "Which folder?",
        (_, true, null) => "'--unjudged' needs '--judged <file>', to know what has been judged.",
        _ => null,
    };

    [GeneratedRegex(@"^ASG\d{4}$")]
    private static partial Regex RuleId();
}
