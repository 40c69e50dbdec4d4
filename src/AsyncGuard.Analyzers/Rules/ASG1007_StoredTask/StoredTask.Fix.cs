using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG1007: awaits the task, where it is made, with the others of its collection, or at the stop; or runs it supervised.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class StoredTaskFix() : RuleFix(StoredTaskAnalyzer.Id)
{
    internal const string Await = "Await it";
    internal const string AwaitAll = "Await them all";
    internal const string AtStop = "Await it at the stop";
    internal const string Run = "Run it supervised";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (StoredPlace.At(site) is not { } place)
        {
            yield break;
        }

        if (place is { Storage: ILocalSymbol local, Statement: { } stored })
        {
            if (place.IsCollection)
            {
                yield return new(AwaitAll, _ => AllAwaited(site, local, place));
            }
            else if (place.IsOnlyUse && AsyncRewriting.At(stored, site.Model) is { ChangesSignature: false } function)
            {
                yield return new(Await, _ => site.ReplaceAsync(function.Function, function.With(stored, Statement(Awaits.InPlaceOf(place.Work, place.Work), stored))));
            }
        }
        else if (StopMethods.Of(site, place) is { } stop)
        {
            yield return new(AtStop, _ => site.ReplaceAsync(stop, StopMethods.Awaiting(site, stop, place)));
        }

        if (place is { Statement: { } statement } && (place.IsCollection || place.IsOnlyUse) && SupervisorAccess.At(statement, site.Model) is { } supervisor && !ScopeEscapeFix.Escapes(site, place.Work))
        {
            yield return new(Run, cancel => Task.FromResult(new SupervisedRun(site.Model, supervisor, place.Work).Write(cancel) is { } run ? Supervised(site, place, statement, run) : null));
        }
    }

    // The field that held the task holds nothing any more.
    private static Document? Supervised(FixSite site, StoredPlace place, StatementSyntax statement, ExpressionSyntax run)
    {
        var field = place.IsCollection ? null : place.Declaration;
        var marked = site.Root.TrackNodes(field is null ? [statement] : [statement, field]);
        marked = marked.ReplaceNode(marked.GetCurrentNode(statement) ?? statement, Statement(run, statement));
        if (field is not null && marked.GetCurrentNode(field) is { } old)
        {
            marked = Without(marked, old);
        }

        return site.Document.WithSyntaxRoot(marked);
    }

    private static SyntaxNode Without(SyntaxNode root, MemberDeclarationSyntax field)
    {
        if (field.Parent is TypeDeclarationSyntax type && type.Members is [var first, var next, ..] && first == field && next.GetLeadingTrivia() is [{ RawKind: (int)SyntaxKind.EndOfLineTrivia }, ..])
        {
            return root.ReplaceNode(type, type.WithMembers(type.Members.Replace(next, next.WithLeadingTrivia(next.GetLeadingTrivia().RemoveAt(0))).RemoveAt(0)));
        }

        return root.RemoveNode(field, SyntaxRemoveOptions.KeepUnbalancedDirectives) ?? root;
    }

    // Behind the last statement of the block that declares the collection that still touches it.
    private static Task<Document?> AllAwaited(FixSite site, ILocalSymbol local, StoredPlace place)
    {
        var touching = site.Node.FirstAncestorOrSelf<StatementSyntax>()?.AncestorsAndSelf().OfType<StatementSyntax>()
            .FirstOrDefault(each => each.Parent is BlockSyntax outer && outer.Statements.Any(other => Declares(site, other, local)));
        if (touching?.Parent is not BlockSyntax block || AsyncRewriting.At(touching, site.Model) is not { ChangesSignature: false } function)
        {
            return Task.FromResult<Document?>(null);
        }

        var last = block.Statements.LastIndexOf(each => each == touching || each.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == local.Name));
        var wait = new Written(site, touching).Statement($"await {place.WhenAll(site)};").WithoutTrivia().WithLeadingTrivia(Above(block.Statements[last])).WithTrailingTrivia(EndOf(touching));
        return site.ReplaceAsync(function.Function, function.With([block], (_, now) => ((BlockSyntax)now).WithStatements(((BlockSyntax)now).Statements.Insert(last + 1, wait))));
    }

    // A blank line behind a loop, as behind any block.
    private static IEnumerable<SyntaxTrivia> Above(StatementSyntax before)
    {
        if (before.GetLastToken().IsKind(SyntaxKind.CloseBraceToken))
        {
            yield return EndOf(before);
        }

        yield return before.GetLeadingTrivia().LastOrDefault(each => each.IsKind(SyntaxKind.WhitespaceTrivia));
    }

    private static SyntaxTrivia EndOf(StatementSyntax statement) => statement.GetTrailingTrivia() is [.., var last] ? last : SyntaxFactory.ElasticLineFeed;

    private static bool Declares(FixSite site, StatementSyntax statement, ILocalSymbol local) => statement is LocalDeclarationStatementSyntax declaration
        && declaration.Declaration.Variables.Any(each => SymbolEqualityComparer.Default.Equals(site.Model.GetDeclaredSymbol(each), local));

    private static ExpressionStatementSyntax Statement(ExpressionSyntax expression, StatementSyntax old) => SyntaxFactory.ExpressionStatement(expression.WithoutTrivia()).WithTriviaFrom(old);
}
