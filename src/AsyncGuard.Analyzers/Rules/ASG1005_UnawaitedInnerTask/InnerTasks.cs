using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Where is a task of a task awaited, or handed on, so that the inner one is out of reach?</summary>
internal readonly struct InnerTasks(CompilationFacts facts, CancellationToken cancel)
{
    /// <summary>The first such place; <see langword="null"/> where somebody takes the inner task, or nobody awaits even the outer.</summary>
    public IOperation? FirstLoss(IOperation outer)
    {
        var (use, isOuterOnly) = UseOf(outer);
        return use.Parent switch
        {
            IAwaitOperation wait => isOuterOnly || IsDropped(wait) ? wait : null,
            IInvocationOperation { TargetMethod.Name: "Wait" } wait when wait.Instance == use => wait,
            IInvocationOperation { TargetMethod.Name: "GetAwaiter", Parent: IInvocationOperation { TargetMethod.Name: "GetResult" } end } => isOuterOnly || IsDropped(end) ? end : null,
            IPropertyReferenceOperation { Property.Name: "Result" } result => IsDropped(result) ? result : null,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => null, // the whole is dropped: ASG1001
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local }, Parent: IExpressionStatementOperation } => OfLocal(local, use, isOuterOnly),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => OfLocal(local, use, isOuterOnly),
            ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: var field } } assignment => isOuterOnly && IsLookedAt(field) ? assignment : null,
            IArgumentOperation { Parent: IInvocationOperation call } => isOuterOnly && IsKept(call) ? call : null,
            IReturnOperation or IArgumentOperation or ISimpleAssignmentOperation or IFieldInitializerOperation or IPropertyInitializerOperation or IArrayInitializerOperation or ICollectionExpressionOperation =>
                isOuterOnly ? use.Parent : null,
            _ => null,
        };
    }

    // The same task in another coat; Task<Task> taken for a Task has lost its inner one.
    private (IOperation Use, bool IsOuterOnly) UseOf(IOperation task)
    {
        var isOuterOnly = false;
        while (true)
        {
            switch (task.Parent)
            {
                case IConversionOperation { Type: { } type } conversion when facts.Awaitables.IsAwaitable(type):
                    isOuterOnly |= SymbolEqualityComparer.Default.Equals(type, facts.Types.Task);
                    task = conversion;
                    break;
                case IParenthesizedOperation or ICoalesceOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation:
                    task = task.Parent;
                    break;
                case IConditionalOperation choice when choice.Condition != task:
                    task = choice;
                    break;
                case IConditionalAccessOperation access when access.WhenNotNull == task:
                    task = access;
                    break;
                case IInvocationOperation call when facts.Waits.Behind(call) == task:
                    task = call;
                    break;
                default:
                    return (task, isOuterOnly);
            }
        }
    }

    private IOperation? OfLocal(ILocalSymbol local, IOperation at, bool isOuterOnly)
    {
        var root = at;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        IOperation? loss = null;
        foreach (var operation in root.Descendants())
        {
            cancel.ThrowIfCancellationRequested();
            if (operation is ILocalReferenceOperation { Local: var read } reference && SymbolEqualityComparer.Default.Equals(read, local) && facts.Observation.LooksAt(reference))
            {
                if (FirstLoss(reference) is { } lost)
                {
                    loss ??= lost;
                }
                else if (!isOuterOnly)
                {
                    return null; // somebody takes the inner one
                }
                else
                {
                    loss ??= reference;
                }
            }
        }

        return loss;
    }

    private static bool IsDropped(IOperation value) => value.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };

    // What is stored and never looked at is lost as a whole, which is another rule's.
    private bool IsLookedAt(IFieldSymbol field)
    {
        foreach (var declaration in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var name in NamesInTree.Of(field.Name, declaration.SyntaxTree, cancel))
            {
                var model = facts.Bodies.ModelOf(name.SyntaxTree);
                ExpressionSyntax named = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
                if (model.GetOperation(named, cancel) is IFieldReferenceOperation reference
                    && SymbolEqualityComparer.Default.Equals(reference.Field, field)
                    && facts.Observation.LooksAt(reference))
                {
                    return true;
                }
            }
        }

        return field.DeclaredAccessibility != Accessibility.Private;
    }

    private bool IsKept(IInvocationOperation call) => call is not { TargetMethod.Name: "Add", Instance: { } list } || list.Bare() switch
    {
        ILocalReferenceOperation { Local: var local } => IsReadBesideAdd(local, list),
        IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field } => IsReadBesideAdd(field, list),
        _ => true,
    };

    private bool IsReadBesideAdd(ISymbol list, IOperation at)
    {
        foreach (var name in NamesInTree.Of(list.Name, at.Syntax.SyntaxTree, cancel))
        {
            if (name.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "Clear" or "Count" } and not VariableDeclaratorSyntax and not AssignmentExpressionSyntax)
            {
                return true;
            }
        }

        return false;
    }
}
