using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG1001 and the compiler's CS4014: awaits the task, or runs it supervised.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnobservedTaskFix() : RuleFix(UnobservedTaskAnalyzer.Id, "CS4014")
{
    internal const string Await = "Await it";
    internal const string Run = "Run it supervised";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (DroppedExpression.Around(site.Node) is not var (whole, dropped))
        {
            yield break;
        }

        var work = DroppedWork.In(dropped, site);
        var changesOnlyItself = AsyncRewriting.At(whole, site.Model) is { ChangesSignature: false };
        if (changesOnlyItself && work.Awaitable is { } task)
        {
            yield return new(Await, cancel => AwaitedAsync(site, whole, task, cancel));
        }

        if (SupervisorAccess.At(whole, site.Model) is { } supervisor && !ScopeEscapeFix.Escapes(site, dropped))
        {
            yield return new(Run, cancel => SupervisedAsync(site, whole, work, supervisor, cancel));
        }

        // The callers of a function that returns nothing would drop its task in turn: they follow.
        if (!changesOnlyItself && work.Awaitable is { } first && site.Model.GetOperation(dropped) is { } operation && !EndlessWork.IsBehind(operation, site.Facts))
        {
            yield return new(Await, cancel => AwaitedAsync(site, whole, first, cancel)) { ChangesSignature = true };
        }
    }

    private static async Task<Document?> AwaitedAsync(FixSite site, ExpressionSyntax whole, ExpressionSyntax task, CancellationToken cancel) =>
        whole.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax && AllTheWay.FromDropped(whole, Awaited(task, site.Model).WithTriviaFrom(whole), WalkScope.Of(site), cancel) is { } change
            ? await change.MendedAsync(site, cancel).ConfigureAwait(false)
            : null;

    private static Task<Document?> SupervisedAsync(FixSite site, ExpressionSyntax whole, DroppedWork work, ExpressionSyntax supervisor, CancellationToken cancel)
    {
        if (work.Continuation is { } continuation)
        {
            return site.ReplaceAsync(whole, continuation.Supervised(supervisor).WithTriviaFrom(whole));
        }

        var run = work.Work is { } plain ? new SupervisedRun(site.Model, supervisor, plain) : null;
        return run?.Write(cancel) is { } written ? site.ReplaceAsync(whole, written.WithTriviaFrom(whole))
            : whole.Parent is ExpressionStatementSyntax statement && run?.WriteWithLocals(cancel) is var (before, call) ? site.ReplaceAsync(statement, before, statement.WithExpression(call.WithTriviaFrom(whole)))
            : Task.FromResult<Document?>(null);
    }

    // a?.FooAsync() may be null, and null cannot be awaited.
    private static ExpressionSyntax Awaited(ExpressionSyntax work, SemanticModel model) => Awaits.InPlaceOf(work, work is ConditionalAccessExpressionSyntax
        ? WhereNotNull.OrCompleted(work, isValueTask: model.GetTypeInfo(work).Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T })
        : work);
}
