namespace AsyncGuard.Toolbox;

/// <summary>Does this expression give a scoped service that belongs to somebody else: the request, a <c>using</c> around, whoever injected it?</summary>
/// <remarks>What the code made for itself and does not dispose here may go where it likes.</remarks>
internal sealed class BorrowedServices(CompilationFacts facts)
{
    public Lifetime LifetimeOf(IOperation value, CancellationToken cancel) => value.Bare() switch
    {
        ILocalReferenceOperation local when Of(local) is not Lifetime.Unknown and var lifetime && IsBorrowed(local, cancel) => lifetime,
        IParameterReferenceOperation parameter => facts.ScopedServices.LifetimeOf(parameter.Type),
        IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol, Instance: IInstanceReferenceOperation { Type: var owner } } member
            when facts.ScopedServices.LifetimeOf(member.Type) is not Lifetime.Unknown and var lifetime && !IsComponent(owner) && !(lifetime == Lifetime.Scope && HoldsItsScope(owner)) && !IsOwn(member.Member, cancel) => lifetime,
        _ => Lifetime.Unknown,
    };

    // HttpContext.RequestServices hands out what ends with the request.
    private Lifetime Of(ILocalReferenceOperation local) => local.Type is { Name: "IServiceProvider" }
        ? LocalValues.Of(local.Local, local) is [var provider] && provider.Bare() is IPropertyReferenceOperation { Property.Name: "RequestServices" } ? Lifetime.Scope : Lifetime.Unknown
        : facts.ScopedServices.LifetimeOf(local.Type);

    private bool IsBorrowed(ILocalReferenceOperation local, CancellationToken cancel)
    {
        if (IsDisposedHere(local.Local, cancel))
        {
            return true;
        }

        foreach (var value in LocalValues.Of(local.Local, local))
        {
            if (IsBorrowedValue(value.Bare(), cancel))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsBorrowedValue(IOperation value, CancellationToken cancel) => value switch
    {
        IInvocationOperation { TargetMethod.Name: "GetRequiredService" or "GetService" } call => IsOfEndingScope(call, cancel),
        ILocalReferenceOperation => false,
        IPropertyReferenceOperation { Property.Name: "RequestServices" } => true,
        IPropertyReferenceOperation { Instance: { } instance } when facts.ScopedServices.LifetimeOf(instance.Type) == Lifetime.Request => true,
        IParameterReferenceOperation or IMemberReferenceOperation => LifetimeOf(value, cancel) != Lifetime.Unknown,
        _ => false,
    };

    // using var scope = …; scope.ServiceProvider.GetRequiredService<…>()
    private static bool IsOfEndingScope(IInvocationOperation call, CancellationToken cancel) =>
        (call.Instance ?? (call.Arguments.IsEmpty ? null : call.Arguments[0].Value))?.Bare() is IPropertyReferenceOperation provider
        && (provider.Property.Name == "RequestServices"
            || (provider is { Property.Name: "ServiceProvider", Instance: { } scope } && scope.Bare() is ILocalReferenceOperation local && IsDisposedHere(local.Local, cancel)));

    private static bool IsDisposedHere(ILocalSymbol local, CancellationToken cancel)
    {
        foreach (var declaration in local.DeclaringSyntaxReferences)
        {
            if (declaration.GetSyntax(cancel).Parent is VariableDeclarationSyntax { Parent: UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } })
            {
                return true;
            }
        }

        return false;
    }

    // A Blazor component's scope is the circuit, and it lives as long as the page.
    private static bool IsComponent(ITypeSymbol? type)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            if (it.Name is "ComponentBase" or "OwningComponentBase")
            {
                return true;
            }
        }

        return false;
    }

    // What keeps the scope it was made in lives as long as that.
    private static bool HoldsItsScope(ITypeSymbol? type)
    {
        foreach (var member in type?.GetMembers() ?? [])
        {
            if (member is IFieldSymbol { Type.Name: "IServiceScope" or "AsyncServiceScope" })
            {
                return true;
            }
        }

        return false;
    }

    // Created by the type itself: new AppContext(), factory.CreateDbContext().
    private static bool IsOwn(ISymbol member, CancellationToken cancel)
    {
        if (member.IsStatic)
        {
            return true;
        }

        foreach (var declaration in member.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var name in NamesInTree.Of(member.Name, declaration.SyntaxTree, cancel))
            {
                var place = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? (ExpressionSyntax)access : name;
                if (place.Parent is AssignmentExpressionSyntax { Right: var right } assignment && assignment.Left == place && IsMade(right))
                {
                    return true;
                }
            }
        }

        foreach (var declaration in member.DeclaringSyntaxReferences)
        {
            if (declaration.GetSyntax(cancel) is VariableDeclaratorSyntax { Initializer.Value: { } value } && IsMade(value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMade(ExpressionSyntax value) => value switch
    {
        BaseObjectCreationExpressionSyntax => true,
        AwaitExpressionSyntax { Expression: var task } => IsMade(task),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var method } } => !method.StartsWith("Get", StringComparison.Ordinal),
        _ => false,
    };
}
