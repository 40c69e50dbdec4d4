using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>What a place needs so that its function and all callers await: of a task that is blocked on, that is dropped, that an async void function hides.</summary>
/// <remarks>Each is <see langword="null"/> where that cannot be had within the scope.</remarks>
internal static class AllTheWay
{
    /// <summary>Nobody blocks at this place any more.</summary>
    public static AsyncChange? FromBlocking(SyntaxNode blocking, WalkScope scope, CancellationToken cancel)
    {
        var walk = new AsyncWalk(scope, failsAnew: false, cancel);
        return walk.Enter(blocking) && walk.TakeOver(blocking) ? walk.ToTheEnd() : null;
    }

    /// <summary>What is dropped at this place is awaited: the place becomes <paramref name="awaited"/>.</summary>
    public static AsyncChange? FromDropped(SyntaxNode place, SyntaxNode awaited, WalkScope scope, CancellationToken cancel)
    {
        var walk = new AsyncWalk(scope, failsAnew: true, cancel);
        if (!walk.Enter(place))
        {
            return null;
        }

        var isWide = false;
        walk.Edits.Set(place, (old, _) => isWide ? AwaitsForBlocking.Marked(awaited, ConfiguredAwaits.AreUsual(old.SyntaxTree.GetRoot(cancel))) : awaited);
        if (walk.ToTheEnd() is not { } change || place.DescendantNodes().Any(change.Edits.Has))
        {
            return null;
        }

        isWide = change.Changed.Count > 0; // else its function is the only one that changes, and no token of it was meant for this work
        return change;
    }

    /// <summary>The same of a statement that becomes several.</summary>
    public static AsyncChange? FromDropped(StatementSyntax place, IReadOnlyList<StatementSyntax> awaited, WalkScope scope, CancellationToken cancel)
    {
        var last = awaited[awaited.Count - 1];
        if (awaited.Count == 1)
        {
            return FromDropped(place, last.WithTriviaFrom(place), scope, cancel);
        }

        if (place.Parent is not BlockSyntax block)
        {
            return FromDropped(place, LongBlock.Of(place, awaited).WithTriviaFrom(place), scope, cancel);
        }

        var (end, at) = (LongBlock.LineEnd(place), block.Statements.IndexOf(place));
        var before = awaited.Take(awaited.Count - 1).Select((each, index) => each
            .WithLeadingTrivia(index == 0 ? place.GetLeadingTrivia() : []).WithTrailingTrivia(end).WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation)).ToList();
        var change = FromDropped(place, last.WithLeadingTrivia(place.GetLeadingTrivia().Where(each => each.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1)).WithTrailingTrivia(place.GetTrailingTrivia()), scope, cancel);
        change?.Edits.Add(block, (_, now) => ((BlockSyntax)now).WithStatements(((BlockSyntax)now).Statements.InsertRange(at, before)));
        return change;
    }

    /// <summary>An async void function returns its task.</summary>
    public static AsyncChange? FromVoid(SyntaxNode function, IMethodSymbol symbol, WalkScope scope, CancellationToken cancel)
    {
        var walk = new AsyncWalk(scope, failsAnew: true, cancel);
        walk.Edits.Add(function, (_, now) => AsyncDeclarations.Returning(now, CompilationFacts.Of(scope.Compilation).Types.Task));
        walk.Begin(function, symbol);
        return walk.ToTheEnd();
    }
}
