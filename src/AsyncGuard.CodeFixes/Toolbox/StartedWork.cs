using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>The delegate that <c>Task.Run</c>, <c>StartNew</c> or <c>new Task(…).Start()</c> runs, and what was said about its start.</summary>
/// <param name="Delegate">The first argument.</param>
/// <param name="WantsItsOwnThread">Whether it asks for <c>LongRunning</c>: the supervisor would take a thread of the pool.</param>
/// <param name="Token">The token that keeps it from starting once cancelled.</param>
internal sealed record StartedWork(ExpressionSyntax Delegate, bool WantsItsOwnThread, ExpressionSyntax? Token)
{
    private const int LongRunning = 2; // TaskCreationOptions.LongRunning

    public static StartedWork? In(ExpressionSyntax start, SemanticModel model, CancellationToken cancel) => model.GetOperation(start, cancel) switch
    {
        IInvocationOperation call when CompilationFacts.Of(model.Compilation).Waits.Starts(call.TargetMethod) => Of(call.Arguments),
        IInvocationOperation { TargetMethod.Name: "Start", Instance: { } task } when task.Bare() is IObjectCreationOperation made && CompilationFacts.Of(model.Compilation).Awaitables.IsTask(made.Type) => Of(made.Arguments),
        _ => null,
    };

    /// <summary>The lambda that a supervisor runs, not begun either once the token is cancelled.</summary>
    public LambdaExpressionSyntax Guard(SimpleLambdaExpressionSyntax lambda)
    {
        if (Token is null)
        {
            return lambda;
        }

        var isAsync = lambda.AsyncKeyword.RawKind != 0;
        var end = isAsync ? "return;" : "return global::System.Threading.Tasks.Task.CompletedTask;";
        var line = LongBlock.LineEnd(Delegate);
        var check = ParseStatement($"if ({Token.WithoutTrivia()}.IsCancellationRequested) {{ {end} }}").NormalizeWhitespace("    ", line.ToString())
            .WithTrailingTrivia(line, line).WithAdditionalAnnotations(Formatter.Annotation);
        check = check.ReplaceNodes(check.DescendantNodes().OfType<ReturnStatementSyntax>().Select(each => each.Expression).OfType<ExpressionSyntax>(), (_, now) => now.WithAdditionalAnnotations(Simplifier.Annotation));
        var block = lambda.Body switch
        {
            BlockSyntax written => written.DescendantTrivia().Any(each => each.IsKind(SyntaxKind.EndOfLineTrivia)) ? written.WithStatements(written.Statements.Insert(0, check)) : LongBlock.Of(Delegate, written.Statements.Insert(0, check)),
            ExpressionSyntax only => LongBlock.Of(Delegate, [check, isAsync ? ExpressionStatement(only) : ReturnStatement(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), only, SyntaxFactory.Token(SyntaxKind.SemicolonToken))]),
            _ => throw new InvalidOperationException("A lambda has a block or an expression"),
        };
        return lambda.WithBody(block).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static StartedWork? Of(ImmutableArray<IArgumentOperation> arguments)
    {
        ExpressionSyntax? work = null;
        ExpressionSyntax? token = null;
        var isLong = false;
        foreach (var argument in arguments)
        {
            if (argument is not { Parameter: { } parameter, Syntax: ArgumentSyntax { Expression: var written } })
            {
                continue;
            }

            switch (parameter.Type)
            {
                case { TypeKind: TypeKind.Delegate }:
                    work = written;
                    break;
                case { Name: "CancellationToken" } when argument.Value.Bare() is not (IPropertyReferenceOperation { Property.Name: "None" } or IDefaultValueOperation):
                    token = written;
                    break;
                case { Name: "TaskCreationOptions" }:
                    isLong = argument.Value.ConstantValue is not { HasValue: true, Value: int options } || (options & LongRunning) != 0;
                    break;
                case { SpecialType: SpecialType.System_Object }:
                    return null; // a state of its own
            }
        }

        return work is null ? null : new(work, isLong, token);
    }
}
