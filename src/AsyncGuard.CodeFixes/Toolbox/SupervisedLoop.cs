using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;

namespace AsyncGuard.Fixing;

/// <summary>The loop as a supervised one: <c>Every</c> where it pauses for the same time, else <c>Loop</c>.</summary>
/// <remarks>
/// Where a token stops the loop, it stops the supervised one too: the function waits for either, and stops the loop when it leaves. So it
/// does not matter whether the supervisor belongs to the host, and a service that is started again finds the name free.
/// </remarks>
internal static class SupervisedLoop
{
    /// <summary>The statements that take the loop's place; <see langword="null"/> where the loop can be left from within, or does not await.</summary>
    public static SyntaxList<StatementSyntax>? Of(FixSite site, LoopSite loop, bool isLast)
    {
        if (!loop.IsAsync || SupervisorAccess.At(loop.Loop, site.Model) is not { } supervisor || Plan(site, loop, new(site, loop.Loop)) is not { } plan)
        {
            return null;
        }

        var token = FreeName.For(site, loop.Loop, "ct", "stop", "stopping");
        if (SupervisedBody.Of(site, loop, plan.Statements, token) is not { } body)
        {
            return null;
        }

        var name = SymbolDisplay.FormatLiteral(TaskNames.Around(loop.Loop), quote: true);
        var verb = plan.Period is { } period ? $"Every({name}, {period}" : $"Loop({name}";
        var code = new Written(site, loop.Loop);
        var options = plan.InitialDelay is { } delay ? $", new {code.Type("AsyncGuard.SupervisionOptions")} {{ InitialDelay = {delay} }}" : "";
        var start = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression($"{supervisor.ToString().Replace("global::AsyncGuard.Supervisor", code.Type("AsyncGuard.Supervisor"))}.{verb}, body{options})");
        var position = plan.Period is null ? 1 : 2;
        start = start.ReplaceNode(start.ArgumentList.Arguments[position].Expression, body);
        return Statements(site, loop, start, isLast, code);
    }

    private static SyntaxList<StatementSyntax> Statements(FixSite site, LoopSite loop, InvocationExpressionSyntax start, bool isLast, Written code)
    {
        if (loop.Token is not { } token)
        {
            var wait = code.Statement("await start.Completion;");
            return Formatted([wait.ReplaceNode(wait.DescendantNodes().OfType<IdentifierNameSyntax>().First(), start)], loop);
        }

        var variable = FreeName.For(site, loop.Loop, "loop", "supervised", "supervisedLoop");
        var declared = (LocalDeclarationStatementSyntax)code.Statement($"var {variable} = start;");
        declared = declared.ReplaceNode(declared.Declaration.Variables[0].Initializer!.Value, start);
        var stopped = isLast ? "" : $"catch ({code.Canceled}) when ({token}.IsCancellationRequested) {{ }}";
        var until = code.Statement($"try {{ await {variable}.Completion.WaitAsync({token}); }} {stopped} finally {{ await {variable}.StopAsync({code.Type("System.Threading.CancellationToken")}.None); }}");
        return Formatted([declared, until], loop);
    }

    private static SyntaxList<StatementSyntax> Formatted(StatementSyntax[] statements, LoopSite loop)
    {
        statements[0] = statements[0].WithLeadingTrivia(loop.Loop.GetLeadingTrivia());
        statements[statements.Length - 1] = statements[statements.Length - 1].WithTrailingTrivia(loop.Loop.GetTrailingTrivia());
        return SyntaxFactory.List(statements.Select(each => each.WithAdditionalAnnotations(Formatter.Annotation)));
    }

    private static LoopPlan? Plan(FixSite site, LoopSite loop, Written code) => loop.Shape switch
    {
        LoopShape.Ticks => TickPeriod.Of(site, loop) is { } period ? new(loop.Statements, period, InitialDelay: period) : null,
        LoopShape.Endless or LoopShape.UntilStopped when !EndsByToken(loop) => null,
        LoopShape.Endless or LoopShape.UntilStopped => loop.Pause switch
        {
            { IsConstant: true, IsFirst: var first } pause => new([.. loop.Statements.Where(each => each != pause.Statement)], Duration(pause, code), first ? Duration(pause, code) : null),
            _ => new(loop.Statements, null, null),
        },
        _ => null,
    };

    // Only a token can be waited for: a flag that others set would be read no more.
    private static bool EndsByToken(LoopSite loop)
    {
        var condition = loop.Loop switch
        {
            WhileStatementSyntax it => it.Condition,
            ForStatementSyntax it => it.Condition,
            _ => SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression),
        };
        return condition is null or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression }
            || (loop.Token is not null
                && condition is PrefixUnaryExpressionSyntax { Operand: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsCancellationRequested" } });
    }

    private static string Duration(PauseStatement pause, Written code) =>
        pause.IsTimeSpan ? pause.Period.WithoutTrivia().ToString() : $"{code.TimeSpan}.FromMilliseconds({pause.Period.WithoutTrivia()})";

    private sealed record LoopPlan(IReadOnlyList<StatementSyntax> Statements, string? Period, string? InitialDelay);
}
