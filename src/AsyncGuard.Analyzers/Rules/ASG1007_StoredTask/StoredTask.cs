using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG1007: a task put into a local, a member or a collection at which nobody ever looks.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StoredTaskAnalyzer() : RuleAnalyzer(Stored)
{
    public const string Id = "ASG1007";

    private static readonly DiagnosticDescriptor Stored = Rule.Create(
        Id,
        title: "Look at every task that you store",
        messageFormat: "An exception of '{0}' is lost because nobody ever looks at the task in '{1}'; await it or run it supervised",
        category: "LostWork",
        DiagnosticSeverity.Warning,
        description: "A task that is put away and never awaited may have been dead for days: no log, no restart, and no stop waits for it.",
        Rule.Essential);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.Task is not null)
        {
            context.RegisterOperationAction(
                operation => Judge(operation, facts),
                OperationKind.VariableDeclarator,
                OperationKind.SimpleAssignment,
                OperationKind.CoalesceAssignment,
                OperationKind.FieldInitializer,
                OperationKind.PropertyInitializer,
                OperationKind.Invocation);
        }
    }

    private static void Judge(OperationAnalysisContext context, CompilationFacts facts)
    {
        switch (context.Operation)
        {
            case IVariableDeclaratorOperation { Symbol: var local, Syntax: VariableDeclaratorSyntax { Identifier: var name } } declarator
                when declarator.GetVariableInitializer() is { Value: var value } && IsTask(value) && declarator.Parent?.Parent?.Parent is not IUsingOperation:
                Report(context, facts, local, value, name);
                break;
            case IAssignmentOperation { Value: var value, Parent: IExpressionStatementOperation } assignment when IsTask(value):
                Assigned(context, facts, assignment.Target.Bare(), value);
                break;
            case IFieldInitializerOperation { InitializedFields: [var field, ..], Value: var value } when IsTask(value):
                Report(context, facts, field, value);
                break;
            case IPropertyInitializerOperation { InitializedProperties: [var property, ..], Value: var value } when IsTask(value):
                Report(context, facts, property, value);
                break;
            case IInvocationOperation call when TaskCollections.PutBy(call, facts.Awaitables) is var (collection, task) && NameOf(call.Syntax) is { } name:
                Report(context, facts, StorageOf(collection, call), task, name);
                break;
        }

        bool IsTask(IOperation value) => IsMade(value.Bare()) && facts.Awaitables.IsAwaitable(value.Type) && !Awaitability.IsLazy(value.Type);
    }

    // What a call gave: first the kind, which costs nothing.
    private static bool IsMade(IOperation value) => value.Kind is OperationKind.Invocation or OperationKind.ConditionalAccess or OperationKind.Conditional or OperationKind.Coalesce or OperationKind.SwitchExpression;

    private static void Assigned(OperationAnalysisContext context, CompilationFacts facts, IOperation target, IOperation value)
    {
        var storage = target switch
        {
            IArrayElementReferenceOperation element => StorageOf(element.ArrayReference, element),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } element when TaskCollections.IsCollection(collection.Type) => StorageOf(collection, element),
            _ => StorageOf(target, target),
        };

        if (NameOf(target.Syntax) is { } name)
        {
            Report(context, facts, storage, value, name);
        }
    }

    // What a member's initialiser stores is reported at the call: the member's name is no part of what is analysed there.
    private static void Report(OperationAnalysisContext context, CompilationFacts facts, ISymbol? storage, IOperation stored, SyntaxToken? name = null)
    {
        foreach (var origin in facts.Observation.OriginsOf(stored))
        {
            if (origin is IInvocationOperation call
                && storage is not null
                && !facts.StoredTasks.IsObserved(storage, call, context.CancellationToken)
                && !IsMisused(storage, context, facts)
                && !Mocks.IsPartOfOne(call)
                && !QueuedCommands.AreMadeBy(call)
                && !(facts.Continuations.IsContinuation(call) && facts.Continuations.SightOf(call, context.CancellationToken) == FaultSight.Seen)
                && !DroppedTasks.IsMeant(call, context.Options)
                && facts.LostErrors.Of(call, context.CancellationToken) is { } escape
                && (name ?? NameOf(call.Syntax) ?? call.Syntax.GetFirstToken()).GetLocation() is var place
                && !facts.Dying.AreToldAt(place, call, context.ContainingSymbol, context.CancellationToken))
            {
                var path = facts.Errors.PathOf(escape, context.CancellationToken);
                context.ReportDiagnostic(Diagnostic.Create(Stored, place, path, call.TargetMethod.Name, storage.Name));
                return;
            }
        }
    }

    // Compared with null, written or logged where its result is meant: ASG1015 speaks there, and its cure is this one's too.
    private static bool IsMisused(ISymbol storage, OperationAnalysisContext context, CompilationFacts facts)
    {
        if (storage is ILocalSymbol local)
        {
            foreach (var operation in context.Operation.Root().Descendants())
            {
                if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && facts.TaskValues.Misuses(reference, context.CancellationToken))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // In a collection initialiser what is being initialised.
    private static ISymbol? StorageOf(IOperation place, IOperation at) => place.Bare() switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IFieldReferenceOperation { Field: var field } => field,
        IPropertyReferenceOperation { Property: { IsIndexer: false } property } => property,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } => Initialised(at),
        IConditionalAccessInstanceOperation here when TaskPlaces.Receiver(here) is { } collection => StorageOf(collection, at),
        _ => null,
    };

    private static ISymbol? Initialised(IOperation at) => at.Parent is IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation made } ? Starters.ValueOf(made).Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => local,
        IFieldInitializerOperation { InitializedFields: [var field, ..] } => field,
        ISimpleAssignmentOperation { Parent: IExpressionStatementOperation, Target: var target } => StorageOf(target, target),
        _ => null,
    }
    : null;

    private static SyntaxToken? NameOf(SyntaxNode place) => place switch
    {
        SimpleNameSyntax name => name.Identifier,
        MemberAccessExpressionSyntax { Name.Identifier: var name } => name,
        MemberBindingExpressionSyntax { Name.Identifier: var name } => name,
        InvocationExpressionSyntax { Expression: var called } => NameOf(called),
        ElementAccessExpressionSyntax { Expression: var collection } => NameOf(collection),
        ExpressionSyntax element => element.GetFirstToken(),
        _ => null,
    };
}
