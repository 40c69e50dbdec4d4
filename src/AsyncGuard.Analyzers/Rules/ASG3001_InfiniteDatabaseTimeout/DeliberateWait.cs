using AsyncGuard.Toolbox;
using AsyncGuard.Toolbox.Databases;

namespace AsyncGuard.Rules;

/// <summary>Is a command meant to run as long as it takes, or bounded by something else than its timeout?</summary>
internal sealed class DeliberateWait(CompilationFacts facts)
{
    private readonly CommandTokens _tokens = new(facts);
    private readonly INamedTypeSymbol? _migration = facts.Types["Microsoft.EntityFrameworkCore.Migrations.Migration"];

    public bool Is(IOperation operation, TimeoutSink sink, CancellationToken cancel)
    {
        if (sink.Kind != TimeoutKind.Command)
        {
            return false;
        }

        if (IsInMigration(operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart, cancel)?.ContainingType))
        {
            return true;
        }

        return operation switch
        {
            IInvocationOperation call when sink.Receiver is null => IsBoundedCall(call.Arguments),
            IObjectCreationOperation definition => IsBoundedCall(definition.Arguments),
            _ when IsMadeForMaintenance(operation) => true,
            _ => CommandOf(operation, sink) is { } command && new CommandExecutions(_tokens).AreBounded(command, operation),
        };
    }

    private bool IsInMigration(INamedTypeSymbol? type)
    {
        for (var it = type?.BaseType; it is not null && _migration is not null; it = it.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(it, _migration))
            {
                return true;
            }
        }

        return false;
    }

    // Dapper: the statement and the token are arguments of the same call.
    private bool IsBoundedCall(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Name is "sql" or "commandText" && IsStatement(argument.Value))
            {
                return true;
            }
        }

        return _tokens.IsIn(arguments) && _tokens.EndEveryProvider;
    }

    // new NpgsqlCommand("VACUUM", db) { CommandTimeout = 0 }
    private static bool IsMadeForMaintenance(IOperation timeout)
    {
        if (timeout is not { Parent: IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation creation } initialiser })
        {
            return false;
        }

        foreach (var argument in creation.Arguments)
        {
            if (IsStatement(argument.Value))
            {
                return true;
            }
        }

        foreach (var setting in initialiser.Initializers)
        {
            if (setting is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "CommandText" }, Value: var sql } && IsStatement(sql))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsStatement(IOperation sql) => sql.Bare().ConstantValue is { HasValue: true, Value: string text } && MaintenanceWork.IsStatement(text);

    // What names the command in its function: "command", "db.Database".
    private static ExpressionSyntax? CommandOf(IOperation operation, TimeoutSink sink)
    {
        if (operation.Syntax.Parent is not InitializerExpressionSyntax initialiser)
        {
            return sink.Receiver?.Syntax as ExpressionSyntax;
        }

        // var command = new NpgsqlCommand(…) { CommandTimeout = 0 };
        return initialiser.Parent is BaseObjectCreationExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax local } }
            ? SyntaxFactory.IdentifierName(local.Identifier.ValueText)
            : null;
    }
}
