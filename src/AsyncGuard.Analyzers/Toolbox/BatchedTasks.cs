namespace AsyncGuard.Toolbox;

/// <summary>Is a task one of those that a batch makes, and are they complete once it is sent: <c>await batch.SendBatchAsync()</c>, <c>await transaction.ExecuteAsync()</c>?</summary>
/// <remarks>Receivers are compared as they are written: a batch is a local, and one whose library is missing is a batch all the same.</remarks>
internal static class BatchedTasks
{
    /// <summary>Whether awaiting this ends the task.</summary>
    public static bool EndWith(IOperation sent, IOperation task) =>
        ReceiverOf(sent) is { } batch && Sends(sent)
        && TaskSources.Of(task) is ILocalReferenceOperation { Local: var local } source
        && (IsMadeBy(batch, LocalValues.Of(local, source)) || HoldsOnlyThoseOf(batch, local, source));

    private static bool Sends(IOperation sent) => sent.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } }
        && (name is "SendBatchAsync" or "ExecuteBatchAsync" or "SubmitBatchAsync" || (name == "ExecuteAsync" && sent is IInvocationOperation call && QueuedCommands.IsOfQueue(call)));

    private static IdentifierNameSyntax? ReceiverOf(IOperation call) =>
        call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } } ? receiver : null;

    private static bool IsMadeBy(ExpressionSyntax batch, ImmutableArray<IOperation> values) => values is [var only] && IsMadeBy(batch, only);

    private static bool IsMadeBy(ExpressionSyntax batch, IOperation value) => ReceiverOf(value.Bare()) is { } receiver && SyntaxFactory.AreEquivalent(receiver, batch);

    // A list that begins empty, and to which nothing else is added.
    private static bool HoldsOnlyThoseOf(ExpressionSyntax batch, ILocalSymbol list, IOperation at)
    {
        if (LocalValues.Of(list, at) is not [var made] || made.Bare() is not (IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null } or ICollectionExpressionOperation { Elements.IsEmpty: true }))
        {
            return false;
        }

        var found = false;
        foreach (var operation in at.Root().Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var to, Syntax.Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Parent: InvocationExpressionSyntax add } }
                && name is "Add" or "AddRange" or "Insert" && SymbolEqualityComparer.Default.Equals(to, list))
            {
                if (name != "Add" || add.ArgumentList.Arguments is not [{ Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } }]
                    || !SyntaxFactory.AreEquivalent(receiver, batch))
                {
                    return false;
                }

                found = true;
            }
        }

        return found;
    }
}
