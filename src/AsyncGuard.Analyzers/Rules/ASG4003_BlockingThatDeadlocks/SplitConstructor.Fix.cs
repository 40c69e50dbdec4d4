using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>A constructor that no longer blocks, and a function that does and makes the object: what the object is made of comes first, what it does for itself afterwards.</summary>
/// <param name="Constructor">Private.</param>
/// <param name="Factory">Still blocking.</param>
internal sealed record SplitConstructor(ConstructorDeclarationSyntax Constructor, MethodDeclarationSyntax Factory)
{
    public const string Name = "CreateAsync";

    private const string Created = "created";

    /// <summary><see langword="null"/> where its statements cannot be told apart so.</summary>
    public static SplitConstructor? Of(ConstructorParts parts) => parts.CanBeLeft ? null : WithValues(parts) ?? WithEnd(parts);

    // _text = LoadAsync(path).Result: the value is a parameter.
    private static SplitConstructor? WithValues(ConstructorParts parts)
    {
        var last = parts.All.FindLastIndex(parts.Blocks);
        var (before, kept, given) = (new List<StatementSyntax>(), new List<SyntaxNode>(), new List<(string Type, string Name)>());
        foreach (var part in parts.All.Take(last + 1))
        {
            if (!parts.UsesObject(part))
            {
                before.Add(parts.Statement(part));
                given.AddRange(parts.LocalsUsedBehind(part));
            }
            else if (parts.AssignmentIn(part) is not var (assignment, member, type))
            {
                return null;
            }
            else if (!parts.Blocks(part) && parts.IsQuiet(assignment.Right))
            {
                kept.Add(part);
            }
            else
            {
                var name = parts.FreeNameFor(member);
                before.Add(Variable(name, parts.Marked(assignment.Right)).WithLeadingTrivia(part.GetLeadingTrivia()));
                given.Add((type, name));
                kept.Add(part.ReplaceNode(assignment.Right, IdentifierName(name).WithTriviaFrom(assignment.Right)));
            }
        }

        var behind = kept.Concat(parts.All.Skip(last + 1)).ToList();
        var taken = parts.ParametersUsedIn(behind);
        before.Add(ParseStatement($"return new {parts.Type}({string.Join(", ", taken.Select(each => each.Identifier.Text).Concat(given.Select(each => each.Name)))});"));
        return new(Shortened(parts, behind, [.. taken, .. given.Select(each => Parameter(Identifier(each.Name)).WithType(ParseTypeName(each.Type + " ")))]), FactoryOf(parts, before));
    }

    private static LocalDeclarationStatementSyntax Variable(string name, ExpressionSyntax value) => LocalDeclarationStatement(VariableDeclaration(
        IdentifierName("var").WithTrailingTrivia(Space),
        [VariableDeclarator(Identifier(name).WithTrailingTrivia(Space), null, EqualsValueClause(Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), value.WithoutTrivia()))]));

    // LoadAsync().Wait() at the end: it is the new object's.
    private static SplitConstructor? WithEnd(ConstructorParts parts)
    {
        var first = parts.All.FindIndex(parts.Blocks);
        var behind = parts.All.Skip(first).Select(each => parts.On(Created, each)).ToList();
        if (parts.SetsParameters || parts.HasName(Created) || behind.Contains(null))
        {
            return null;
        }

        var kept = parts.All.Take(first).ToList();
        var taken = parts.ParametersUsedIn(kept);
        var made = ParseStatement($"var {Created} = new {parts.Type}({string.Join(", ", taken.Select(each => each.Identifier.Text))});");
        return new(Shortened(parts, kept, taken), FactoryOf(parts, [made, .. behind.OfType<StatementSyntax>(), ParseStatement($"return {Created};")]));
    }

    private static ConstructorDeclarationSyntax Shortened(ConstructorParts parts, List<SyntaxNode> kept, IReadOnlyList<ParameterSyntax> parameters)
    {
        var old = parts.Declaration;
        var indentation = old.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space] ? TriviaList(space) : TriviaList();
        var list = SeparatedList(parameters.Select(each => each.WithoutTrivia()), Enumerable.Repeat(Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), Math.Max(0, parameters.Count - 1)));
        var now = old.WithModifiers([Token(SyntaxKind.PrivateKeyword).WithTrailingTrivia(Space)])
            .WithLeadingTrivia(old.GetLeadingTrivia().TakeWhile(each => each.IsKind(SyntaxKind.EndOfLineTrivia)).Concat(indentation))
            .WithParameterList(ParameterList(list).WithTrailingTrivia(old.ParameterList.GetTrailingTrivia()));
        return (old.Body, kept) switch
        {
            (null, [ExpressionSyntax only]) => now.WithExpressionBody(old.ExpressionBody!.WithExpression(only)), // it has one of the two
            (null, _) => now.WithExpressionBody(null).WithSemicolonToken(default).WithBody(Block()).WithTrailingTrivia(old.GetTrailingTrivia()),
            ({ } body, _) => now.WithBody(body.WithStatements(List(kept.Cast<StatementSyntax>()))),
        };
    }

    private static MethodDeclarationSyntax FactoryOf(ConstructorParts parts, IEnumerable<StatementSyntax> statements)
    {
        var old = parts.Declaration;
        var access = string.Concat(old.Modifiers.Select(each => each.Text + " "));
        var method = (MethodDeclarationSyntax)ParseMemberDeclaration($"{access}static {parts.Type} {Name}{old.ParameterList.WithoutTrivia().ToFullString()} {{ }}")!; // it is one
        var end = LongBlock.LineEnd(old);
        return method.WithBody(LongBlock.Of(old, statements))
            .WithLeadingTrivia(old.GetLeadingTrivia().SkipWhile(each => each.IsKind(SyntaxKind.EndOfLineTrivia)).Prepend(end)).WithTrailingTrivia(end)
            .WithAdditionalAnnotations(Formatter.Annotation);
    }
}
