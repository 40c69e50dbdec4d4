using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>Lets a semaphore stand for a private object that is of use for its locks only; each is awaited, and so is what blocked under it.</summary>
internal sealed class SemaphoreForLock(FixSite site, CancellationToken cancel)
{
    private const string SemaphoreSlim = "global::System.Threading.SemaphoreSlim";

    private static readonly SyntaxAnnotation Spread = new();

    private readonly CompilationFacts _facts = site.Facts;
    private readonly Provisional _steps = new();

    public Task<Document?> ChangeAsync() =>
        AwaitInstead.BlockingAt(site.Node, site.Model, cancel) is var (expression, _) && LockAround(expression) is { } held
        && site.Model.GetSymbolInfo(held.Expression, cancel).Symbol is IFieldSymbol { DeclaredAccessibility: Accessibility.Private } gate && Retype(gate)
        && LocksOn(gate) is { } locks && locks.All(each => Replace(each, gate))
            ? _steps.ChangeAsync(site.Document, Flatten, cancel)
            : Task.FromResult<Document?>(null);

    // The function's own; of several the innermost, within which nobody else can await.
    private static LockStatementSyntax? LockAround(ExpressionSyntax blocking) =>
        blocking.Ancestors().TakeWhile(each => each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax)).OfType<LockStatementSyntax>()
            .FirstOrDefault(each => each.Statement.Span.Contains(blocking.Span));

    // readonly object _gate = new();
    private bool Retype(IFieldSymbol gate)
    {
        if (gate is not { Type: { SpecialType: SpecialType.System_Object } or { Name: "Lock", ContainingNamespace.Name: "Threading" }, DeclaringSyntaxReferences: [var reference] }
            || reference.GetSyntax(cancel) is not VariableDeclaratorSyntax
            {
                Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration,
                Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } } made,
            })
        {
            return false;
        }

        _steps.Edits.Add(declaration.Type, (_, now) => TypeName(now));
        if (made is ObjectCreationExpressionSyntax { Type: var type })
        {
            _steps.Edits.Add(type, (_, now) => TypeName(now));
        }

        _steps.Edits.Add(made, (_, now) => ((BaseObjectCreationExpressionSyntax)now).WithArgumentList(ParseArgumentList("(1, 1)").WithTriviaFrom(made.ArgumentList ?? (SyntaxNode)ArgumentList())));
        return true;
    }

    private static TypeSyntax TypeName(SyntaxNode old) => ParseTypeName(SemaphoreSlim).WithTriviaFrom(old).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);

    // Null where the object is used for anything else, or for the lock of another one's.
    private List<LockStatementSyntax>? LocksOn(IFieldSymbol gate)
    {
        var locks = new List<LockStatementSyntax>();
        foreach (var tree in gate.ContainingType.DeclaringSyntaxReferences.Select(each => each.SyntaxTree).Distinct())
        {
            foreach (var name in NamesInTree.Of(gate.Name, tree, cancel))
            {
                if (!SymbolEqualityComparer.Default.Equals(ModelOf(tree).GetSymbolInfo(name, cancel).Symbol?.OriginalDefinition, gate.OriginalDefinition))
                {
                    continue;
                }

                if (NamesOf.WholeOf(name) is not { Parent: LockStatementSyntax held } whole || held.Expression != whole || !(whole is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } || gate.IsStatic))
                {
                    return null;
                }

                locks.Add(held);
            }
        }

        return locks;
    }

    private bool Replace(LockStatementSyntax held, IFieldSymbol gate)
    {
        if (ModelOf(held.SyntaxTree).GetOperation(held, cancel) is not ILockOperation { Body: var body } || new Reentrance(_facts, gate, cancel).IsPossibleIn(body))
        {
            return false;
        }

        foreach (var blocking in BlockingInside.Of(body, _facts, cancel))
        {
            _steps.Await(blocking);
        }

        _steps.Edits.Add(held, (_, now) => Semaphore((LockStatementSyntax)now));
        return true;
    }

    // await gate.WaitAsync() in its first shape: gate.WaitAsync().Wait().
    private BlockSyntax Semaphore(LockStatementSyntax held)
    {
        var gate = held.Expression.WithoutTrivia();
        var end = LongBlock.LineEnd(site.Root);
        var wait = ExpressionStatement(_steps.Awaited(Call(Call(gate, "WaitAsync"), "Wait")))
            .WithLeadingTrivia(held.GetLeadingTrivia()).WithTrailingTrivia(held.CloseParenToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) ? held.CloseParenToken.TrailingTrivia : TriviaList(end));
        var body = held.Statement as BlockSyntax ?? LongBlock.Of(site.Root, [held.Statement]);
        var last = LongBlock.Of(site.Root, [ExpressionStatement(Call(gate, "Release"))]);
        var attempt = TryStatement(body.WithTrailingTrivia(end), default, FinallyClause(last)).WithTrailingTrivia(held.GetTrailingTrivia());
        return LongBlock.Of(site.Root, [wait, attempt.WithAdditionalAnnotations(Formatter.Annotation)]).WithTrailingTrivia(held.GetTrailingTrivia()).WithAdditionalAnnotations(Spread);
    }

    private static InvocationExpressionSyntax Call(ExpressionSyntax receiver, string name) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, IdentifierName(name)));

    // Braces are needed only where one statement may stand.
    private static SyntaxNode Flatten(SyntaxNode root)
    {
        while (root.GetAnnotatedNodes(Spread).OfType<BlockSyntax>().FirstOrDefault(each => each.Parent is BlockSyntax or SwitchSectionSyntax) is { } block)
        {
            root = root.ReplaceNode(block, block.Statements);
        }

        return root;
    }

    private SemanticModel ModelOf(SyntaxTree tree) => _facts.Bodies.ModelOf(tree);
}
