namespace AsyncGuard.Toolbox;

/// <summary>Which parameters, locals and members can code at this place use, and across how many functions?</summary>
internal sealed class Reach
{
    private readonly SyntaxNode _place;
    private readonly List<ISymbol> _functions = [];
    private readonly bool _hasInstance = true;
    private readonly ISymbol? _member;

    private Reach(SyntaxNode place, ISymbol? within)
    {
        _place = place;
        var isOpen = true;
        for (; within is not null and not INamedTypeSymbol; within = within.ContainingSymbol)
        {
            if (isOpen)
            {
                _functions.Add(within);
            }

            // Beyond a static lambda or local function nothing of what surrounds it can be named.
            isOpen &= !(within.IsStatic && within is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction });
            _hasInstance &= !within.IsStatic && within is not IFieldSymbol;
            _member = within;
        }

        // A lambda or local function of a struct cannot capture the struct.
        _hasInstance &= !(_functions.Count > 1 && _member?.ContainingType is { TypeKind: TypeKind.Struct });
    }

    public static Reach Of(SyntaxNode place, SemanticModel model, CancellationToken cancel) => new(place, model.GetEnclosingSymbol(place.SpanStart, cancel));

    /// <summary>The number of functions between the place and the symbol; <see langword="null"/> where it cannot be used.</summary>
    public int? DistanceTo(ISymbol symbol, CancellationToken cancel) => symbol switch
    {
        IParameterSymbol parameter => DistanceTo(parameter),
        ILocalSymbol local when HasValue(local, cancel) => DistanceToFunction(local.ContainingSymbol),
        IFieldSymbol or IPropertySymbol when IsReachable(symbol, cancel) => 0,
        _ => null,
    };

    private int? DistanceTo(IParameterSymbol parameter)
    {
        if (DistanceToFunction(parameter.ContainingSymbol) is { } distance)
        {
            return distance > 0 && parameter.RefKind != RefKind.None ? null : distance;
        }

        // A primary constructor's parameter is used like a field.
        return parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && _hasInstance
            && parameter.RefKind == RefKind.None && SymbolEqualityComparer.Default.Equals(constructor.ContainingType, _member?.ContainingType) ? 0 : null;
    }

    private int? DistanceToFunction(ISymbol function)
    {
        for (var distance = 0; distance < _functions.Count; distance++)
        {
            if (SymbolEqualityComparer.Default.Equals(_functions[distance], function))
            {
                return distance;
            }
        }

        return null;
    }

    // Declared before the place, and with something in it: a variable that a pattern or a branch may leave unassigned does not count.
    private bool HasValue(ILocalSymbol local, CancellationToken cancel) =>
        local.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax(cancel) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var value } declarator => declarator.Span.End <= _place.SpanStart && !IsNothing(value),
            SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax } designation => designation.Span.End <= _place.SpanStart,
            ForEachStatementSyntax { Statement: var body } => body.Span.Contains(_place.Span),
            _ => false,
        };

    private bool IsReachable(ISymbol member, CancellationToken cancel) =>
        (member.IsStatic || _hasInstance)
        && !SymbolEqualityComparer.Default.Equals(member, (_member as IMethodSymbol)?.AssociatedSymbol ?? _member)
        && (TypeIsCertain(member) || IsInitialised(member, cancel));

    // A reference that may be null gives no token; one from before nullable annotations counts where it is set once.
    private static bool TypeIsCertain(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type.IsValueType || field.NullableAnnotation == NullableAnnotation.NotAnnotated || field is { IsReadOnly: true, NullableAnnotation: NullableAnnotation.None },
        IPropertySymbol property => property.Type.IsValueType || property.NullableAnnotation != NullableAnnotation.Annotated,
        _ => false,
    };

    private static bool IsInitialised(ISymbol member, CancellationToken cancel) =>
        member is IFieldSymbol { NullableAnnotation: NullableAnnotation.None, DeclaringSyntaxReferences: [var reference] }
        && reference.GetSyntax(cancel) is VariableDeclaratorSyntax { Initializer.Value: var value } && !IsNothing(value);

    private static bool IsNothing(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax literal => literal.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression,
        PostfixUnaryExpressionSyntax forgiven => IsNothing(forgiven.Operand),
        DefaultExpressionSyntax => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" } => true,
        _ => false,
    };
}
