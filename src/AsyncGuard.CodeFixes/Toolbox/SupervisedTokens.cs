namespace AsyncGuard.Fixing;

/// <summary>Makes the work of a function that of a supervisor: some of its nodes become others, and whatever takes a token gets the supervisor's.</summary>
internal sealed class SupervisedTokens(SemanticModel model, string token, IReadOnlyDictionary<SyntaxNode, SyntaxNode> replaced) : TokenPassing(model, token)
{
    public override SyntaxNode? Visit(SyntaxNode? node) => node is not null && replaced.TryGetValue(node, out var by) ? by : base.Visit(node);

    public StatementSyntax Of(StatementSyntax statement) => (StatementSyntax?)Visit(statement) ?? statement;
}
