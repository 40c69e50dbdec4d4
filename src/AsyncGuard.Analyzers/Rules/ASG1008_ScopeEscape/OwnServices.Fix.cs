using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>The services that work takes from a scope of its own.</summary>
/// <param name="site">The finding.</param>
/// <param name="work">The work.</param>
/// <param name="all">What it needs.</param>
internal sealed class OwnServices(FixSite site, ExpressionSyntax work, IReadOnlyList<EscapingService> all)
{
    private readonly List<string> _variables = [.. all.Select(each => each.VariableAt(site, work))];

    public IReadOnlyList<EscapingService> All => all;

    /// <summary>Finds the work in the changed document.</summary>
    public SyntaxAnnotation Mark { get; } = new();

    /// <summary>Whether each of them has a name of its own.</summary>
    public bool AreDistinct => _variables.Distinct().Count() == all.Count && all.Select(each => each.Name).Distinct().Count() == all.Count;

    /// <summary>Code of the work, having them by their variables.</summary>
    public SyntaxNode In(SyntaxNode code)
    {
        for (var at = 0; at < all.Count; at++)
        {
            code = all[at].In(code, _variables[at]);
        }

        return code;
    }

    /// <summary>Has each of them from a provider.</summary>
    public IEnumerable<StatementSyntax> From(string provider, Written code) =>
        all.Zip(_variables, (service, variable) => code.Statement($"var {variable} = {provider}.GetRequiredService<{NameOf(service)}>();"));

    /// <summary>What a supervised run asks its scope for, what it calls that, and what it does: one service, or the provider of several.</summary>
    public (string Type, string Variable, CSharpSyntaxNode Body) InLambda(LambdaExpressionSyntax lambda)
    {
        var body = (CSharpSyntaxNode)In(lambda.Body);
        if (all.Count == 1)
        {
            return (NameOf(all[0]), _variables[0], body);
        }

        var code = new Written(site, work);
        var provider = FreeName.For(site, work, "services", "scopedServices", "provider");
        StatementSyntax[] statements = body switch
        {
            BlockSyntax { Statements: var own } => [.. own],
            ExpressionSyntax only when lambda.AsyncKeyword.RawKind != 0 => [ExpressionStatement(only)],
            var only => [ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), (ExpressionSyntax)only, Token(SyntaxKind.SemicolonToken))],
        };
        var block = LongBlock.Of(site.Root, From(provider, code).Concat(statements.Select(each => each.WithAdditionalAnnotations(Formatter.Annotation))));
        return (code.Type("System.IServiceProvider"), provider, block);
    }

    /// <summary>The document without what was injected for the work alone; <see langword="null"/> where somebody gives it.</summary>
    public async Task<Document?> WithoutUnreadAsync(Document document, CancellationToken cancel)
    {
        var changed = (Document?)document;
        foreach (var service in all.OrderByDescending(each => (each.Source as IParameterSymbol)?.Ordinal))
        {
            changed = changed is null ? null : await UnreadParameter.RemovedAsync(site, changed, service.Source, cancel).ConfigureAwait(false);
        }

        return changed;
    }

    private string NameOf(EscapingService service) => service.Type.ToMinimalDisplayString(site.Model, work.SpanStart);
}
