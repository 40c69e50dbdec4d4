using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>Work that opens a scope, takes its service from it, and logs what it throws.</summary>
/// <param name="site">The finding.</param>
/// <param name="whole">All that is replaced.</param>
/// <param name="work">The work in it.</param>
/// <param name="services">What it needs.</param>
internal sealed class ScopedWork(FixSite site, ExpressionSyntax whole, ExpressionSyntax work, OwnServices services)
{
    /// <summary>With the scopes of this factory; <see langword="null"/> where starting it anew could mean something else, or it has a shape of its own.</summary>
    public ExpressionSyntax? With(string factory)
    {
        var started = work.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(IsTaskRun);
        if (started?.ArgumentList.Arguments[0].Expression is ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0 } lambda)
        {
            return Body(lambda) is { } body ? whole.ReplaceNode(lambda, Lambda(factory, body, IsAwaiting(lambda))) : null;
        }

        if (started is not null || work is not InvocationExpressionSyntax || LateReads.MayChange(work, site.Model, CancellationToken.None))
        {
            return null;
        }

        var run = InvocationExpression(
            ParseExpression("global::System.Threading.Tasks.Task.Run").WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation),
            ArgumentList([Argument(Lambda(factory, [Awaited(work)], isAsync: true))]));
        return whole == work ? run.WithTriviaFrom(whole) : whole.ReplaceNode(work, run.WithTriviaFrom(work));
    }

    private bool IsTaskRun(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Count > 0 && site.Model.GetOperation(call) is IInvocationOperation { TargetMethod: { Name: "Run" } method } && site.Facts.Waits.Starts(method);

    private bool IsAwaiting(ParenthesizedLambdaExpressionSyntax lambda) => lambda.AsyncKeyword.RawKind != 0 || (lambda.Body is ExpressionSyntax only && IsAwaitable(only));

    private bool IsAwaitable(ExpressionSyntax expression) => site.Facts.Awaitables.IsAwaitable(site.Model.GetTypeInfo(expression).Type);

    private IEnumerable<StatementSyntax>? Body(ParenthesizedLambdaExpressionSyntax lambda) => lambda.Body switch
    {
        BlockSyntax block => block.Statements,
        ExpressionSyntax only when IsAwaitable(only) => [Awaited(only)],
        ExpressionSyntax only and (InvocationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax) => [ExpressionStatement(only.WithoutTrivia())],
        _ => null,
    };

    private static ExpressionStatementSyntax Awaited(ExpressionSyntax task) => ExpressionStatement(Awaits.InPlaceOf(task, task).WithoutTrivia());

    private ParenthesizedLambdaExpressionSyntax Lambda(string factory, IEnumerable<StatementSyntax> body, bool isAsync)
    {
        var code = new Written(site, whole);
        var error = FreeName.For(site, whole, "ex", "error", "failure");
        var log = OwnLogger.Log(site, whole, error, TaskNames.Around(whole) + " failed") ?? OwnLogger.LogToConsole(site, whole, error);
        var attempt = (TryStatementSyntax)code.Statement($"try {{ }} catch ({code.Exception} {error}) {{ }}");
        attempt = attempt.WithBlock(attempt.Block.WithStatements(List(InScope(factory, body, isAsync)))).WithCatches([attempt.Catches[0].WithBlock(attempt.Catches[0].Block.WithStatements([log]))]);
        var lambda = ParenthesizedLambdaExpression(LongBlock.Of(whole, [attempt])).WithAdditionalAnnotations(Formatter.Annotation);
        return isAsync ? lambda.WithAsyncKeyword(Token(SyntaxKind.AsyncKeyword)) : lambda;
    }

    private IEnumerable<StatementSyntax> InScope(string factory, IEnumerable<StatementSyntax> body, bool isAsync)
    {
        var code = new Written(site, whole);
        var scope = FreeName.For(site, whole, "scope", "ownScope");
        var isNew = isAsync && site.Facts.Types["Microsoft.Extensions.DependencyInjection.AsyncServiceScope"] is not null && HasUsingVar;
        var open = isNew ? $"await using var {scope} = {factory}.CreateAsyncScope();" : $"using var {scope} = {factory}.CreateScope();";
        StatementSyntax[] rest =
        [
            .. services.From($"{scope}.ServiceProvider", code),
            .. body.Select(each => ((StatementSyntax)services.In(each)).WithAdditionalAnnotations(Formatter.Annotation)),
        ];
        return HasUsingVar
            ? [code.Statement(open), .. rest]
            : [((UsingStatementSyntax)code.Statement($"using (var {scope} = {factory}.CreateScope()) {{ }}")).WithStatement(LongBlock.Of(whole, rest))];
    }

    private bool HasUsingVar => site.Root.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 };
}
