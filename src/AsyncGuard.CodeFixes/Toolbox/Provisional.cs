namespace AsyncGuard.Fixing;

/// <summary>A change in two steps: first code of another shape that still blocks, then an await wherever it does, and callers that follow, in every document of the project.</summary>
/// <remarks>The first step is bound before the second begins, so that the walk sees what it has made.</remarks>
internal sealed class Provisional
{
    private readonly SyntaxAnnotation _mark = new();

    /// <summary>The first step.</summary>
    public SyntaxEdits Edits { get; } = new();

    /// <summary>Marks what blocks once the first step is done, or a <c>using</c> that is to await.</summary>
    public T Awaited<T>(T place)
        where T : SyntaxNode => place.WithAdditionalAnnotations(_mark);

    /// <summary>Marks what blocks already.</summary>
    public void Await(SyntaxNode blocking) => Edits.Add(blocking, (_, now) => Awaited(now));

    /// <summary>Both steps; <see langword="null"/> where not every function can follow.</summary>
    /// <param name="finish">What is left to do with the tree of each document after the first step.</param>
    public async Task<Document?> ChangeAsync(Document document, Func<SyntaxNode, SyntaxNode>? finish, CancellationToken cancel)
    {
        var solution = document.Project.Solution;
        foreach (var tree in Edits.Trees.ToList())
        {
            if (document.Project.GetDocumentId(tree) is not { } id)
            {
                return null;
            }

            var root = Edits.In(await tree.GetRootAsync(cancel).ConfigureAwait(false));
            solution = solution.WithDocumentSyntaxRoot(id, finish is null ? root : finish(root));
        }

        return solution.GetDocument(document.Id) is { } first ? await AwaitAsync(first, cancel).ConfigureAwait(false) : null;
    }

    private async Task<Document?> AwaitAsync(Document first, CancellationToken cancel)
    {
        var trees = ImmutableHashSet.CreateBuilder<SyntaxTree>();
        var places = new List<SyntaxNode>();
        foreach (var document in first.Project.Documents)
        {
            if (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is { } root)
            {
                trees.Add(root.SyntaxTree);
                places.AddRange(root.GetAnnotatedNodes(_mark));
            }
        }

        return await first.Project.GetCompilationAsync(cancel).ConfigureAwait(false) is { } compilation
            && new AsyncWalk(new(compilation, trees.ToImmutable()), failsAnew: false, cancel) is var walk
            && places.All(each => walk.Enter(each) && (each is StatementSyntax || walk.TakeOver(each))) && walk.ToTheEnd() is { } change
            && !await DependentProjects.UseAsync(change.Changed, first.Project, cancel).ConfigureAwait(false)
                ? await ApplyAsync(change, places, first, cancel).ConfigureAwait(false)
                : null;
    }

    private static async Task<Document?> ApplyAsync(AsyncChange change, List<SyntaxNode> places, Document first, CancellationToken cancel)
    {
        foreach (var resource in places.OfType<StatementSyntax>())
        {
            change.Edits.Add(resource, (_, now) => AwaitedUsing(now));
        }

        var project = first.Project;
        foreach (var tree in change.Edits.Trees.ToList())
        {
            if (first.Project.GetDocumentId(tree) is not { } id || project.GetDocument(id) is not { } document
                || await AsyncChange.WithTokensAsync(document.WithSyntaxRoot(change.Edits.In(await tree.GetRootAsync(cancel).ConfigureAwait(false))), cancel).ConfigureAwait(false) is not { } changed)
            {
                return null;
            }

            project = changed.Project;
        }

        return project.GetDocument(first.Id);
    }

    private static SyntaxNode AwaitedUsing(SyntaxNode statement) => statement switch
    {
        UsingStatementSyntax scope => scope.WithAwaitKeyword(Before(scope.UsingKeyword)).WithUsingKeyword(scope.UsingKeyword.WithLeadingTrivia()),
        LocalDeclarationStatementSyntax scope => scope.WithAwaitKeyword(Before(scope.UsingKeyword)).WithUsingKeyword(scope.UsingKeyword.WithLeadingTrivia()),
        _ => statement,
    };

    private static SyntaxToken Before(SyntaxToken usingKeyword) => SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(usingKeyword.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space);
}
