using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>ASG1015: awaits the call, or what the local was given.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TaskAsValueFix() : RuleFix(TaskAsValueAnalyzer.Id)
{
    private const string Title = "Await it";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        var tasks = Tasks(site);
        if (tasks.Count > 0
            && tasks.All(each => site.Facts.TaskValues.IsTask(site.Model.GetTypeInfo(each).Type))
            && AsyncRewriting.At(tasks[0], site.Model) is { ChangesSignature: false } function
            && tasks.All(each => AwaitPlaces.FunctionAround(each) == function.Function))
        {
            yield return new(Title, _ => site.ReplaceAsync(function.Function, function.With(tasks, (old, now) => Awaits.InPlaceOf((ExpressionSyntax)old, (ExpressionSyntax)now))));
        }
    }

    private static List<ExpressionSyntax> Tasks(FixSite site)
    {
        if (site.Node is SimpleNameSyntax name && site.Model.GetOperation(name) is ILocalReferenceOperation local)
        {
            return [.. Toolbox.LocalValues.Of(local.Local, local).Select(each => each.Syntax).OfType<ExpressionSyntax>()];
        }

        return Called(site.Node) is { } call ? [call] : [];
    }

    private static InvocationExpressionSyntax? Called(SyntaxNode name)
    {
        var called = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return called.Parent is InvocationExpressionSyntax call && call.Expression == called ? call : name as InvocationExpressionSyntax;
    }
}
