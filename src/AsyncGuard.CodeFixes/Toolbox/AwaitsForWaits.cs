using AsyncGuard.Rules;
using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixing;

/// <summary>What becomes of sleeps and of waits for others in a function that turns async, where they may no longer block?</summary>
internal sealed class AwaitsForWaits(SemanticModel model, CancellationToken cancel)
{
    private readonly CompilationFacts _facts = CompilationFacts.Of(model.Compilation);

    /// <summary>Whether each of them can be awaited, or may go on blocking.</summary>
    public bool CanStandIn(SyntaxNode function, IMethodSymbol symbol) => In(function).All(each =>
        AwaitPlaces.FunctionAround(each.Call) == function && IsMendable(each.Call) || (!each.IsSleep && BlockingWaits.Of(each.Operation, _facts.Types) is { Sibling: null } && _facts.FreeToBlock.Contains(symbol)));

    public void Into(SyntaxEdits edits, SyntaxNode function)
    {
        var isConfigured = ConfiguredAwaits.AreUsual(function.SyntaxTree.GetRoot(cancel));
        foreach (var (call, _, isSleep) in In(function).Where(each => IsMendable(each.Call)).ToList())
        {
            if ((isSleep ? Delay(call) : AwaitedWait.At(call, model, cancel)) is { } awaited)
            {
                // The change that the function turns async for may have mended it already.
                edits.Add(call, (old, now) => now is InvocationExpressionSyntax invocation && awaited(invocation) is var task
                    ? Awaits.InPlaceOf((ExpressionSyntax)old, isConfigured ? ConfiguredAwaits.Of(task) : task)
                    : now);
            }
        }
    }

    private bool IsMendable(InvocationExpressionSyntax call) => IsSleep(call) || AwaitedWait.At(call, model, cancel) is not null;

    // Names first: most functions have neither.
    private IEnumerable<(InvocationExpressionSyntax Call, IInvocationOperation Operation, bool IsSleep)> In(SyntaxNode function) =>
        from call in function.DescendantNodes(each => each == function || each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<InvocationExpressionSyntax>()
        where NameOf(call) is "Sleep" or "Wait" or "SignalAndWait" or "WaitOne" or "WaitAll" or "WaitAny" or "Join" or "Take" or "TryTake" or "GetConsumingEnumerable" or "WaitForExit"
        let operation = model.GetOperation(call, cancel) as IInvocationOperation
        where operation is not null
        let isSleep = IsSleep(call)
        where isSleep || (BlockingWaits.MayBe(operation.TargetMethod) && BlockingWaits.Of(operation, _facts.Types) is not null)
        select (call, operation, isSleep);

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        MemberBindingExpressionSyntax { Name.Identifier.ValueText: var name } => name,
        SimpleNameSyntax { Identifier.ValueText: var name } => name,
        _ => null,
    };

    // Sleep(0) only lets others go first.
    private bool IsSleep(InvocationExpressionSyntax call) =>
        NameOf(call) == "Sleep"
        && model.GetOperation(call, cancel) is IInvocationOperation { TargetMethod: { Name: "Sleep", ContainingType: var type }, Arguments: [{ Value.ConstantValue: not { HasValue: true, Value: 0 } }] }
        && SymbolEqualityComparer.Default.Equals(type, _facts.Types.Thread);

    private Func<InvocationExpressionSyntax, InvocationExpressionSyntax> Delay(InvocationExpressionSyntax sleep)
    {
        var token = CancellationTokens.BestAt(sleep, model, cancel);
        return now => InvocationExpression(
                ParseExpression("global::System.Threading.Tasks.Task.Delay").WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation),
                ArgumentList(SeparatedList([.. now.ArgumentList.Arguments.Select(each => each.WithNameColon(null)), .. token is null ? Array.Empty<ArgumentSyntax>() : [Argument(ParseExpression(token.Expression))]])).NormalizeWhitespace())
            .WithAdditionalAnnotations(AsyncChange.Awaited);
    }
}
