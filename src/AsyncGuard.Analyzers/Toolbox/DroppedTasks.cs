namespace AsyncGuard.Toolbox;

/// <summary>Which task does this statement let go, what is it called, and does anybody mean it so?</summary>
internal static class DroppedTasks
{
    /// <summary>Methods whose tasks need no observer.</summary>
    internal static readonly Setting<MemberNames> ObservingMethods = Setting.Members("ASG1001.observing_methods");

    /// <summary>The expression whose value nobody takes: the whole statement, or what is assigned to <c>_</c>.</summary>
    public static IOperation? In(IExpressionStatementOperation statement) => statement.Operation switch
    {
        ISimpleAssignmentOperation { Target: var target, Value: var value } when target.IsDiscard() => value.Bare(),
        IAssignmentOperation or IIncrementOrDecrementOperation => null,
        var whole => whole,
    };

    /// <summary>Whether the statement never runs here: it describes a call to a query or a mocking library, or does not bind.</summary>
    public static bool IsOnlyDescribed(IExpressionStatementOperation statement, CompilationFacts facts)
    {
        for (var parent = statement.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IInvalidOperation)
            {
                return true; // what surrounds the call decides what becomes of it: Received.InOrder(() => …) of a library that is not there
            }
        }

        return statement.IsInExpressionTree(facts.Types["System.Linq.Expressions.Expression`1"]);
    }

    /// <summary>Whether the project says that this method's task needs no observer.</summary>
    public static bool IsMeant(IOperation call, AnalyzerOptions options) =>
        call is IInvocationOperation { TargetMethod: var method } && ObservingMethods.In(call.Syntax.SyntaxTree, options).Contains(method);

    /// <summary>What to call it in a report: a delegate is known by what holds it, not by its <c>Invoke</c>.</summary>
    public static string NameOf(IOperation task) => task switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke } invoke, Instance: var instance } => NameOfHolder(instance?.Bare()) ?? invoke.Name,
        IInvocationOperation { TargetMethod.Name: var name } => name,
        IObjectCreationOperation { Type.Name: var name } => name,
        _ => NameOfHolder(task.Bare()) ?? task.Syntax.ToString(),
    };

    /// <summary>A call may go over many lines; what is called stands on one.</summary>
    public static Location PlaceOf(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } called } when IsLong(called) => name.GetLocation(),
        InvocationExpressionSyntax { Expression: var called } => called.GetLocation(),
        ObjectCreationExpressionSyntax { Type: var made } => made.GetLocation(),
        _ => call.GetLocation(),
    };

    private static string? NameOfHolder(IOperation? holder) => holder switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } => NameOfHolder(collection.Bare()),
        IArrayElementReferenceOperation { ArrayReference: var array } => NameOfHolder(array.Bare()),
        IMemberReferenceOperation { Member.Name: var name } => name,
        ILocalReferenceOperation { Local.Name: var name } => name,
        IParameterReferenceOperation { Parameter.Name: var name } => name,
        IConditionalAccessInstanceOperation { Syntax: IdentifierNameSyntax { Identifier.ValueText: var name } } => name,
        IConditionalAccessInstanceOperation { Syntax: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } => name,
        _ => null,
    };

    private static bool IsLong(SyntaxNode called) => called.GetLocation().GetLineSpan() is var span && span.StartLinePosition.Line != span.EndLinePosition.Line;
}
