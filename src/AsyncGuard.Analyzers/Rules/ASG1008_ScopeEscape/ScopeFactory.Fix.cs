using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>How does code at this place open a scope: by the factory that it has, or by one that its type's constructor is given?</summary>
/// <param name="Name">What the factory is called.</param>
/// <param name="Constructor">The constructor, or the type with its primary one, that is to take it; <see langword="null"/> where it is there.</param>
internal sealed record ScopeFactory(string Name, SyntaxNode? Constructor)
{
    private const string Namespace = "Microsoft.Extensions.DependencyInjection";

    private const string Type = Namespace + ".IServiceScopeFactory";

    private const string Parameter = "scopeFactory";

    /// <summary><see langword="null"/> where there is none and nobody but the container may make the type.</summary>
    public static async Task<ScopeFactory?> AtAsync(FixSite site, SyntaxNode place, CancellationToken cancel)
    {
        if (site.Facts.Types[Type] is not { } factory)
        {
            return null;
        }

        var reach = Reach.Of(place, site.Model, cancel);
        if (site.Model.LookupSymbols(place.SpanStart).FirstOrDefault(each => SymbolEqualityComparer.Default.Equals(TypeOf(each), factory) && reach.DistanceTo(each, cancel) is not null) is { } known)
        {
            return new(known.Name, null);
        }

        return ConstructorAround(site, place, cancel) is { } constructor
            && site.Model.LookupSymbols(place.SpanStart).All(each => each.Name is not (Parameter or "_" + Parameter))
            && !await UnreadParameter.IsCalledAsync(constructor.Symbol, site.Document.Project.Solution, cancel).ConfigureAwait(false)
                ? new(constructor.Syntax is TypeDeclarationSyntax ? Parameter : "_" + Parameter, constructor.Syntax)
                : null;
    }

    /// <summary>The document's root with one expression replaced, and the factory at hand there.</summary>
    public SyntaxNode Into(FixSite site, SyntaxNode old, SyntaxNode by)
    {
        var edits = new SyntaxEdits();
        edits.Add(old, (_, _) => by);
        switch (Constructor)
        {
            case TypeDeclarationSyntax type:
                edits.Add(type, (_, now) => ((TypeDeclarationSyntax)now).WithParameterList(With(((TypeDeclarationSyntax)now).ParameterList ?? ParameterList())));
                break;
            case ConstructorDeclarationSyntax { Parent: TypeDeclarationSyntax type } constructor:
                edits.Add(constructor, (_, now) => Assigning(site, (ConstructorDeclarationSyntax)now));
                edits.Add(type, (_, now) => WithField(site, (TypeDeclarationSyntax)now, type.Members.TakeWhile(each => each is FieldDeclarationSyntax).Count()));
                break;
        }

        return Imported(site, old, edits.In(site.Root));
    }

    /// <summary>The root with the namespace of what gives a service out of a scope.</summary>
    public static SyntaxNode Imported(FixSite site, SyntaxNode place, SyntaxNode root) => root is CompilationUnitSyntax unit && !IsImported(site, place) ? Imports.With(unit, Namespace) : root;

    private static (IMethodSymbol Symbol, SyntaxNode Syntax)? ConstructorAround(FixSite site, SyntaxNode place, CancellationToken cancel)
    {
        for (var it = site.Model.GetEnclosingSymbol(place.SpanStart, cancel); it is not null; it = it.ContainingSymbol)
        {
            if (it.IsStatic)
            {
                return null;
            }

            if (it is INamedTypeSymbol type)
            {
                return type is { TypeKind: TypeKind.Class, IsRecord: false, InstanceConstructors: [{ IsImplicitlyDeclared: false, DeclaredAccessibility: not Accessibility.Private, Parameters.IsEmpty: false, DeclaringSyntaxReferences: [var declaration] } only] }
                    && declaration.SyntaxTree == site.Root.SyntaxTree
                    && declaration.GetSyntax(cancel) is TypeDeclarationSyntax or ConstructorDeclarationSyntax { Body: not null }
                    && !only.Parameters.Any(each => each.IsParams || each.HasExplicitDefaultValue)
                        ? (only, declaration.GetSyntax(cancel))
                        : null;
            }
        }

        return null;
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol { GetMethod: not null } property => property.Type,
        _ => null,
    };

    private static ParameterListSyntax With(ParameterListSyntax list) => list.WithParameters(list.Parameters.Count == 0
        ? [Added]
        : SeparatedList([.. list.Parameters, Added], [.. list.Parameters.GetSeparators(), Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)]));

    private static ParameterSyntax Added => SyntaxFactory.Parameter(Identifier(Parameter)).WithType(TypeName.WithTrailingTrivia(Space));

    private static TypeSyntax TypeName => IdentifierName("IServiceScopeFactory");

    private static ConstructorDeclarationSyntax Assigning(FixSite site, ConstructorDeclarationSyntax constructor) =>
        constructor.WithParameterList(With(constructor.ParameterList)).WithBody(constructor.Body?.AddStatements(new Written(site, site.Node).Statement($"_{Parameter} = {Parameter};")));

    private static TypeDeclarationSyntax WithField(FixSite site, TypeDeclarationSyntax type, int at)
    {
        var end = LongBlock.LineEnd(site.Node);
        var field = FieldDeclaration(VariableDeclaration(TypeName.WithTrailingTrivia(Space), [VariableDeclarator("_" + Parameter)]))
            .WithModifiers([Token(SyntaxKind.PrivateKeyword).WithTrailingTrivia(Space), Token(SyntaxKind.ReadOnlyKeyword).WithTrailingTrivia(Space)])
            .WithLeadingTrivia(ElasticMarker).WithTrailingTrivia(end).WithAdditionalAnnotations(Formatter.Annotation);
        return type.WithMembers(type.Members.Insert(at, field));
    }

    // CreateAsyncScope and GetRequiredService are extensions of that namespace.
    private static bool IsImported(FixSite site, SyntaxNode place) =>
        site.Facts.Types["System.IServiceProvider"] is { } services && !site.Model.LookupSymbols(place.SpanStart, services, "GetRequiredService", includeReducedExtensionMethods: true).IsEmpty;
}
