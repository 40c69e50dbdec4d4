using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>Makes a constructor that blocks private, and lets a static async method make the object; whoever has made it awaits that.</summary>
internal sealed class AsyncCreation(FixSite site, CancellationToken cancel)
{
    private readonly CompilationFacts _facts = site.Facts;
    private readonly Provisional _steps = new();

    public async Task<Document?> ChangeAsync()
    {
        if (AwaitInstead.BlockingAt(site.Node, site.Model, cancel) is not var (expression, _)
            || expression.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not { AttributeLists.Count: 0, Initializer: null, Parent: TypeDeclarationSyntax owner } declaration
            || site.Model.GetDeclaredSymbol(declaration, cancel) is not { IsStatic: false, ContainingType: var type } constructor || !IsPlain(type)
            || BlockingIn(declaration) is not { } blocking || !blocking.Contains(expression)
            || SplitConstructor.Of(new(site, declaration, constructor, blocking, _steps.Awaited)) is not { } split
            || !Follow(constructor)
            || await DependentProjects.UseAsync([type], site.Document.Project, MadeByOthers.Through, cancel).ConfigureAwait(false))
        {
            return null;
        }

        var at = owner.Members.IndexOf(declaration);
        _steps.Edits.Add(owner, (_, now) => WithBoth((TypeDeclarationSyntax)now, at, split));
        return await _steps.ChangeAsync(site.Document, finish: null, cancel).ConfigureAwait(false) is { } changed
            && !await DependentProjects.BreakAsync(site.Document.Project, changed.Project, cancel).ConfigureAwait(false)
                ? changed
                : null;
    }

    private static TypeDeclarationSyntax WithBoth(TypeDeclarationSyntax owner, int at, SplitConstructor split)
    {
        var members = owner.Members;
        var needsLine = at + 1 < members.Count && members[at + 1].GetLeadingTrivia() is not [{ RawKind: (int)SyntaxKind.EndOfLineTrivia }, ..];
        var factory = needsLine ? split.Factory.WithTrailingTrivia(split.Factory.GetTrailingTrivia().Add(split.Factory.GetTrailingTrivia()[0])) : split.Factory;
        return owner.WithMembers(members.Replace(members[at], split.Constructor).Insert(at + 1, factory));
    }

    // Neither derived nor a base.
    private bool IsPlain(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsAbstract: false, BaseType.SpecialType: SpecialType.System_Object }
        && type.GetMembers(SplitConstructor.Name).IsEmpty
        && !DeclaredTypes.Below(_facts.Compilation.Assembly.GlobalNamespace).Any(each => SymbolEqualityComparer.Default.Equals(each.BaseType?.OriginalDefinition, type.OriginalDefinition));

    // All of it, in the constructor's own statements; null where some is out of an await's reach.
    private IReadOnlyList<SyntaxNode>? BlockingIn(ConstructorDeclarationSyntax declaration)
    {
        var found = site.Model.GetOperation(declaration, cancel) is { } body ? BlockingInside.Of(body, _facts, cancel) : [];
        return found.All(each => each.Ancestors().TakeWhile(outer => outer != declaration).All(outer => outer is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or LockStatementSyntax))) ? found : null;
    }

    // Every creation, of which there must be one; whoever names the type to have it made by somebody else cannot follow.
    private bool Follow(IMethodSymbol constructor)
    {
        var type = constructor.ContainingType;
        var names = _facts.Compilation.SyntaxTrees.SelectMany(tree => NamesInTree.Of(type.Name, tree, cancel)).Where(each => IsSame(ModelOf(each).GetSymbolInfo(each, cancel).Symbol, type)).ToList();
        if (names.Any(MadeByOthers.Through))
        {
            return false;
        }

        if (type.DeclaringSyntaxReferences.SelectMany(each => each.GetSyntax(cancel).DescendantNodes()).OfType<ConstructorInitializerSyntax>().Any(each => IsSame(ModelOf(each).GetSymbolInfo(each, cancel).Symbol, constructor)))
        {
            return false;
        }

        var creations = names.Select(each => each.SyntaxTree).Concat(type.DeclaringSyntaxReferences.Select(each => each.SyntaxTree)).Distinct()
            .SelectMany(tree => tree.GetRoot(cancel).DescendantNodes()).OfType<BaseObjectCreationExpressionSyntax>()
            .Where(each => IsSame(ModelOf(each).GetSymbolInfo(each, cancel).Symbol, constructor)).ToList();
        foreach (var creation in creations)
        {
            _steps.Edits.Add(creation, (old, now) => CallInPlaceOf((BaseObjectCreationExpressionSyntax)old, (BaseObjectCreationExpressionSyntax)now));
        }

        return creations.Count > 0 && creations.All(each => each is { Initializer: null, ArgumentList: not null });
    }

    private ExpressionSyntax CallInPlaceOf(BaseObjectCreationExpressionSyntax old, BaseObjectCreationExpressionSyntax now)
    {
        var type = old is ObjectCreationExpressionSyntax { Type: var named }
            ? named.WithoutTrivia().ToString()
            : ModelOf(old).GetTypeInfo(old, cancel).Type?.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToMinimalDisplayString(ModelOf(old), old.SpanStart);
        return type is null || now.ArgumentList is null
            ? now
            : InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, ParseExpression(type), IdentifierName(SplitConstructor.Name)), now.ArgumentList.WithoutTrivia()).WithTriviaFrom(now);
    }

    private static bool IsSame(ISymbol? one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one?.OriginalDefinition, other.OriginalDefinition);

    private SemanticModel ModelOf(SyntaxNode node) => _facts.Bodies.ModelOf(node.SyntaxTree);
}
