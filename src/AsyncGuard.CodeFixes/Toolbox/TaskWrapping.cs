using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>How does a function read that has to return a task although nothing in it awaits?</summary>
internal static class TaskWrapping
{
    public static void IntoAll(SyntaxEdits edits, IEnumerable<IMethodSymbol> functions, CompilationFacts facts, CancellationToken cancel)
    {
        foreach (var function in functions)
        {
            var declaration = function.DeclaringSyntaxReferences[0].GetSyntax(cancel);
            Into(edits, declaration, function, facts.Bodies.ModelOf(declaration.SyntaxTree), facts.Types.Task);
        }
    }

    private static void Into(SyntaxEdits edits, SyntaxNode function, IMethodSymbol symbol, SemanticModel model, INamedTypeSymbol? task)
    {
        foreach (var outcome in OutcomesOf(function, symbol))
        {
            edits.Add(outcome, (old, now) => Wrapped(now, symbol.ReturnsVoid, TypeToName(old, symbol.ReturnType, model)));
        }

        edits.Add(function, (_, now) => AsyncDeclarations.Returning(Ended(now, symbol), task));
    }

    // Of a function without result its returns and, where it runs off its end, that.
    private static IEnumerable<SyntaxNode> OutcomesOf(SyntaxNode function, IMethodSymbol symbol) => symbol.ReturnsVoid
        ? function.DescendantNodes(each => each == function || each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>()
        : TaskReturns.In(function).Where(each => each is not ThrowExpressionSyntax);

    // Where the value alone would not make a task of the type.
    private static TypeSyntax? TypeToName(SyntaxNode outcome, ITypeSymbol result, SemanticModel model)
    {
        var value = outcome is ReturnStatementSyntax back ? back.Expression : outcome as ExpressionSyntax;
        return value is null || SymbolEqualityComparer.IncludeNullability.Equals(model.GetTypeInfo(value).Type, result)
            ? null
            : SyntaxFactory.ParseTypeName(result.ToMinimalDisplayString(model, outcome.SpanStart));
    }

    private static SyntaxNode Wrapped(SyntaxNode outcome, bool isPlain, TypeSyntax? type) => outcome switch
    {
        ReturnStatementSyntax back when isPlain => back.WithReturnKeyword(back.ReturnKeyword.WithTrailingTrivia(Space)).WithExpression(Completed),
        ReturnStatementSyntax { Expression: { } value } back => back.WithExpression(FromResult(value, type)),
        ExpressionSyntax value => FromResult(value, type),
        _ => outcome,
    };

    private static SyntaxNode Ended(SyntaxNode function, IMethodSymbol symbol)
    {
        if (!symbol.ReturnsVoid || function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax))
        {
            return function;
        }

        return function switch
        {
            MethodDeclarationSyntax { Body: { } body } method when RunsOff(body) => method.WithBody(WithEnd(body)),
            LocalFunctionStatementSyntax { Body: { } body } local when RunsOff(body) => local.WithBody(WithEnd(body)),
            MethodDeclarationSyntax { ExpressionBody.Expression: { } only } method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(BlockOf(only)).WithAdditionalAnnotations(Formatter.Annotation),
            LocalFunctionStatementSyntax { ExpressionBody.Expression: { } only } local => local.WithExpressionBody(null).WithSemicolonToken(default).WithBody(BlockOf(only)).WithAdditionalAnnotations(Formatter.Annotation),
            _ => function,
        };
    }

    private static bool RunsOff(BlockSyntax body) => body.Statements.LastOrDefault() is not (ReturnStatementSyntax or ThrowStatementSyntax);

    private static BlockSyntax WithEnd(BlockSyntax body) =>
        body.AddStatements(ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), Completed, Token(SyntaxKind.SemicolonToken)).WithAdditionalAnnotations(Formatter.Annotation).WithLeadingTrivia(ElasticMarker).WithTrailingTrivia(ElasticMarker));

    private static BlockSyntax BlockOf(ExpressionSyntax only) => only is ThrowExpressionSyntax thrown
        ? Block(ThrowStatement(thrown.Expression))
        : WithEnd(Block(ExpressionStatement(only)));

    private static MemberAccessExpressionSyntax Completed => Member(IdentifierName("CompletedTask"));

    private static InvocationExpressionSyntax FromResult(ExpressionSyntax value, TypeSyntax? type)
    {
        SimpleNameSyntax name = type is null ? IdentifierName("FromResult") : GenericName(Identifier("FromResult"), TypeArgumentList(SingletonSeparatedList(type)));
        return InvocationExpression(Member(name), ArgumentList(SingletonSeparatedList(Argument(value.WithoutTrivia())))).WithTriviaFrom(value);
    }

    private static MemberAccessExpressionSyntax Member(SimpleNameSyntax name) => MemberAccessExpression(
        SyntaxKind.SimpleMemberAccessExpression,
        ParseExpression("global::System.Threading.Tasks.Task").WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation),
        name);
}
