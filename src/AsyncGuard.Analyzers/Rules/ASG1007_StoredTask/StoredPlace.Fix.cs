using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>What a fix needs to know of the place where a task is stored.</summary>
/// <param name="Storage">The local, field or property; the collection, where the task goes into one.</param>
/// <param name="Work">The expression that makes the task.</param>
/// <param name="Statement">The statement that does nothing but store it.</param>
/// <param name="IsCollection">Whether there may be many.</param>
internal sealed record StoredPlace(ISymbol Storage, ExpressionSyntax Work, StatementSyntax? Statement, bool IsCollection)
{
    /// <summary>Whether nothing else mentions the storage.</summary>
    public bool IsOnlyUse { get; private init; }

    /// <summary>The whole declaration of a field or property that has no other use.</summary>
    public MemberDeclarationSyntax? Declaration { get; private init; }

    public static StoredPlace? At(FixSite site) => site.Node switch
    {
        VariableDeclaratorSyntax { Initializer.Value: var work } variable when site.Model.GetDeclaredSymbol(variable) is { } storage => Of(site, storage, work, StatementOf(variable), isCollection: false),
        SimpleNameSyntax name => AtName(site, name),
        _ => null,
    };

    /// <summary>A task that ends with the last of the collection's.</summary>
    public string WhenAll(FixSite site) => $"{new Written(site, site.Node).Task}.WhenAll({Storage.Name}{(TypeOf(Storage) is INamedTypeSymbol { Arity: 2 } ? ".Values" : "")})";

    public static ITypeSymbol? TypeOf(ISymbol storage) => storage switch
    {
        ILocalSymbol local => local.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static StoredPlace? AtName(FixSite site, SimpleNameSyntax name)
    {
        foreach (var outer in name.Ancestors())
        {
            switch (outer)
            {
                case AssignmentExpressionSyntax { Right: var work, Left: var target } assignment when target.Span.Contains(name.Span) && site.Model.GetSymbolInfo(name).Symbol is { } storage:
                    return Of(site, storage, work, assignment.Parent as ExpressionStatementSyntax, isCollection: target is ElementAccessExpressionSyntax);
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var collection }, ArgumentList.Arguments: [.., { Expression: var work }] } call
                    when site.Model.GetSymbolInfo(collection).Symbol is ILocalSymbol or IFieldSymbol or IPropertySymbol && site.Model.GetSymbolInfo(collection).Symbol is { } storage:
                    return Of(site, storage, work, call.Parent as ExpressionStatementSyntax, isCollection: true);
                case InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax, ArgumentList.Arguments: [.., { Expression: var work }], Parent: ConditionalAccessExpressionSyntax { Expression: var collection } }
                    when site.Model.GetSymbolInfo(collection).Symbol is (IFieldSymbol or IPropertySymbol) and var storage:
                    return Of(site, storage, work, statement: null, isCollection: true); // whether it is stored at all hangs on the collection
                case EqualsValueClauseSyntax { Value: var work, Parent: (VariableDeclaratorSyntax or PropertyDeclarationSyntax) and var declared } when site.Model.GetDeclaredSymbol(declared) is { } storage:
                    return Of(site, storage, work, statement: null, isCollection: !site.Facts.Awaitables.IsAwaitable(TypeOf(storage)));
                case StatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private static StoredPlace? Of(FixSite site, ISymbol storage, ExpressionSyntax work, StatementSyntax? statement, bool isCollection)
    {
        if (!isCollection && statement is not null && !site.Facts.Awaitables.IsAwaitable(site.Model.GetTypeInfo(work).Type))
        {
            return null; // mended already
        }

        var scope = storage is ILocalSymbol ? work.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? (SyntaxNode)site.Root : work.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? site.Root;
        var uses = scope.DescendantNodes().OfType<IdentifierNameSyntax>().Count(each => each.Identifier.ValueText == storage.Name && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(each).Symbol, storage));
        var isOnlyUse = uses == (statement is LocalDeclarationStatementSyntax ? 0 : 1) && (storage is ILocalSymbol || storage.ContainingType.DeclaringSyntaxReferences.Length == 1);
        return new(storage, work, statement, isCollection) { IsOnlyUse = isOnlyUse && (storage is ILocalSymbol || DeclarationOf(storage) is not null), Declaration = storage is ILocalSymbol ? null : DeclarationOf(storage) };
    }

    private static LocalDeclarationStatementSyntax? StatementOf(VariableDeclaratorSyntax variable) => variable.Parent is VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } ? statement : null;

    // One that declares nothing else and is given nothing where it is declared.
    private static MemberDeclarationSyntax? DeclarationOf(ISymbol storage) => storage.DeclaringSyntaxReferences is [var only] ? only.GetSyntax() switch
    {
        VariableDeclaratorSyntax { Initializer: null, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax field } } => field,
        PropertyDeclarationSyntax { Initializer: null } property => property,
        _ => null,
    }
    : null;
}
