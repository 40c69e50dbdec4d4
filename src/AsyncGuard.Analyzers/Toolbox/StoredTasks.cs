namespace AsyncGuard.Toolbox;

/// <summary>Who looks at a task that is put away: somebody, only who stops it, or nobody? It may be dead for days by then.</summary>
internal sealed class StoredTasks(CompilationFacts facts)
{
    private readonly ConcurrentDictionary<IFieldSymbol, bool> _seenAtStop = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, bool> _observed = new(SymbolEqualityComparer.Default);

    /// <summary>Whether this value goes into a private field that nothing but stop and dispose members reads.</summary>
    public bool IsSeenAtStopOnly(IOperation value) =>
        Starters.ValueOf(value).Parent is ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field } }
        && _seenAtStop.GetOrAdd(field, IsReadAtStopOnly);

    /// <summary>
    /// Whether anybody learns how the tasks end that this local, field or property holds, one or a collection of them. What others can read, or
    /// what is more than a place to put them, counts as looked at.
    /// </summary>
    /// <param name="storage">The local, field or property.</param>
    /// <param name="at">An operation of the function that a local belongs to.</param>
    /// <param name="cancel">Ends the look.</param>
    public bool IsObserved(ISymbol storage, IOperation at, CancellationToken cancel) => storage switch
    {
        ILocalSymbol { IsRef: false } local => IsLocalObserved(local, at),
        IFieldSymbol or IPropertySymbol when IsOfItsTypeAlone(storage) => _observed.GetOrAdd(storage.OriginalDefinition, member => IsMemberObserved(member, cancel)),
        _ => true,
    };

    private bool IsLocalObserved(ILocalSymbol local, IOperation at)
    {
        foreach (var operation in at.Root().Descendants())
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && facts.TaskUses.Observes(reference))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMemberObserved(ISymbol member, CancellationToken cancel)
    {
        foreach (var declaration in member.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var name in NamesInTree.Of(member.Name, declaration.SyntaxTree, cancel))
            {
                var model = facts.Bodies.ModelOf(name.SyntaxTree);
                if (SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol?.OriginalDefinition, member)
                    && facts.TaskUses.Observes(model.GetOperation(Whole(name), cancel)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static SyntaxNode Whole(SimpleNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;

    // A property is a place when the compiler made its accessors: any other may do something with the task.
    private static bool IsOfItsTypeAlone(ISymbol member) => member switch
    {
        IFieldSymbol field => field.DeclaredAccessibility == Accessibility.Private && field is { IsImplicitlyDeclared: false },
        IPropertySymbol { IsIndexer: false, ExplicitInterfaceImplementations.IsEmpty: true, IsOverride: false, GetMethod.DeclaredAccessibility: Accessibility.Private } property => IsAutomatic(property),
        _ => false,
    };

    private static bool IsAutomatic(IPropertySymbol property)
    {
        foreach (var member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol { AssociatedSymbol: { } associated } && SymbolEqualityComparer.Default.Equals(associated, property))
            {
                return true;
            }
        }

        return false;
    }

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
