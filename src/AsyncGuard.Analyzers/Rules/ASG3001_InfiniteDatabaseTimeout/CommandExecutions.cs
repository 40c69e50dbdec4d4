using AsyncGuard.Toolbox;
using AsyncGuard.Toolbox.Databases;

namespace AsyncGuard.Rules;

/// <summary>What does a function run with a command, or with a context, whose timeout it has taken away?</summary>
internal sealed class CommandExecutions(CommandTokens tokens)
{
    private bool _migrates;
    private bool _maintains;
    private bool _works;
    private bool _endsByToken;
    private bool _goesOn;

    /// <summary>Only a migration, only maintenance, or only what a token ends.</summary>
    public bool AreBounded(ExpressionSyntax command, IOperation timeout)
    {
        if (timeout.SemanticModel is not { } model)
        {
            return false;
        }

        foreach (var node in EnclosingMember.Of(timeout.Syntax).DescendantNodes())
        {
            if (StatementOf(node, command) is { } sql)
            {
                AddStatement(model.GetConstantValue(sql).Value as string);
            }
            else if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver, Name.Identifier.ValueText: var name } }
                && node.SpanStart > timeout.Syntax.SpanStart && SyntaxFactory.AreEquivalent(receiver, command))
            {
                AddCall(name, model.GetOperation(node) as IInvocationOperation);
            }
        }

        return _migrates || (_maintains && !_works) || (_endsByToken && !_goesOn);
    }

    private static ExpressionSyntax? StatementOf(SyntaxNode node, ExpressionSyntax command) => node switch
    {
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: var receiver, Name.Identifier.ValueText: "CommandText" }, Right: var sql }
            when SyntaxFactory.AreEquivalent(receiver, command) => sql,
        VariableDeclaratorSyntax { Identifier.ValueText: var local, Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var sql }, ..] } }
            when command is IdentifierNameSyntax { Identifier.ValueText: var name } && name == local => sql,
        VariableDeclaratorSyntax { Identifier.ValueText: var local, Initializer.Value: InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var sql }] } }
            when command is IdentifierNameSyntax { Identifier.ValueText: var name } && name == local => sql,
        _ => null,
    };

    private void AddStatement(string? sql)
    {
        var isMaintenance = sql is not null && MaintenanceWork.IsStatement(sql);
        _maintains |= isMaintenance;
        _works |= !isMaintenance;
    }

    private void AddCall(string name, IInvocationOperation? call)
    {
        _migrates |= name is "Migrate" or "MigrateAsync" or "EnsureCreated" or "EnsureCreatedAsync";
        if (call is null || !name.StartsWith("Execute", StringComparison.Ordinal))
        {
            return;
        }

        var isEnded = tokens.IsIn(call.Arguments) && tokens.End(call.Instance?.Type);
        _endsByToken |= isEnded;
        _goesOn |= !isEnded;
        if (name.StartsWith("ExecuteSql", StringComparison.Ordinal) && call.Arguments is [_, { Value: var sql }, ..])
        {
            AddStatement(sql.Bare().ConstantValue.Value as string);
        }
    }
}
