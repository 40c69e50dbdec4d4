namespace AsyncGuard.Toolbox;

/// <summary>How a token is had from a value: what is written after its name.</summary>
internal sealed record TokenForm(string Suffix, bool IsToken = false, bool IsLastResort = false);

/// <summary>How does a value of this type give a cancellation token?</summary>
internal sealed class TokenForms
{
    private static readonly TokenForm Itself = new("", IsToken: true);
    private static readonly TokenForm OrDefault = new(".GetValueOrDefault()");

    private readonly INamedTypeSymbol? _token;
    private readonly (INamedTypeSymbol? Type, TokenForm Form)[] _carriers;

    private TokenForms(KnownTypes types)
    {
        _token = types.CancellationToken;
        _carriers =
        [
            (types.CancellationTokenSource, new(".Token")),
            (types["Microsoft.AspNetCore.Http.HttpContext"], new(".RequestAborted")),
            (types["Grpc.Core.ServerCallContext"], new(".CancellationToken")),
            (types["Microsoft.AspNetCore.SignalR.HubCallerContext"], new(".ConnectionAborted")),
            (types["Microsoft.Extensions.Hosting.IHostApplicationLifetime"], new(".ApplicationStopping", IsLastResort: true)),
        ];
    }

    public static TokenForms Of(KnownTypes types) => new(types);

    public TokenForm? Form(ITypeSymbol type)
    {
        if (SymbolEqualityComparer.Default.Equals(type, _token))
        {
            return Itself;
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] })
        {
            return SymbolEqualityComparer.Default.Equals(inner, _token) ? OrDefault : null;
        }

        for (var it = type; it is { SpecialType: not SpecialType.System_Object }; it = it.BaseType)
        {
            foreach (var (carrier, form) in _carriers)
            {
                if (SymbolEqualityComparer.Default.Equals(it, carrier))
                {
                    return form;
                }
            }
        }

        return null;
    }
}
