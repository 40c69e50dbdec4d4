using Microsoft.CodeAnalysis.Simplification;

namespace AsyncGuard.Fixing;

/// <summary>How does a function's declaration read with <c>async</c>?</summary>
internal static class AsyncDeclarations
{
    /// <summary>The declaration with the modifier and, where <paramref name="task"/> is given, a return type of that task.</summary>
    public static SyntaxNode Of(SyntaxNode function, INamedTypeSymbol? task) => function switch
    {
        MethodDeclarationSyntax method => Method(method.WithReturnType(Returned(method.ReturnType, task))),
        LocalFunctionStatementSyntax local => Local(local.WithReturnType(Returned(local.ReturnType, task))),
        ParenthesizedLambdaExpressionSyntax { ReturnType: { } type } lambda => Lambda(lambda.WithReturnType(Returned(type, task))),
        AnonymousFunctionExpressionSyntax lambda => Lambda(lambda),
        _ => function,
    };

    /// <summary>The declaration with a return type of that task and without the modifier, for what has no body or does not await.</summary>
    public static SyntaxNode Returning(SyntaxNode function, INamedTypeSymbol? task) => function switch
    {
        MethodDeclarationSyntax method => method.WithReturnType(Returned(method.ReturnType, task)),
        LocalFunctionStatementSyntax local => local.WithReturnType(Returned(local.ReturnType, task)),
        _ => function,
    };

    /// <summary>The declaration under another name.</summary>
    public static SyntaxNode Named(SyntaxNode function, string name) => function switch
    {
        MethodDeclarationSyntax method => method.WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(method.Identifier)),
        LocalFunctionStatementSyntax local => local.WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(local.Identifier)),
        _ => function,
    };

    private static MethodDeclarationSyntax Method(MethodDeclarationSyntax method)
    {
        if (method.Modifiers.Count > 0)
        {
            var isPartial = method.Modifiers[^1].IsKind(SyntaxKind.PartialKeyword);
            return method.Modifiers.Count == 1 && isPartial
                ? method.WithModifiers(SyntaxFactory.TokenList(Async.WithLeadingTrivia(method.Modifiers[0].LeadingTrivia), method.Modifiers[0].WithLeadingTrivia()))
                : method.WithModifiers(method.Modifiers.Insert(method.Modifiers.Count - (isPartial ? 1 : 0), Async));
        }

        return method.WithReturnType(method.ReturnType.WithLeadingTrivia()).WithModifiers([Async.WithLeadingTrivia(method.ReturnType.GetLeadingTrivia())]);
    }

    private static LocalFunctionStatementSyntax Local(LocalFunctionStatementSyntax local) => local.Modifiers.Count > 0
        ? local.AddModifiers(Async)
        : local.WithReturnType(local.ReturnType.WithLeadingTrivia()).WithModifiers([Async.WithLeadingTrivia(local.ReturnType.GetLeadingTrivia())]);

    private static AnonymousFunctionExpressionSyntax Lambda(AnonymousFunctionExpressionSyntax lambda)
    {
        var leading = lambda.GetLeadingTrivia();
        return lambda.Modifiers.Count > 0
            ? lambda.WithModifiers(lambda.Modifiers.Add(Async))
            : lambda.WithLeadingTrivia().WithModifiers([Async]).WithLeadingTrivia(leading);
    }

    private static SyntaxToken Async => SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);

    private static TypeSyntax Returned(TypeSyntax old, INamedTypeSymbol? task) => task is null ? old : TaskOf(old);

    /// <summary>The type of a task with such a result.</summary>
    public static TypeSyntax TaskOf(TypeSyntax old)
    {
        var name = (QualifiedNameSyntax)SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.Task");
        var type = old is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
            ? name
            : name.WithRight(SyntaxFactory.GenericName(name.Right.Identifier, SyntaxFactory.TypeArgumentList([old.WithoutTrivia()])));
        return type.WithTriviaFrom(old).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
    }
}
