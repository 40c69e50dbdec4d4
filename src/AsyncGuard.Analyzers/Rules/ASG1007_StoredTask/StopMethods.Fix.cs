using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Formatting;

namespace AsyncGuard.Rules;

/// <summary>Where does a type end, and what does it look like when it waits there for a task of its own?</summary>
internal static class StopMethods
{
    private static readonly string[] Names = ["StopAsync", "DisposeAsync", "DisposeAsyncCore"];

    /// <summary>The method that stops the type, in this document; <see langword="null"/> where there is none that can await.</summary>
    public static MethodDeclarationSyntax? Of(FixSite site, StoredPlace place)
    {
        if (place.Storage.IsStatic || site.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return null;
        }

        foreach (var name in Names)
        {
            var method = type.Members.OfType<MethodDeclarationSyntax>().FirstOrDefault(each => each.Identifier.ValueText == name && (each.Body is not null || each.ExpressionBody is not null));
            if (method is not null && !method.Contains(site.Node) && Body(method) is { } body && AsyncRewriting.At(body, site.Model) is { ChangesSignature: false })
            {
                return method;
            }
        }

        return null;
    }

    /// <summary>The method, which now waits for the task as its last act.</summary>
    public static MethodDeclarationSyntax Awaiting(FixSite site, MethodDeclarationSyntax method, StoredPlace place)
    {
        var wait = Wait(site, method, place);
        if (method is { ExpressionBody.Expression: var only } && AsyncRewriting.At(only, site.Model) is { } arrow)
        {
            var statements = Statements(site, only, arrow.IsAsyncAlready).Append(wait);
            var block = SyntaxFactory.Block(statements).WithTrailingTrivia(method.GetTrailingTrivia());
            var blocked = method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block);
            return ((MethodDeclarationSyntax)(arrow.IsAsyncAlready ? blocked : AsyncDeclarations.Of(blocked, task: null))).WithAdditionalAnnotations(Formatter.Annotation);
        }

        var rewritten = (MethodDeclarationSyntax)(AsyncRewriting.At(Body(method)!, site.Model)?.With([], (_, now) => now) ?? method); // Of has found a body
        var body = rewritten.Body!;
        var at = body.Statements is [.., ReturnStatementSyntax] ? body.Statements.Count - 1 : body.Statements.Count;
        return rewritten.WithBody(body.WithStatements(body.Statements.Insert(at, wait)));
    }

    private static SyntaxNode? Body(MethodDeclarationSyntax method) => (SyntaxNode?)method.Body?.Statements.FirstOrDefault() ?? method.ExpressionBody?.Expression;

    private static IEnumerable<StatementSyntax> Statements(FixSite site, ExpressionSyntax only, bool isAsync)
    {
        if (isAsync)
        {
            yield return SyntaxFactory.ExpressionStatement(only.WithoutTrivia());
        }
        else if (site.Model.GetSymbolInfo(only).Symbol is not IPropertySymbol { Name: "CompletedTask" } && !only.IsKind(SyntaxKind.DefaultLiteralExpression))
        {
            yield return SyntaxFactory.ExpressionStatement(Awaits.InPlaceOf(only, only).WithoutTrivia());
        }
    }

    // A stop that waits for ever is no stop: as long as its token says, or ten seconds.
    private static StatementSyntax Wait(FixSite site, MethodDeclarationSyntax method, StoredPlace place)
    {
        var code = new Written(site, method);
        var task = place.IsCollection ? place.WhenAll(site) : place.Storage.Name;
        var isTask = place.IsCollection || site.Facts.Awaitables.IsTask(StoredPlace.TypeOf(place.Storage));
        var bound = !isTask || site.Facts.Types.Task?.GetMembers("WaitAsync").IsEmpty != false ? ""
            : method.ParameterList.Parameters is [.., { Type: { } type, Identifier.ValueText: var token }] && SymbolEqualityComparer.Default.Equals(site.Model.GetTypeInfo(type).Type, site.Facts.Types.CancellationToken) ? $".WaitAsync({token})"
            : $".WaitAsync({code.TimeSpan}.FromSeconds(10))";
        return MayBeNull(place) && isTask
            ? code.Statement($"if ({place.Storage.Name} {(IsModern(site) ? "is not null" : "!= null")}) {{ await {task}{bound}; }}")
            : code.Statement($"await {task}{bound};");
    }

    private static bool MayBeNull(StoredPlace place) => place.Storage switch
    {
        IFieldSymbol field => field is { IsReadOnly: false } && !HasInitialiser(field),
        IPropertySymbol property => property.SetMethod is not null && !HasInitialiser(property),
        _ => true,
    };

    private static bool HasInitialiser(ISymbol storage) => storage.DeclaringSyntaxReferences is [var only]
        && only.GetSyntax() is VariableDeclaratorSyntax { Initializer: not null } or PropertyDeclarationSyntax { Initializer: not null };

    private static bool IsModern(FixSite site) => site.Root.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp9 };
}
