using Microsoft.CodeAnalysis.Formatting;

namespace AsyncGuard.Fixing;

/// <summary>Code that a fix writes as text, in the line ends and with the type names of the place it goes to.</summary>
internal sealed class Written(FixSite site, SyntaxNode place)
{
    private readonly string _lineEnd = site.Root.DescendantTrivia().FirstOrDefault(each => each.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } line ? line.ToString() : "\n";

    public string Type(string metadataName) =>
        site.Facts.Types[metadataName]?.ToMinimalDisplayString(site.Model, place.SpanStart) ?? "global::" + metadataName;

    public string Exception => Type("System.Exception");

    public string Canceled => Type("System.OperationCanceledException");

    public string TimeSpan => Type("System.TimeSpan");

    public string Task => Type("System.Threading.Tasks.Task");

    public StatementSyntax Statement(string text) =>
        SyntaxFactory.ParseStatement(text).NormalizeWhitespace("    ", _lineEnd, elasticTrivia: true)
            .WithTrailingTrivia(SyntaxFactory.ElasticEndOfLine(_lineEnd))
            .WithAdditionalAnnotations(Formatter.Annotation);
}
