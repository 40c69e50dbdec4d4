using System.Globalization;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.RealCode;

/// <summary>What a rule said about a line of a repository. Two findings are the same where these are equal.</summary>
/// <param name="Line">As editors count: the first is 1.</param>
internal sealed record Finding(string Repository, string File, int Line, string Rule)
{
    public static Finding Of(Diagnostic diagnostic, Checkout checkout)
    {
        var span = diagnostic.Location.GetLineSpan();
        var file = span.Path.Length == 0 ? "" : Path.GetRelativePath(checkout.Root, span.Path).Replace('\\', '/');
        return new(checkout.Name, file, span.StartLinePosition.Line + 1, diagnostic.Id);
    }

    /// <summary>The line's text; the message where the finding stands in no file, as a failure of a rule does.</summary>
    public static string SourceOf(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return span.Path.Length > 0 && System.IO.File.Exists(span.Path)
            ? System.IO.File.ReadLines(span.Path).ElementAtOrDefault(span.StartLinePosition.Line)?.Trim() ?? ""
            : diagnostic.GetMessage(CultureInfo.InvariantCulture);
    }
}
