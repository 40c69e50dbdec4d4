using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>What does a continuation's lambda need that statements after an <c>await</c> would not have?</summary>
internal static class ContinuationLambda
{
    /// <summary>The lambda, where nothing else says when or where it runs but what an <c>await</c> does anyway.</summary>
    public static LambdaExpressionSyntax? In(IInvocationOperation continuation)
    {
        LambdaExpressionSyntax? lambda = null;
        foreach (var argument in continuation.Arguments)
        {
            switch (argument.Value.Bare())
            {
                case IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters.Length: 1, Syntax: LambdaExpressionSyntax written } }:
                    lambda = written;
                    break;
                case { Type: { TypeKind: TypeKind.Enum } }:
                case IPropertyReferenceOperation { Property.Name: "None" or "Default" or "Current" }:
                    break;
                default:
                    return null;
            }
        }

        return lambda;
    }

    /// <summary>Every use of the task, if each of them reads its result; <see langword="null"/> where one does not, or the lambda returns early.</summary>
    public static List<SyntaxNode>? ResultsIn(LambdaExpressionSyntax lambda, SemanticModel model, CancellationToken cancel)
    {
        var parameter = lambda is SimpleLambdaExpressionSyntax { Parameter: var one } ? one : ((ParenthesizedLambdaExpressionSyntax)lambda).ParameterList.Parameters[0];
        var symbol = model.GetDeclaredSymbol(parameter, cancel);
        var results = new List<SyntaxNode>();
        foreach (var node in lambda.Body.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case ReturnStatementSyntax when node.Ancestors().First(each => each is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) == lambda:
                    return null;
                case IdentifierNameSyntax name when SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, symbol):
                    if (name.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result)
                    {
                        return null;
                    }

                    results.Add(result);
                    break;
            }
        }

        return results;
    }
}
