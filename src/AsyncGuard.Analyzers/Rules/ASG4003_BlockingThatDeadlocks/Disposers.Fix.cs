using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>Whoever disposes of objects of a type: <c>using</c>, calls of <c>Dispose</c>, a container, code that asks any object whether it is disposable.</summary>
internal sealed class Disposers(IMethodSymbol dispose, CompilationFacts facts, CancellationToken cancel)
{
    private readonly INamedTypeSymbol _type = dispose.ContainingType;

    /// <summary>Whether nobody disposes of it without saying its type.</summary>
    public bool CanFollow()
    {
        var made = Names(_type.Name).Where(each => IsOfType(ModelOf(each).GetSymbolInfo(each, cancel).Symbol)).ToList();
        return made.Count(IsRegistered) is var registered
            && (registered > 0 ? !Names("CreateScope").Concat(Names("BuildServiceProvider")).Any() : made.Any(IsCreation) || ImplicitCreations(made).Any())
            && !Names("IDisposable").Any(AsksForIt);
    }

    /// <summary>Lets each of them await.</summary>
    public bool Follow(Provisional steps)
    {
        foreach (var resource in facts.Compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot(cancel).DescendantNodes()).OfType<StatementSyntax>().Where(IsUsing))
        {
            steps.Await(resource);
        }

        return facts.Compilation.SyntaxTrees
            .SelectMany(tree => NamesOf.All([dispose], tree, facts.Bodies.ModelOf(tree), cancel))
            .ToList().All(name => Follow(name, steps));
    }

    private static bool Follow(SimpleNameSyntax name, Provisional steps)
    {
        if (NamesOf.IsOnlyName(name))
        {
            steps.Edits.Add(name, (_, now) => IdentifierName("DisposeAsync").WithTriviaFrom(now));
            return true;
        }

        if (NamesOf.CallOf(name) is not { } call)
        {
            return false;
        }

        steps.Edits.Add(call, (_, now) => steps.Awaited(Disposal(((InvocationExpressionSyntax)now).Expression)).WithTriviaFrom(now));
        return true;
    }

    // What an await is to replace: client.DisposeAsync().GetAwaiter().GetResult().
    private static InvocationExpressionSyntax Disposal(ExpressionSyntax called)
    {
        ExpressionSyntax renamed = called switch
        {
            MemberAccessExpressionSyntax access => access.WithName(IdentifierName("DisposeAsync")),
            MemberBindingExpressionSyntax binding => binding.WithName(IdentifierName("DisposeAsync")),
            _ => IdentifierName("DisposeAsync"),
        };
        return Call(Call(InvocationExpression(renamed), "GetAwaiter"), "GetResult");
    }

    private static InvocationExpressionSyntax Call(ExpressionSyntax receiver, string name) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, IdentifierName(name)));

    private bool IsUsing(StatementSyntax statement) => statement switch
    {
        UsingStatementSyntax { AwaitKeyword.RawKind: 0, Expression: { } resource } => IsOfType(ModelOf(resource).GetTypeInfo(resource, cancel).Type),
        UsingStatementSyntax { AwaitKeyword.RawKind: 0, Declaration.Type: var type } => IsOfType(ModelOf(type).GetTypeInfo(type, cancel).Type),
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, AwaitKeyword.RawKind: 0, Declaration.Type: var type } => IsOfType(ModelOf(type).GetTypeInfo(type, cancel).Type),
        _ => false,
    };

    private static bool IsCreation(SimpleNameSyntax name) => name.Ancestors().OfType<ObjectCreationExpressionSyntax>().Any(each => each.Type.Span.Contains(name.Span));

    private IEnumerable<SyntaxNode> ImplicitCreations(IEnumerable<SyntaxNode> names) => names.Select(each => each.SyntaxTree).Distinct()
        .SelectMany(tree => tree.GetRoot(cancel).DescendantNodes()).OfType<ImplicitObjectCreationExpressionSyntax>()
        .Where(each => IsOfType(ModelOf(each).GetTypeInfo(each, cancel).Type));

    // A container that is itself disposed of synchronously throws at what is only IAsyncDisposable.
    private bool IsRegistered(SimpleNameSyntax name) => name.Ancestors().OfType<InvocationExpressionSyntax>().Any(call =>
        ModelOf(call).GetSymbolInfo(call, cancel).Symbol is IMethodSymbol method
        && ((method.ReducedFrom ?? method).Parameters.FirstOrDefault()?.Type ?? method.ReceiverType) is { Name: "IServiceCollection" });

    // thing as IDisposable, thing is IDisposable, all.OfType<IDisposable>()
    private bool AsksForIt(SimpleNameSyntax name)
    {
        var whole = name.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax ? name.Parent : (SyntaxNode)name;
        var asked = whole.Parent switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression or (int)SyntaxKind.IsExpression, Left: var left } => left,
            CastExpressionSyntax { Expression: var operand } => operand,
            DeclarationPatternSyntax or TypePatternSyntax or RecursivePatternSyntax or ConstantPatternSyntax => Matched(whole.Parent),
            TypeArgumentListSyntax { Parent: GenericNameSyntax { Identifier.ValueText: "OfType" or "Cast" } all } => all,
            _ => null,
        };
        return asked is GenericNameSyntax
            || (asked is ExpressionSyntax expression && ModelOf(asked).GetTypeInfo(expression, cancel).Type is { } type && (type.TypeKind == TypeKind.TypeParameter || facts.Compilation.HasImplicitConversion(_type, type)));
    }

    private static ExpressionSyntax? Matched(SyntaxNode pattern) => pattern.Ancestors().Select(each => each switch
    {
        IsPatternExpressionSyntax matching => matching.Expression,
        SwitchExpressionSyntax choice => choice.GoverningExpression,
        SwitchStatementSyntax choice => choice.Expression,
        _ => null,
    }).FirstOrDefault(each => each is not null);

    private bool IsOfType(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals((symbol as IMethodSymbol is { MethodKind: MethodKind.Constructor } constructor ? constructor.ContainingType : symbol)?.OriginalDefinition, _type.OriginalDefinition);

    private IEnumerable<SimpleNameSyntax> Names(string name) => facts.Compilation.SyntaxTrees.SelectMany(tree => NamesInTree.Of(name, tree, cancel));

    private SemanticModel ModelOf(SyntaxNode node) => facts.Bodies.ModelOf(node.SyntaxTree);
}
