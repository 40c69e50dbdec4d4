using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Lets a <c>Lazy</c> hold the task that its factory has blocked on; whoever reads its value awaits it.</summary>
/// <remarks>Only what one method or one type sees: whoever gets hold of the <c>Lazy</c> itself would have to change with it.</remarks>
internal sealed class LazyTask(FixSite site, CancellationToken cancel)
{
    private readonly CompilationFacts _facts = site.Facts;
    private readonly Provisional _steps = new();

    public Task<Document?> ChangeAsync() =>
        AwaitInstead.BlockingAt(site.Node, site.Model, cancel) is var (_, blocking)
        && FactoryAround(blocking.Operation) is var (factory, use) && CreationAround(use) is { Type: INamedTypeSymbol { TypeArguments: [var value] } lazy } creation
        && !_facts.Awaitables.IsAwaitable(value)
        && LazyVariable.Of(creation, lazy, _facts, cancel) is { } variable && variable.HoldTask(_steps)
        && (HoldOnly(factory, blocking, value) || MakeAsync(factory))
            ? _steps.ChangeAsync(site.Document, finish: null, cancel)
            : Task.FromResult<Document?>(null);

    // The function, and where it is given away.
    private (SyntaxNode Factory, IOperation Use)? FactoryAround(IOperation blocking)
    {
        for (var it = blocking.Parent; it is not null; it = it.Parent)
        {
            switch (it)
            {
                case IAnonymousFunctionOperation lambda when !InPlaceLambdas.IsOne(lambda):
                    return (lambda.Syntax, lambda);
                case ILocalFunctionOperation { Symbol: var local }:
                    return Named(local, it.Syntax);
                case IMethodBodyOperation { Syntax: MethodDeclarationSyntax method } when site.Model.GetDeclaredSymbol(method, cancel) is { DeclaredAccessibility: Accessibility.Private } symbol && !MethodFamily.IsShared(symbol):
                    return Named(symbol, method);
            }
        }

        return null;
    }

    private (SyntaxNode, IOperation)? Named(IMethodSymbol function, SyntaxNode declaration) =>
        _facts.References.Of(function, cancel) is [IMethodReferenceOperation only] ? (declaration, only) : null;

    private IObjectCreationOperation? CreationAround(IOperation function)
    {
        var given = function.Parent;
        while (given is IDelegateCreationOperation or IConversionOperation)
        {
            given = given.Parent;
        }

        return given is IArgumentOperation { Parent: IObjectCreationOperation { Type.OriginalDefinition: var made } creation } && SymbolEqualityComparer.Default.Equals(made, _facts.Types["System.Lazy`1"]) ? creation : null;
    }

    // () => LoadAsync().Result becomes () => LoadAsync().
    private bool HoldOnly(SyntaxNode factory, BlockingCall blocking, ITypeSymbol value)
    {
        if (factory is not ParenthesizedLambdaExpressionSyntax { ReturnType: null, ExpressionBody: { } body } || body != blocking.Operation.Syntax
            || blocking.Task?.Type is not INamedTypeSymbol { TypeArguments: [var result] } task
            || !SymbolEqualityComparer.Default.Equals(task.OriginalDefinition, _facts.Types.TaskOfT) || !SymbolEqualityComparer.IncludeNullability.Equals(result, value)
            || AwaitInstead.At(body, site.Model, cancel) is not { Nodes.Count: 1 } awaits)
        {
            return false;
        }

        _steps.Edits.Add(body, (old, now) => awaits.Replace(old, now).DescendantNodesAndSelf().OfType<AwaitExpressionSyntax>().First().Expression.WithTriviaFrom(now));
        return true;
    }

    private bool MakeAsync(SyntaxNode factory)
    {
        var awaits = new AwaitsForBlocking(_steps.Edits, _facts, cancel);
        if (AsyncRewriting.Of(factory, ModelOf(factory), cancel) is not { IsAsyncAlready: false } function || !AllCanAwait(factory) || !awaits.TakeOverAll(factory))
        {
            return false;
        }

        awaits.BlockingCallees(function).ForEach(_steps.Await);
        function.Into(_steps.Edits);
        _steps.Edits.Add(factory, (_, now) => WithoutToken(now));
        return factory is AnonymousFunctionExpressionSyntax || Rename(factory, function.Symbol!); // only top-level statements have none
    }

    // A query's lambda, say, runs as a part of the factory and goes on blocking.
    private bool AllCanAwait(SyntaxNode factory) => ModelOf(factory).GetOperation(factory, cancel) is { } function
        && BlockingInside.Of(function, _facts, cancel).All(each => AwaitPlaces.FunctionAround(each) == factory);

    // A token that comes and goes has no say in a value that stays.
    private static SyntaxNode WithoutToken(SyntaxNode factory) =>
        factory.ReplaceNodes(factory.GetAnnotatedNodes(AsyncChange.Awaited), (_, now) => now.WithoutAnnotations(AsyncChange.Awaited));

    private bool Rename(SyntaxNode factory, IMethodSymbol symbol)
    {
        var name = AsyncNames.Of([symbol], _facts);
        _steps.Edits.Add(factory, (_, now) => AsyncDeclarations.Named(now, name));
        foreach (var use in symbol.ContainingType.DeclaringSyntaxReferences.Select(each => each.SyntaxTree).Distinct().SelectMany(tree => NamesOf.All([symbol], tree, ModelOf(tree.GetRoot(cancel)), cancel)))
        {
            _steps.Edits.Add(use, (_, now) => ((SimpleNameSyntax)now).WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(((SimpleNameSyntax)now).Identifier)));
        }

        return true;
    }

    private SemanticModel ModelOf(SyntaxNode node) => _facts.Bodies.ModelOf(node.SyntaxTree);
}
