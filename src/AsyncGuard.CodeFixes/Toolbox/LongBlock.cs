using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>How does a block that a fix writes stand over several lines, in the line ends of its file?</summary>
internal static class LongBlock
{
    /// <summary>A block of these statements; the formatter does the rest.</summary>
    public static BlockSyntax Of(SyntaxNode place, IEnumerable<StatementSyntax> statements)
    {
        var end = LineEnd(place);
        return Block(
            Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(end),
            List(statements.Select(each => EndsLine(each) ? each : each.WithTrailingTrivia(each.GetTrailingTrivia().Add(end)))),
            Token(SyntaxKind.CloseBraceToken)).WithAdditionalAnnotations(Formatter.Annotation);
    }

    public static SyntaxTrivia LineEnd(SyntaxNode place) =>
        place.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(each => each.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } line ? EndOfLine(line.ToString()) : EndOfLine("\n");

    private static bool EndsLine(StatementSyntax statement) => statement.GetTrailingTrivia() is [.., var last] && last.IsKind(SyntaxKind.EndOfLineTrivia);
}
