using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Formatting;

namespace AsyncGuard.Rules;

/// <summary>A timer with an async callback as <c>S.Every("Name", period, async ct => …)</c>, which waits for one run before the next.</summary>
internal sealed class SupervisedTimer(FixSite site, AnonymousFunctionExpressionSyntax lambda)
{
    /// <summary><see langword="null"/> for a timer of one shot, or one whose state the callback reads.</summary>
    public (SyntaxNode Old, SyntaxNode By)? Every(IOperation taker)
    {
        if (taker is not IObjectCreationOperation { Syntax: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [_, _, var due, var period] } made } creation
            || creation.Arguments.Any(each => each.Parameter?.Name == "period" && IsNever(each.Value))
            || SupervisorAccess.At(made, site.Model) is not { } supervisor
            || CallbackBody.WithToken(site, lambda) is not { } work)
        {
            return null;
        }

        var code = new Written(site, made);
        var delay = creation.Arguments.FirstOrDefault(each => each.Parameter?.Name == "dueTime") is { } first && IsNow(first.Value)
            ? ""
            : $", new {code.Type("AsyncGuard.SupervisionOptions")} {{ InitialDelay = {Duration(due, code)} }}";
        var name = SymbolDisplay.FormatLiteral(TaskNames.Around(lambda), quote: true);
        var every = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression($"S.Every({name}, {Duration(period, code)}, work{delay})");
        every = every.ReplaceNode(every.ArgumentList.Arguments[2].Expression, work);
        every = every.ReplaceNode(((MemberAccessExpressionSyntax)every.Expression).Expression, supervisor).WithAdditionalAnnotations(Formatter.Annotation);
        return TimerVariable.Of(site, made) is { } variable
            ? (site.Root, variable.With(made, every.WithTriviaFrom(made)))
            : (WholeOf(made), every.WithTriviaFrom(WholeOf(made)));
    }

    // What was thrown away needs no '_ =' any more: a statement may be a call.
    private static SyntaxNode WholeOf(ExpressionSyntax made) =>
        made.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax } discard ? discard : made;

    private string Duration(ArgumentSyntax time, Written code) =>
        site.Model.GetTypeInfo(time.Expression).Type is { Name: "TimeSpan" }
            ? time.Expression.WithoutTrivia().ToString()
            : $"{code.TimeSpan}.FromMilliseconds({time.Expression.WithoutTrivia()})";

    private static bool IsNever(IOperation time) =>
        time.ConstantValue is { HasValue: true, Value: -1 or -1L or 0 or 0L or uint.MaxValue } || Toolbox.OperationExtensions.Bare(time) is IFieldReferenceOperation { Field.Name: "InfiniteTimeSpan" or "Zero" };

    private static bool IsNow(IOperation time) =>
        time.ConstantValue is { HasValue: true, Value: 0 or 0L or 0U } || Toolbox.OperationExtensions.Bare(time) is IFieldReferenceOperation { Field.Name: "Zero" };
}
