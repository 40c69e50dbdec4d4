using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>The statements of a constructor, or the expression it consists of: which of them block, and which need the object?</summary>
/// <param name="mark">Marks what blocks.</param>
internal sealed class ConstructorParts(FixSite site, ConstructorDeclarationSyntax declaration, IMethodSymbol constructor, IReadOnlyList<SyntaxNode> blocking, Func<ExpressionSyntax, ExpressionSyntax> mark)
{
    public ConstructorDeclarationSyntax Declaration => declaration;

    public List<SyntaxNode> All { get; } = declaration.Body is { } body ? [.. body.Statements] : declaration.ExpressionBody is { } arrow ? [arrow.Expression] : [];

    public string Type => constructor.ContainingType.ToMinimalDisplayString(site.Model, declaration.SpanStart);

    public bool SetsParameters => Operations(declaration).Any(each => each is IAssignmentOperation { Target: IParameterReferenceOperation } or IArgumentOperation { Parameter.RefKind: not RefKind.None, Value: IParameterReferenceOperation });

    /// <summary>Whether it may end before its end.</summary>
    public bool CanBeLeft => declaration.DescendantNodes(each => each is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().Any();

    public bool Blocks(SyntaxNode part) => blocking.Any(each => part.Span.Contains(each.Span));

    public bool UsesObject(SyntaxNode part) => Operations(part).Any(each => each is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance });

    public bool HasName(string name) => declaration.DescendantTokens().Any(each => each.IsKind(SyntaxKind.IdentifierToken) && each.ValueText == name);

    /// <summary>An assignment to a member of the object, of something that is had without it.</summary>
    public (AssignmentExpressionSyntax Assignment, ISymbol Member, string Type)? AssignmentIn(SyntaxNode part) =>
        (part is ExpressionStatementSyntax statement ? statement.Expression : part) is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
        && site.Model.GetOperation(assignment) is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation, Member: var member, Type: { } type } }
        && !UsesObject(assignment.Right)
            ? (assignment, member, type.ToMinimalDisplayString(site.Model, declaration.SpanStart))
            : null;

    /// <summary>Whether the value is the same, and nobody notices, whenever it is had.</summary>
    public bool IsQuiet(ExpressionSyntax value) => site.Model.GetOperation(value) is { } operation && IsQuiet(operation.Bare());

    private static bool IsQuiet(IOperation value) => value switch
    {
        { ConstantValue.HasValue: true } or IParameterReferenceOperation or IDefaultValueOperation => true,
        IObjectCreationOperation { Initializer: null, Type.ContainingNamespace: { } space } made => space.ToDisplayString() is "System" or "System.Threading" or "System.Collections.Generic" or "System.Collections.Concurrent" && made.Arguments.All(each => IsQuiet(each.Value.Bare())),
        _ => false,
    };

    public IReadOnlyList<ParameterSyntax> ParametersUsedIn(IEnumerable<SyntaxNode> parts)
    {
        var names = parts.SelectMany(each => each.DescendantTokens()).Where(each => each.IsKind(SyntaxKind.IdentifierToken) && each.Parent is IdentifierNameSyntax).Select(each => each.ValueText).ToImmutableHashSet();
        return [.. declaration.ParameterList.Parameters.Where(each => names.Contains(each.Identifier.ValueText)).Select(each => each.WithDefault(null).WithModifiers([]))];
    }

    /// <summary>Variables that this statement declares and later ones need.</summary>
    public IEnumerable<(string Type, string Name)> LocalsUsedBehind(SyntaxNode part) =>
        from variable in (part as LocalDeclarationStatementSyntax)?.Declaration.Variables ?? []
        where site.Model.GetDeclaredSymbol(variable) is ILocalSymbol local && variable.Initializer is not null
            && All.Skip(All.IndexOf(part) + 1).Where(UsesObject).SelectMany(each => each.DescendantNodesAndSelf()).OfType<IdentifierNameSyntax>().Any(each => each.Identifier.ValueText == local.Name)
        select ((site.Model.GetOperation(variable.Initializer!.Value)?.Type ?? ((ILocalSymbol)site.Model.GetDeclaredSymbol(variable)!).Type).ToMinimalDisplayString(site.Model, declaration.SpanStart), variable.Identifier.Text); // both have been asked for above

    public string FreeNameFor(ISymbol member)
    {
        var bare = member.Name.TrimStart('_');
        var name = bare.Length == 0 ? "value" : char.ToLowerInvariant(bare[0]) + bare.Substring(1);
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && !HasName(name) ? name : name + "1";
    }

    public T Marked<T>(T node)
        where T : SyntaxNode => node.ReplaceNodes(blocking.Where(each => node.Span.Contains(each.Span)), (_, now) => mark((ExpressionSyntax)now));

    public StatementSyntax Statement(SyntaxNode part) => Marked(part) switch
    {
        StatementSyntax statement => statement,
        var expression => ExpressionStatement((ExpressionSyntax)expression),
    };

    /// <summary>The statement as it reads outside the object; <see langword="null"/> where it is about its base.</summary>
    public StatementSyntax? On(string variable, SyntaxNode part)
    {
        if (part.DescendantNodesAndSelf().OfType<BaseExpressionSyntax>().Any())
        {
            return null;
        }

        var own = part.DescendantNodes().Where(each => each is ThisExpressionSyntax || (each is SimpleNameSyntax name && IsOwn(name)));
        var moved = part.ReplaceNodes(own.Concat(blocking.Where(each => part.Span.Contains(each.Span))), (old, now) => now switch
        {
            _ when blocking.Contains(old) => mark((ExpressionSyntax)now),
            SimpleNameSyntax name => MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, IdentifierName(variable), name.WithoutTrivia()).WithTriviaFrom(name),
            _ => IdentifierName(variable).WithTriviaFrom(now),
        });
        return moved as StatementSyntax ?? ExpressionStatement((ExpressionSyntax)moved);
    }

    // Said without saying whose it is.
    private bool IsOwn(SimpleNameSyntax name) => NamesOf.WholeOf(name) == name
        && site.Model.GetOperation(name.Parent is InvocationExpressionSyntax call && call.Expression == name ? call : name) switch
        {
            IInvocationOperation { Instance: IInstanceReferenceOperation { IsImplicit: true, ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } => true,
            IMemberReferenceOperation { Instance: IInstanceReferenceOperation { IsImplicit: true, ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } => true,
            _ => false,
        };

    private IEnumerable<IOperation> Operations(SyntaxNode node) => site.Model.GetOperation(node)?.DescendantsAndSelf() ?? [];
}
