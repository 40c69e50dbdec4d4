namespace AsyncGuard.Toolbox;

/// <summary>Is this background work on a thread of the pool's, which serve everybody?</summary>
internal static class PoolThreads
{
    public static bool Run(IOperation code, ISymbol? containing, CompilationFacts facts, CancellationToken cancel) =>
        containing is not null && facts.Entries.EntryOf(code, containing, cancel) is { Kind: not EntryKind.Thread } entry && !HasThreadOfItsOwn(entry.Place, cancel);

    private static bool HasThreadOfItsOwn(Location start, CancellationToken cancel)
    {
        if (start.SourceTree?.GetRoot(cancel).FindNode(start.SourceSpan) is InvocationExpressionSyntax { ArgumentList: var arguments })
        {
            foreach (var argument in arguments.Arguments)
            {
                if (argument.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "LongRunning" } or BinaryExpressionSyntax { Right: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "LongRunning" } })
                {
                    return true;
                }
            }
        }

        return false;
    }
}
