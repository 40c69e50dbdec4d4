using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG3001: writes a number of seconds in the place of for ever.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class InfiniteDatabaseTimeoutFix() : RuleFix(InfiniteDatabaseTimeoutAnalyzer.Id)
{
    internal const string Title = "Limit the wait";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        var found = site.Finding.Properties;
        if (found.TryGetValue(InfiniteDatabaseTimeoutAnalyzer.Old, out var old) && old is not null
            && found.TryGetValue(InfiniteDatabaseTimeoutAnalyzer.New, out var by) && by is not null
            && StringEditing.Replace(site.Node, old, by) is { } limited)
        {
            yield return new(Title, _ => site.ReplaceAsync(site.Node, limited));
        }
        else if (found.TryGetValue(InfiniteDatabaseTimeoutAnalyzer.Seconds, out var text) && int.TryParse(text, out var seconds)
            && ValueOf(site.Node) is { } value)
        {
            yield return new(Title, _ => site.ReplaceAsync(value, Write(site, value, seconds)));
        }
    }

    private static ExpressionSyntax? ValueOf(SyntaxNode node) => node is ArgumentSyntax { Expression: var argument } ? argument : node as ExpressionSyntax;

    private static SyntaxNode Write(FixSite site, ExpressionSyntax value, int seconds)
    {
        var make = SyntaxGenerator.GetGenerator(site.Document);
        var number = make.LiteralExpression(seconds);
        return site.Model.GetTypeInfo(value).Type is { Name: "TimeSpan" } span
            ? make.InvocationExpression(make.MemberAccessExpression(make.TypeExpression(span), "FromSeconds"), number).WithTriviaFrom(value)
            : number.WithTriviaFrom(value);
    }
}
