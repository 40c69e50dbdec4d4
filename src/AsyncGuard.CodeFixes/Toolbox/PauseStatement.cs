namespace AsyncGuard.Fixing;

/// <summary>The statement of a loop's body that waits for a time before the next iteration.</summary>
/// <param name="Statement">The statement, in the loop's body.</param>
/// <param name="Period">How long, as it is written.</param>
/// <param name="IsFirst">Whether it opens the iteration; else it closes it.</param>
/// <param name="IsConstant">Whether it is the same in every iteration.</param>
/// <param name="IsTimeSpan">Whether it is a <c>TimeSpan</c>; else milliseconds.</param>
internal sealed record PauseStatement(StatementSyntax Statement, ExpressionSyntax Period, bool IsFirst, bool IsConstant, bool IsTimeSpan)
{
    public static PauseStatement? Of(SyntaxList<StatementSyntax> body, SemanticModel model) =>
        body.Count < 2 ? null : At(body[body.Count - 1], isFirst: false, body, model) ?? At(body[0], isFirst: true, body, model);

    private static PauseStatement? At(StatementSyntax statement, bool isFirst, SyntaxList<StatementSyntax> body, SemanticModel model)
    {
        if (statement is not ExpressionStatementSyntax || model.GetOperation(statement) is not IExpressionStatementOperation { Operation: var expression })
        {
            return null;
        }

        var call = (expression as IAwaitOperation)?.Operation ?? expression;
        call = call is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } configured } ? configured : call;
        if (call is not IInvocationOperation { TargetMethod: { Name: var name, ContainingType.Name: var type }, Arguments: [var time, ..] }
            || (type, name) is not (("Task", "Delay") or ("Thread", "Sleep"))
            || time.Value.Syntax is not ExpressionSyntax period
            || model.AnalyzeDataFlow(statement) is not { Succeeded: true } used
            || used.ReadInside.Any(each => body.Span.Contains(each.Locations[0].SourceSpan)))
        {
            return null;
        }

        return new(statement, period, isFirst, IsSameEveryTime(time.Value, body, model), time.Value.Type is { Name: "TimeSpan" });
    }

    private static bool IsSameEveryTime(IOperation time, SyntaxList<StatementSyntax> body, SemanticModel model)
    {
        var written = model.AnalyzeDataFlow(body[0], body[body.Count - 1]) is { Succeeded: true } flow ? flow.WrittenInside : [];
        return time.DescendantsAndSelf().All(each => each switch
        {
            IInvocationOperation call => call.TargetMethod.ContainingType.Name == "TimeSpan",
            ILocalReferenceOperation local => !written.Contains(local.Local, SymbolEqualityComparer.Default),
            IParameterReferenceOperation parameter => !written.Contains(parameter.Parameter, SymbolEqualityComparer.Default),
            IFieldReferenceOperation { Field: { IsReadOnly: false, IsConst: false } field } => !body.ToString().Contains(field.Name),
            IPropertyReferenceOperation property => property.Arguments.IsEmpty,
            IObjectCreationOperation or IConditionalOperation or IIncrementOrDecrementOperation or IAssignmentOperation => false,
            _ => true,
        });
    }
}
