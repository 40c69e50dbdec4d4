namespace AsyncGuard.Toolbox;

/// <summary>Does a task that is put into a field wait there for a stop before anybody looks at it? It may be dead for days by then.</summary>
internal sealed class StoredTasks(CompilationFacts facts)
{
    private readonly ConcurrentDictionary<IFieldSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Whether this value goes into a private field that nothing but stop and dispose members reads.</summary>
    public bool IsSeenAtStopOnly(IOperation value) =>
        Starters.ValueOf(value).Parent is ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field } }
        && _known.GetOrAdd(field, IsReadAtStopOnly);

    private bool IsReadAtStopOnly(IFieldSymbol field)
    {
        foreach (var declaration in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in declaration.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name && !IsWritten(name) && !IsInStop(name)
                    && SymbolEqualityComparer.Default.Equals(facts.Bodies.ModelOf(name.SyntaxTree).GetSymbolInfo(name).Symbol, field))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsWritten(IdentifierNameSyntax name)
    {
        var target = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? (ExpressionSyntax)access : name;
        return target.Parent is AssignmentExpressionSyntax assignment && assignment.Left == target;
    }

    private static bool IsInStop(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.ValueText is { } member
        && (member.StartsWith("Stop", StringComparison.Ordinal) || member.StartsWith("Dispose", StringComparison.Ordinal)
            || member.StartsWith("Shutdown", StringComparison.Ordinal) || member.StartsWith("Close", StringComparison.Ordinal));
}
