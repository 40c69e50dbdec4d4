namespace AsyncGuard.Toolbox;

/// <summary>What does raising this event run?</summary>
internal sealed class EventSubscribers(CompilationFacts facts)
{
    /// <summary>Every handler that is attached to the event, none where markup may do it; <see langword="null"/> where others may attach theirs.</summary>
    public ImmutableArray<IOperation>? Of(IEventSymbol raised, CancellationToken cancel)
    {
        if (NamesOf(raised.OriginalDefinition) is not { } names)
        {
            return null;
        }

        var handlers = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var tree in facts.Compilation.SyntaxTrees)
        {
            foreach (var name in NamesInTree.Of(raised.Name, tree, cancel))
            {
                if (HandlerAt(name, names, cancel) is { } handler)
                {
                    handlers.Add(handler);
                }
            }
        }

        return handlers.ToImmutable();
    }

    // The event, and those of interfaces through which it is attached to as well.
    private ImmutableArray<ISymbol>? NamesOf(IEventSymbol raised)
    {
        if (!IsOurs(raised) || raised is { AddMethod.IsImplicitlyDeclared: false } || raised.IsOverride)
        {
            return null;
        }

        var names = ImmutableArray.Create<ISymbol>(raised);
        foreach (var contract in raised.ContainingType.AllInterfaces)
        {
            foreach (var member in contract.GetMembers(raised.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(raised.ContainingType.FindImplementationForInterfaceMember(member), raised))
                {
                    if (!IsOurs(member))
                    {
                        return null;
                    }

                    names = names.Add(member.OriginalDefinition);
                }
            }
        }

        return names;
    }

    private bool IsOurs(ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, facts.Compilation.Assembly) && !facts.Targets.IsOpenToOthers(member);

    private IOperation? HandlerAt(SimpleNameSyntax name, ImmutableArray<ISymbol> names, CancellationToken cancel)
    {
        var target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access
            : name.Parent is MemberBindingExpressionSyntax bound ? bound
            : name;
        return target.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } assignment && assignment.Left == target
            && facts.Bodies.ModelOf(name.SyntaxTree).GetOperation(assignment, cancel) is IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: var found }, HandlerValue: var handler }
            && names.Contains(found.OriginalDefinition, SymbolEqualityComparer.Default)
                ? handler
                : null;
    }
}
