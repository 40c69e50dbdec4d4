using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;

namespace AsyncGuard.Fixing;

/// <summary>The loop with a catch inside it: the plain form, without the runtime.</summary>
/// <remarks>A pause that opens or closes the iteration stays outside the <c>try</c>, so that it is kept after an error too; a loop without one gets one.</remarks>
internal static class GuardedIteration
{
    /// <param name="site">Where the fix is asked for.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="handler">What the handler does; <see langword="null"/>: it logs.</param>
    /// <param name="exception">What the exception is called.</param>
    /// <returns><see langword="null"/> where nothing but a sleeping pool thread could make it pause.</returns>
    public static StatementSyntax? Of(FixSite site, LoopSite loop, IEnumerable<StatementSyntax>? handler = null, string? exception = null)
    {
        var code = new Written(site, loop.Loop);
        var pause = NeedsPause(loop) ? Pause(site, loop, code) : null;
        if (pause is null && NeedsPause(loop))
        {
            return null;
        }

        var error = exception ?? FreeName.For(site, loop.Loop, "ex", "error", "failure");
        var guarded = loop.Pause is { } own ? loop.Statements.Remove(own.Statement) : loop.Statements;
        var caught = handler?.ToList() ?? [Log(site, loop, error)];
        if (pause is not null)
        {
            caught.Add(pause);
        }

        var attempt = (TryStatementSyntax)code.Statement($"try {{ }} catch ({code.Exception} {error}) {Filter(site, loop, error, code)} {{ }}");
        attempt = attempt.WithBlock(SyntaxFactory.Block(guarded)).WithCatches(SyntaxFactory.SingletonList(attempt.Catches[0].WithBlock(SyntaxFactory.Block(caught))));
        var body = loop.Pause switch
        {
            { IsFirst: true } first => SyntaxFactory.Block(first.Statement, attempt),
            { } last => SyntaxFactory.Block(attempt, last.Statement),
            null => SyntaxFactory.Block(attempt),
        };
        return loop.WithBody(body).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>Puts it in the loop's place; where nothing but sleeping could make it pause on a thread of the pool, the lambda around it turns async.</summary>
    public static Task<Document?> PutAsync(FixSite site, LoopSite loop, StatementSyntax guarded, OuterCatch? outer = null) => NeedsPause(loop) && TurningAsync(site, loop) is { } function
        ? site.ReplaceAsync(function.Function, function.With(loop.Loop, guarded))
        : LoopReplacement.MakeAsync(site, loop, [guarded], outer);

    private static AsyncRewriting? TurningAsync(FixSite site, LoopSite loop) =>
        loop is { IsAsync: false, Token: null } && !loop.Loop.Ancestors().Any(each => each is TryStatementSyntax)
        && AsyncRewriting.At(loop.Loop, site.Model) is { } function && DelegatePlaces.IsGivenToTaskRun(function.Function, site)
            ? function
            : null;

    private static StatementSyntax Log(FixSite site, LoopSite loop, string error) =>
        OwnLogger.Log(site, loop.Loop, error, TaskNames.Around(loop.Loop) + " failed; it goes on") ?? OwnLogger.LogToConsole(site, loop.Loop, error);

    // A tick or an item paces the loop by itself.
    private static bool NeedsPause(LoopSite loop) => loop is { Pause: null, Shape: LoopShape.Endless or LoopShape.UntilStopped };

    private static StatementSyntax? Pause(FixSite site, LoopSite loop, Written code)
    {
        var second = code.TimeSpan + ".FromSeconds(1)";
        var turnsAsync = TurningAsync(site, loop) is not null;
        return !turnsAsync && loop is { IsAsync: false, Token: null } && RunsOnPool(site, loop) ? null : code.Statement(loop switch
        {
            _ when turnsAsync => $"await {code.Task}.Delay({second});",
            { IsAsync: true, Token: { } token } => $"await {code.Task}.Delay({second}, {token});",
            { IsAsync: true } => $"await {code.Task}.Delay({second});",
            { Token: { } token } => $"{token}.WaitHandle.WaitOne({second});",
            _ => $"{code.Type("System.Threading.Thread")}.Sleep({second});",
        });
    }

    private static bool RunsOnPool(FixSite site, LoopSite loop) =>
        site.Model.GetOperation(loop.Loop) is { } operation && PoolThreads.Run(operation, RunningFunction.MemberAt(operation, site.Facts.Bodies, CancellationToken.None), site.Facts, CancellationToken.None);

    // A cancellation is a stop only if the token says so: a foreign one (a timeout) is an error like any other.
    private static string Filter(FixSite site, LoopSite loop, string error, Written code)
    {
        if (loop.Token is not { } token)
        {
            return "";
        }

        var isOther = site.Root.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp9 }
            ? $"{error} is not {code.Canceled}"
            : $"!({error} is {code.Canceled})";
        return $"when ({isOther} || !{token}.IsCancellationRequested)";
    }
}
