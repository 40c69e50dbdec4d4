namespace AsyncGuard.Toolbox.Databases;

/// <summary>Which timeouts are chosen in the code around a place, beside its connection string?</summary>
[Flags]
internal enum Chosen
{
    None = 0,
    Connect = 1,
    Command = 2,
    Both = Connect | Command,
}

/// <summary>Which timeouts does the code around a decision place choose?</summary>
internal sealed class VisibleTimeouts(DatabaseTypes types, TimeoutSinks sinks)
{
    public Chosen Around(ConnectionPlace place)
    {
        if (place.Kind == PlaceKind.Registration && HasOpaqueOptions((IInvocationOperation)place.Operation))
        {
            return Chosen.Both;
        }

        var chosen = Chosen.None;
        if (place.Operation.SemanticModel is { } model)
        {
            foreach (var node in ScopeOf(place).DescendantNodesAndSelf())
            {
                if (MaySet(node) && sinks.Of(model.GetOperation(node)) is { } sink && Concerns(place, sink))
                {
                    chosen |= sink.Kind == TimeoutKind.Connect ? Chosen.Connect : Chosen.Command;
                }
            }
        }

        return chosen;
    }

    // Options may be chosen in a function that is only named here.
    private static bool HasOpaqueOptions(IInvocationOperation registration)
    {
        foreach (var argument in registration.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Type.TypeKind: TypeKind.Delegate, Value: var value } && IsOpaque(value.Bare()))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOpaque(IOperation options)
    {
        if (options is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: [var parameter] } lambda })
        {
            return options.ConstantValue is not { HasValue: true, Value: null } && options is not IDefaultValueOperation;
        }

        foreach (var inner in lambda.Body.Descendants())
        {
            if (inner is IArgumentOperation { Value: IParameterReferenceOperation reference, Parent: IInvocationOperation call }
                && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter)
                && (!call.TargetMethod.IsExtensionMethod || call.TargetMethod.IsDeclaredHere(call)))
            {
                return true;
            }
        }

        return false;
    }

    private static SyntaxNode ScopeOf(ConnectionPlace place)
    {
        var syntax = place.Operation.Syntax;
        if (place.Kind == PlaceKind.Registration && syntax.FirstAncestorOrSelf<StatementSyntax>() is { } statement)
        {
            return statement;
        }

        var member = EnclosingMember.Of(syntax);
        return member is BaseFieldDeclarationSyntax or PropertyDeclarationSyntax ? member.Parent ?? member : member;
    }

    private static bool MaySet(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax { Left: var left } => left is ElementAccessExpressionSyntax or ImplicitElementAccessSyntax
            || NameOf(left).EndsWith("Timeout", StringComparison.Ordinal),
        InvocationExpressionSyntax { Expression: var function, ArgumentList.Arguments.Count: var count } =>
            NameOf(function) is var name && (name.EndsWith("CommandTimeout", StringComparison.Ordinal) || (count > 1 && IsQuery(name))),
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 1 } => true,
        _ => false,
    };

    private static bool IsQuery(string name) => name.StartsWith("Query", StringComparison.Ordinal) || name.StartsWith("Execute", StringComparison.Ordinal);

    private static string NameOf(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => "",
    };

    // A builder's timeouts are its provider's; options belong to a registration, commands and calls to a connection.
    private bool Concerns(ConnectionPlace place, TimeoutSink sink) => place.Kind switch
    {
        PlaceKind.Registration => true,
        PlaceKind.Connection => sink.Provider == place.Provider || (sink.Provider is null && !IsOption(sink)),
        _ => sink.Provider == place.Provider,
    };

    private bool IsOption(TimeoutSink sink) =>
        types.RelationalOptions is { } options && sink.Receiver?.Type is { } receiver && DerivesFrom(receiver, options);

    private static bool DerivesFrom(ITypeSymbol type, INamedTypeSymbol definition)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(it.OriginalDefinition, definition))
            {
                return true;
            }
        }

        return false;
    }
}
