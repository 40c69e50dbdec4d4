using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>ASG1008: gives the work a scope of its own from which it takes the service: the supervisor's, or one that it opens itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ScopeEscapeFix() : RuleFix(ScopeEscapeAnalyzer.Id)
{
    internal const string Title = "Run it supervised, with a scope of its own";
    internal const string TitlePlain = "Give it a scope of its own";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (DroppedExpression.Around(site.Node) is not var (whole, work)
            || !site.Facts.Awaitables.IsAwaitable(site.Model.GetTypeInfo(work).Type)
            || CallAt(site, work) is not { } call
            || site.Facts.ScopeEscapes.Of(call, CancellationToken.None) is not { Lifetime: Lifetime.Scope, Use: { Type: { } type } use }
            || EscapingService.Of(site, work, call, use, type) is not { } service)
        {
            yield break;
        }

        if (SupervisorAccess.At(whole, site.Model) is { } supervisor)
        {
            yield return new(Title, cancel => SupervisedAsync(site, whole, new SupervisedRun(site.Model, supervisor, work).Write(cancel), service, cancel)) { ChangesSignature = true };
        }
        else
        {
            yield return new(TitlePlain, cancel => OwnScopeAsync(site, new ScopedWork(site, whole, work, service), cancel)) { ChangesSignature = true };
        }
    }

    /// <summary>Whether this work takes a scoped service along, so that no plain run may be made of it.</summary>
    internal static bool Escapes(FixSite site, ExpressionSyntax work)
    {
        if (site.Model.GetOperation(work) is not { } dropped)
        {
            return false;
        }

        if (site.Facts.ScopeEscapes.WouldEscape(dropped, CancellationToken.None))
        {
            return true;
        }

        foreach (var origin in site.Facts.Observation.OriginsOf(dropped))
        {
            if (origin is IInvocationOperation call && site.Facts.ScopeEscapes.Of(call, CancellationToken.None) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static IInvocationOperation? CallAt(FixSite site, ExpressionSyntax work)
    {
        if (site.Model.GetOperation(work) is { } dropped)
        {
            foreach (var origin in site.Facts.Observation.OriginsOf(dropped))
            {
                if (origin is IInvocationOperation call && call.Syntax.Span.Contains(site.Node.Span))
                {
                    return call;
                }
            }
        }

        return null;
    }

    private static async Task<Document?> SupervisedAsync(FixSite site, ExpressionSyntax whole, ExpressionSyntax? run, EscapingService service, CancellationToken cancel)
    {
        if (run is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var supervisor }, ArgumentList.Arguments: [var name, { Expression: SimpleLambdaExpressionSyntax lambda }] })
        {
            return null;
        }

        var mark = new SyntaxAnnotation();
        var variable = service.VariableAt(site, whole);
        var scoped = ParenthesizedLambdaExpression(ParameterList(SeparatedList([Parameter(Identifier(variable)), lambda.Parameter])), (CSharpSyntaxNode)service.In(lambda.Body, variable)).WithAsyncKeyword(lambda.AsyncKeyword);
        var type = ParseTypeName(service.Type.ToMinimalDisplayString(site.Model, whole.SpanStart));
        var mended = InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, supervisor, GenericName(Identifier("Run"), TypeArgumentList([type]))),
                ArgumentList(SeparatedList([name, Argument(scoped)])))
            .WithTriviaFrom(whole).WithAdditionalAnnotations(mark);
        return await SettledAsync(site, await site.ReplaceAsync(whole, mended).ConfigureAwait(false), mark, service, cancel).ConfigureAwait(false);
    }

    private static async Task<Document?> OwnScopeAsync(FixSite site, ScopedWork work, CancellationToken cancel)
    {
        var mark = new SyntaxAnnotation();
        return await ScopeFactory.AtAsync(site, work.Whole, cancel).ConfigureAwait(false) is { } factory && work.With(factory.Name) is { } scoped
            ? await SettledAsync(site, site.Document.WithSyntaxRoot(factory.Into(site, work.Whole, scoped.WithAdditionalAnnotations(mark))), mark, work.Service, cancel).ConfigureAwait(false)
            : null;
    }

    // Work that takes two of them would still have one of the request's; what was injected for it alone goes.
    private static async Task<Document?> SettledAsync(FixSite site, Document? document, SyntaxAnnotation mark, EscapingService service, CancellationToken cancel) =>
        document is not null && !await StillEscapesAsync(document, mark, cancel).ConfigureAwait(false)
            ? await UnreadParameter.RemovedAsync(site, document, service.Source, cancel).ConfigureAwait(false)
            : null;

    private static async Task<bool> StillEscapesAsync(Document document, SyntaxAnnotation mark, CancellationToken cancel) =>
        await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } root
        || await document.GetSemanticModelAsync(cancel).ConfigureAwait(false) is not { } model
        || DroppedExpression.Around(root.GetAnnotatedNodes(mark).First()) is not var (_, work)
        || model.GetOperation(work, cancel) is not IInvocationOperation call
        || CompilationFacts.Of(model.Compilation).ScopeEscapes.Of(call, cancel) is not null;
}
