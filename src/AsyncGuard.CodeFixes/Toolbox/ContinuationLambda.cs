using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>What runs after a task, as statements after an <c>await</c> would.</summary>
/// <param name="Work">The lambda or the method.</param>
/// <param name="Token">What keeps it from starting once cancelled, if it has a token of its own.</param>
/// <param name="State">What it is given beside the task.</param>
/// <param name="OnPool">Whether it says that it runs on the pool.</param>
internal sealed record ContinuationLambda(ExpressionSyntax Work, ExpressionSyntax? Token, ExpressionSyntax? State, bool OnPool)
{
    /// <summary><see langword="null"/> where something else says when or where it runs than an <c>await</c> does anyway, or may have changed by then.</summary>
    public static ContinuationLambda? In(IInvocationOperation continuation, SemanticModel model)
    {
        ExpressionSyntax? work = null;
        ExpressionSyntax? token = null;
        ExpressionSyntax? state = null;
        var onPool = false;
        foreach (var argument in continuation.Arguments)
        {
            switch (argument.Value.Bare())
            {
                case { Syntax: ExpressionSyntax given } when argument.Parameter is { Type.SpecialType: SpecialType.System_Object } && !LateReads.HasEffect(given, model, CancellationToken.None) && !LateReads.MayChange(given, model, CancellationToken.None):
                    state = given;
                    break;
                case IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters.Length: 1 or 2, Syntax: AnonymousFunctionExpressionSyntax written } }:
                    work = written;
                    break;
                case IDelegateCreationOperation { Target: IMethodReferenceOperation { Method: { Parameters.Length: 1 or 2 }, Syntax: ExpressionSyntax written } } when IsSteady(written, model):
                    work = written;
                    break;
                case { Type: { TypeKind: TypeKind.Enum } }:
                    break;
                case IPropertyReferenceOperation { Property: { Name: "None" or "Default" or "Current", ContainingType.Name: "CancellationToken" or "TaskScheduler" } property }:
                    onPool |= property.Name == "Default";
                    break;
                case { Type.Name: "CancellationToken", Syntax: IdentifierNameSyntax own } when IsSteady(own, model):
                    token = own;
                    break;
                default:
                    return null;
            }
        }

        return work is null ? null : new(work, token, state, onPool);
    }

    // It means the same when the task is over.
    private static bool IsSteady(ExpressionSyntax expression, SemanticModel model) => !LateReads.MayChange(expression, model, CancellationToken.None) && expression switch
    {
        IdentifierNameSyntax name => model.GetSymbolInfo(name).Symbol is IMethodSymbol or ILocalSymbol or IParameterSymbol { RefKind: RefKind.None } or IFieldSymbol { IsReadOnly: true },
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax } => true,
        MemberAccessExpressionSyntax { Expression: var receiver } => model.GetSymbolInfo(receiver).Symbol is INamedTypeSymbol || (receiver is IdentifierNameSyntax && IsSteady(receiver, model)),
        _ => false,
    };
}
