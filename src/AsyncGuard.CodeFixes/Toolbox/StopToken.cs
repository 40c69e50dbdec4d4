using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Which token stops this loop: the one its head tests or passes on, else one that the function has been given?</summary>
internal static class StopToken
{
    public static ExpressionSyntax? Of(ILoopOperation operation, StatementSyntax loop, SemanticModel model)
    {
        var types = CompilationFacts.Of(model.Compilation).Types;
        var head = operation switch
        {
            IWhileLoopOperation it => it.Condition,
            IForLoopOperation it => it.Condition,
            IForEachLoopOperation it => it.Collection,
            _ => null,
        };
        return (head is null ? null : InHead(head, types)) ?? Parameter(loop, model, types);
    }

    private static ExpressionSyntax? InHead(IOperation head, KnownTypes types)
    {
        foreach (var each in head.DescendantsAndSelf())
        {
            if (each is IPropertyReferenceOperation { Property.Name: "IsCancellationRequested", Instance: { Type: { } type, Syntax: ExpressionSyntax source } }
                && IsSimple(source) && SymbolEqualityComparer.Default.Equals(type, types.CancellationTokenSource))
            {
                return SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, source.WithoutTrivia(), SyntaxFactory.IdentifierName("Token"));
            }

            if (each is not IDefaultValueOperation && each is { Type: { } token, IsImplicit: false, Syntax: ExpressionSyntax expression }
                && IsSimple(expression) && SymbolEqualityComparer.Default.Equals(token, types.CancellationToken))
            {
                return expression.WithoutTrivia();
            }
        }

        return null;
    }

    private static IdentifierNameSyntax? Parameter(StatementSyntax loop, SemanticModel model, KnownTypes types)
    {
        for (var it = model.GetEnclosingSymbol(loop.SpanStart); it is IMethodSymbol function; it = it.ContainingSymbol)
        {
            if (function.Parameters.FirstOrDefault(each => SymbolEqualityComparer.Default.Equals(each.Type, types.CancellationToken)) is { } parameter)
            {
                return SyntaxFactory.IdentifierName(parameter.Name);
            }

            if (function.MethodKind == MethodKind.LocalFunction && function.IsStatic)
            {
                return null;
            }
        }

        return null;
    }

    // stoppingToken, _stop.Token, this.token: what may be asked twice.
    private static bool IsSimple(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax } access => access.Name.Identifier.ValueText != "None" && IsSimple(access.Expression),
        _ => false,
    };
}
