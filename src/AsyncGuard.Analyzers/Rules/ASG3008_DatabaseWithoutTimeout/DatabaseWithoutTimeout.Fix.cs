using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Simplification;

namespace AsyncGuard.Rules;

/// <summary>ASG3008: writes the timeouts into the string, the builder or the options, or has the runtime apply them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DatabaseWithoutTimeoutFix() : RuleFix(DatabaseWithoutTimeoutAnalyzer.Id)
{
    internal const string InString = "Set the timeouts in the connection string";
    private const string InBuilder = "Set the timeouts of the builder";
    private const string InOptions = "Set the command timeout";
    private const string ByRuntime = "Apply default timeouts to the connection string";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (Property(site, TimeoutReport.Append) is { } keywords && StringAt(site.Node) is { } text && StringEditing.Append(text, keywords) is { } longer)
        {
            yield return new(InString, _ => site.ReplaceAsync(text, longer));
        }

        if (Property(site, TimeoutReport.Initialise) is { } properties && site.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { } creation)
        {
            yield return new(InBuilder, _ => site.ReplaceAsync(creation, BuilderInitialiser.Add(creation, properties)));
        }

        if (Property(site, TimeoutReport.Options) is { } options && Property(site, TimeoutReport.CommandSeconds) is { } seconds
            && site.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } registration)
        {
            yield return new(InOptions, _ => site.ReplaceAsync(registration, OptionsLambda.SetCommandTimeout(registration, options, seconds, site.Model)));
        }

        if (Property(site, TimeoutReport.Kind) is { } kind && site.Facts.Types["AsyncGuard.DatabaseTimeouts"] is not null && ConnectionStringOf(site) is { } given)
        {
            yield return new(ByRuntime, _ => site.ReplaceAsync(given, Apply(given, kind)));
        }
    }

    private static string? Property(FixSite site, string name) => site.Finding.Properties.TryGetValue(name, out var value) ? value : null;

    // The whole string, of which the finding may mark the first line only.
    private static ExpressionSyntax? StringAt(SyntaxNode node)
    {
        var text = node is ArgumentSyntax { Expression: var argument } ? argument : node as ExpressionSyntax;
        while (text?.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum)
        {
            text = sum;
        }

        return text;
    }

    private static ExpressionSyntax? ConnectionStringOf(FixSite site)
    {
        var call = site.Node.AncestorsAndSelf().FirstOrDefault(each => each is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AssignmentExpressionSyntax);
        return call is null ? null : site.Facts.Databases.Places.Of(site.Model.GetOperation(call))?.String?.Syntax as ExpressionSyntax;
    }

    private static InvocationExpressionSyntax Apply(ExpressionSyntax text, string kind)
    {
        var apply = SyntaxFactory.ParseExpression("global::AsyncGuard.DatabaseTimeouts.Apply").WithAdditionalAnnotations(Simplifier.Annotation);
        var database = SyntaxFactory.ParseExpression("global::AsyncGuard.DatabaseKind." + kind).WithAdditionalAnnotations(Simplifier.Annotation);
        return SyntaxFactory.InvocationExpression(apply, SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(
            [SyntaxFactory.Argument(text.WithoutTrivia()), SyntaxFactory.Argument(database)],
            [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)]))).WithTriviaFrom(text);
    }
}
