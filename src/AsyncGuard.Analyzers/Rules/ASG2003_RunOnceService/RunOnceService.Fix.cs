using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Formatting;

namespace AsyncGuard.Rules;

/// <summary>ASG2003: repeats the service's work, by a supervisor or in a loop that survives errors.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RunOnceServiceFix() : RuleFix(RunOnceServiceAnalyzer.Id)
{
    internal const string Supervise = "Let a supervisor repeat the work";
    internal const string Repeat = "Repeat the work in a loop";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || method.ParameterList.Parameters is not [{ Identifier.ValueText: var token }]
            || Work(method) is not { Count: > 0 } work
            || Leaves(work))
        {
            yield break;
        }

        var code = new Written(site, method);
        if (SupervisorAccess.At((SyntaxNode?)method.Body ?? method.ExpressionBody!, site.Model) is { } supervisor)
        {
            yield return new(Supervise, _ => site.ReplaceAsync(method, WithBody(method, Supervised(site, method, code, supervisor, work, token))));
        }

        yield return new(Repeat, _ => site.ReplaceAsync(method, WithBody(method, Repeated(site, method, code, work, token))));
    }

    private static SyntaxList<StatementSyntax>? Work(MethodDeclarationSyntax method) => method switch
    {
        { Body: { } body } => IsAsync(method) ? body.Statements : WithAwait(body),
        { ExpressionBody.Expression: AwaitExpressionSyntax awaited } => [SyntaxFactory.ExpressionStatement(awaited)],
        { ExpressionBody.Expression: var returned } => [Await(returned)],
        _ => null,
    };

    // return CheckAsync(token); at the end becomes an await.
    private static SyntaxList<StatementSyntax>? WithAwait(BlockSyntax body) => body.Statements.LastOrDefault() is ReturnStatementSyntax { Expression: { } returned } last
        ? returned.ToString() == "Task.CompletedTask" ? body.Statements.Remove(last) : body.Statements.Replace(last, Await(returned).WithTriviaFrom(last))
        : null;

    private static ExpressionStatementSyntax Await(ExpressionSyntax task) => SyntaxFactory.ExpressionStatement(SyntaxFactory.AwaitExpression(task.WithoutTrivia().WithLeadingTrivia(SyntaxFactory.Space)));

    private static bool Leaves(SyntaxList<StatementSyntax> work) => work
        .SelectMany(each => each.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        .Any(each => each is ReturnStatementSyntax { Expression: not null });

    private static bool IsAsync(MethodDeclarationSyntax method) => method.Modifiers.Any(SyntaxKind.AsyncKeyword);

    private static SyntaxList<StatementSyntax> Supervised(FixSite site, MethodDeclarationSyntax method, Written code, ExpressionSyntax supervisor, SyntaxList<StatementSyntax> work, string token)
    {
        var name = SymbolDisplay.FormatLiteral(TaskNames.Around(method), quote: true);
        var stop = FreeName.For(site, method, "ct", "stop", "stopping");
        var access = supervisor.ToString().Replace("global::AsyncGuard.Supervisor", code.Type("AsyncGuard.Supervisor"));
        var task = FreeName.For(site, method, "loop", "supervised", "supervisedLoop");
        var start = code.Statement($"var {task} = {access}.Every({name}, {RepeatedWork.PeriodOf(site, method, code)}, async {stop} => {{ }});");
        var lambda = start.DescendantNodes().OfType<LambdaExpressionSyntax>().Last();
        var tokens = work.SelectMany(each => each.DescendantNodes()).OfType<IdentifierNameSyntax>().Where(each => each.Identifier.ValueText == token)
            .ToDictionary(old => (SyntaxNode)old, old => (SyntaxNode)SyntaxFactory.IdentifierName(stop).WithTriviaFrom(old));
        var body = work.Select(new SupervisedTokens(site.Model, stop, tokens).Of);
        return
        [
            start.ReplaceNode(lambda, lambda.WithBody(SyntaxFactory.Block(body))),
            code.Statement($"try {{ await {task}.Completion.WaitAsync({token}); }} finally {{ await {task}.StopAsync({code.Type("System.Threading.CancellationToken")}.None); }}"),
        ];
    }

    private static SyntaxList<StatementSyntax> Repeated(FixSite site, MethodDeclarationSyntax method, Written code, SyntaxList<StatementSyntax> work, string token)
    {
        var timer = FreeName.For(site, method, "timer", "ticks", "repeat");
        var error = FreeName.For(site, method, "ex", "error", "failure");
        var guard = (TryStatementSyntax)code.Statement($"try {{ }} catch ({code.Exception} {error}) {RepeatedWork.Filter(site, error, token, code)} {{ }}");
        var log = OwnLogger.Log(site, (SyntaxNode?)method.Body ?? method.ExpressionBody!, error, TaskNames.Around(method) + " failed; it goes on") ?? OwnLogger.LogToConsole(site, method, error);
        guard = guard.WithBlock(SyntaxFactory.Block(work)).WithCatches([guard.Catches[0].WithBlock(SyntaxFactory.Block(log))]);
        var loop = (DoStatementSyntax)code.Statement($"do {{ }} while (await {timer}.WaitForNextTickAsync({token}));");
        var repeated = loop.WithStatement(SyntaxFactory.Block(guard));
        var made = $"var {timer} = new {code.Type("System.Threading.PeriodicTimer")}({RepeatedWork.PeriodOf(site, method, code)})";
        return site.Root.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 }
            ? [code.Statement($"using {made};"), repeated]
            : [((UsingStatementSyntax)code.Statement($"using ({made}) {{ }}")).WithStatement(SyntaxFactory.Block(repeated))];
    }

    private static MethodDeclarationSyntax WithBody(MethodDeclarationSyntax method, SyntaxList<StatementSyntax> statements)
    {
        var block = SyntaxFactory.Block(statements);
        var mended = method.Body is { } old
            ? method.WithBody(old.WithStatements(statements))
            : method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block.WithTrailingTrivia(method.GetTrailingTrivia()));
        mended = IsAsync(method) ? mended : mended.AddModifiers(SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        return mended.WithAdditionalAnnotations(Formatter.Annotation);
    }
}
