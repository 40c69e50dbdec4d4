using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>Turns a property that can only be read, and blocks for it, into an async method; whoever reads it awaits.</summary>
internal sealed class AsyncGetter(FixSite site, CancellationToken cancel)
{
    private readonly CompilationFacts _facts = site.Facts;
    private readonly Provisional _steps = new();

    public async Task<Document?> ChangeAsync()
    {
        if (AwaitInstead.BlockingAt(site.Node, site.Model, cancel) is not var (expression, _)
            || PropertyAround(expression) is not { } declaration || !IsPlain(declaration)
            || site.Model.GetDeclaredSymbol(declaration, cancel) is not { } property || !IsItsOwn(property)
            || NameOf(property) is not { } name
            || !_facts.Compilation.SyntaxTrees.SelectMany(tree => NamesOf.All([property], tree, _facts.Bodies.ModelOf(tree), cancel)).ToList().All(each => Read(each, name))
            || await DependentProjects.UseAsync([property], site.Document.Project, cancel).ConfigureAwait(false))
        {
            return null;
        }

        _steps.Await(expression);
        _steps.Edits.Add(declaration, (_, now) => MethodOf((PropertyDeclarationSyntax)now, name));
        return await _steps.ChangeAsync(site.Document, finish: null, cancel).ConfigureAwait(false);
    }

    // Its getter's own code.
    private static PropertyDeclarationSyntax? PropertyAround(ExpressionSyntax blocking)
    {
        for (var (inner, outer) = ((SyntaxNode)blocking, blocking.Parent); outer is not (null or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or LockStatementSyntax); (inner, outer) = (outer, outer.Parent))
        {
            switch (outer)
            {
                case PropertyDeclarationSyntax property:
                    return inner is EqualsValueClauseSyntax ? null : property;
                case MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    // Comments about the getter have no place in a method.
    private static bool IsPlain(PropertyDeclarationSyntax property) => property is { AttributeLists.Count: 0, Initializer: null }
        && (property.ExpressionBody is not null
            || (property.AccessorList is { Accessors: [{ RawKind: (int)SyntaxKind.GetAccessorDeclaration, AttributeLists.Count: 0 } getter] } list
                && !Around(list, getter).Any(each => each.IsKind(SyntaxKind.SingleLineCommentTrivia) || each.IsKind(SyntaxKind.MultiLineCommentTrivia) || each.IsDirective)));

    private static IEnumerable<SyntaxTrivia> Around(AccessorListSyntax list, AccessorDeclarationSyntax getter) =>
        [.. list.OpenBraceToken.LeadingTrivia, .. list.OpenBraceToken.TrailingTrivia, .. getter.GetLeadingTrivia(), .. getter.Keyword.TrailingTrivia, .. getter.GetTrailingTrivia(), .. list.CloseBraceToken.LeadingTrivia];

    // What windows bind to by name has to stay a property; an async method of a struct works on a copy.
    private bool IsItsOwn(IPropertySymbol property) =>
        property is { IsReadOnly: true, IsIndexer: false, ReturnsByRef: false, ReturnsByRefReadonly: false, GetMethod: { } getter, DeclaringSyntaxReferences.Length: 1, ContainingType: { TypeKind: TypeKind.Class } type }
        && !MethodFamily.IsShared(getter)
        && !type.AllInterfaces.Any(each => SymbolEqualityComparer.Default.Equals(each, _facts.Types["System.ComponentModel.INotifyPropertyChanged"]));

    private static string? NameOf(IPropertySymbol property)
    {
        var name = "Get" + property.Name + (property.Name.EndsWith("Async", StringComparison.Ordinal) ? "" : "Async");
        for (var type = property.ContainingType; type is not null; type = type.BaseType)
        {
            if (!type.GetMembers(name).IsEmpty)
            {
                return null;
            }
        }

        return name;
    }

    // A name that is asked for as a text may be looked up as a property.
    private bool Read(SimpleNameSyntax name, string method)
    {
        if (name.IsPartOfStructuredTrivia())
        {
            _steps.Edits.Add(name, (_, now) => IdentifierName(method).WithTriviaFrom(now));
            return true;
        }

        var whole = NamesOf.WholeOf(name);
        if (NamesOf.IsOnlyName(name) || whole.Parent is NameColonSyntax or BaseExpressionColonSyntax)
        {
            return false;
        }

        _steps.Edits.Add(whole, (_, now) => CallOf((ExpressionSyntax)now, method));
        return true;
    }

    private static InvocationExpressionSyntax CallOf(ExpressionSyntax read, string method)
    {
        var bare = read.WithoutTrailingTrivia();
        ExpressionSyntax renamed = bare switch
        {
            MemberAccessExpressionSyntax access => access.WithName(IdentifierName(method)),
            MemberBindingExpressionSyntax binding => binding.WithName(IdentifierName(method)),
            _ => IdentifierName(method).WithTriviaFrom(bare),
        };
        return InvocationExpression(renamed).WithTrailingTrivia(read.GetTrailingTrivia());
    }

    private static MethodDeclarationSyntax MethodOf(PropertyDeclarationSyntax property, string name)
    {
        var getter = property.AccessorList?.Accessors[0];
        var body = getter?.Body?.WithTrailingTrivia(property.GetTrailingTrivia()).WithAdditionalAnnotations(Formatter.Annotation);
        var arrow = property.ExpressionBody ?? getter?.ExpressionBody;
        return MethodDeclaration(property.Type, Identifier(name).WithLeadingTrivia(property.Identifier.LeadingTrivia))
            .WithModifiers(property.Modifiers)
            .WithParameterList(ParameterList().WithTrailingTrivia(body is null && getter is not null ? TriviaList(Space) : property.Identifier.TrailingTrivia))
            .WithBody(body).WithExpressionBody(arrow)
            .WithSemicolonToken(arrow is null ? default : Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(property.GetTrailingTrivia()));
    }
}
