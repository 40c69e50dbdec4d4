using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>The field or local that keeps a <c>Lazy</c>, made once and of use for its value only.</summary>
internal sealed class LazyVariable
{
    private readonly CompilationFacts _facts;
    private readonly CancellationToken _cancel;
    private readonly ISymbol _symbol;
    private readonly SyntaxNode _creation;

    private LazyVariable(ISymbol symbol, SyntaxNode creation, CompilationFacts facts, CancellationToken cancel) =>
        (_symbol, _creation, _facts, _cancel) = (symbol, creation, facts, cancel);

    /// <summary><see langword="null"/> where others can get at it, or it is kept as something else.</summary>
    public static LazyVariable? Of(IObjectCreationOperation creation, INamedTypeSymbol lazy, CompilationFacts facts, CancellationToken cancel)
    {
        // var text = new Lazy<…>(…);   readonly Lazy<…> _text = new(…);   _text = new Lazy<…>(…);
        var model = facts.Bodies.ModelOf(creation.Syntax.SyntaxTree);
        var symbol = creation.Syntax.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => model.GetDeclaredSymbol(variable, cancel),
            AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment when assignment.Right == creation.Syntax => model.GetSymbolInfo(assignment.Left, cancel).Symbol,
            _ => null,
        };
        var type = symbol switch
        {
            IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field => field.Type,
            ILocalSymbol local => local.Type,
            _ => null,
        };
        return symbol is not null && SymbolEqualityComparer.Default.Equals(type, lazy) ? new(symbol, creation.Syntax, facts, cancel) : null;
    }

    /// <summary>Gives it the type and marks its reads; <see langword="false"/> where there are other uses.</summary>
    public bool HoldTask(Provisional steps) =>
        _symbol.DeclaringSyntaxReferences is [var reference]
        && reference.GetSyntax(_cancel) is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Type: var type } }
        && (type.IsVar || Retype(type, steps))
        && (_creation is not ObjectCreationExpressionSyntax { Type: var made } || Retype(made, steps))
        && Uses().All(use => IsItsMaking(use) || AwaitRead(use, steps));

    private static bool Retype(TypeSyntax type, Provisional steps)
    {
        if (type.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault(each => each.Identifier.ValueText == "Lazy") is not { TypeArgumentList.Arguments: [var value] })
        {
            return false;
        }

        steps.Edits.Add(value, (_, now) => AsyncDeclarations.TaskOf((TypeSyntax)now));
        return true;
    }

    private IEnumerable<ExpressionSyntax> Uses() =>
        from tree in (_symbol is ILocalSymbol ? _symbol : _symbol.ContainingType).DeclaringSyntaxReferences.Select(each => each.SyntaxTree).Distinct()
        from name in NamesInTree.Of(_symbol.Name, tree, _cancel)
        where SymbolEqualityComparer.Default.Equals(_facts.Bodies.ModelOf(tree).GetSymbolInfo(name, _cancel).Symbol?.OriginalDefinition, _symbol.OriginalDefinition)
        select NamesOf.WholeOf(name);

    private bool IsItsMaking(ExpressionSyntax use) => use.Parent is AssignmentExpressionSyntax { Right: var right } && right == _creation;

    // text.Value becomes text.Value.Result first.
    private static bool AwaitRead(ExpressionSyntax use, Provisional steps)
    {
        if (use.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } read || read.Expression != use || NamesOf.IsBehindQuestionMark(read))
        {
            return false;
        }

        steps.Edits.Add(read, (_, now) => steps.Awaited(SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression,
            ((ExpressionSyntax)now).WithoutTrailingTrivia(),
            SyntaxFactory.IdentifierName("Result").WithTrailingTrivia(now.GetTrailingTrivia()))));
        return true;
    }
}
