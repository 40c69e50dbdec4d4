using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>What work takes from the scope it runs out of, and how it has it from a scope of its own.</summary>
/// <param name="Type">What is to be resolved.</param>
/// <param name="Name">What the work calls it; the method, where the work is one of the service's own.</param>
/// <param name="IsCaller">Whether the service is the very object whose method the work is.</param>
/// <param name="Source">Where the work has it from.</param>
internal sealed record EscapingService(ITypeSymbol Type, string Name, bool IsCaller, ISymbol? Source)
{
    public static EscapingService? Of(FixSite site, ExpressionSyntax work, IInvocationOperation call, IOperation use, ITypeSymbol type) =>
        (work.Span.Contains(use.Syntax.Span) ? Taken(use, type) : Own(site, work, call)) is { } service && site.Facts.ScopedServices.CanBeResolved(service.Type) ? service : null;

    /// <summary>Another one of the same work, known by what is used of it in a changed document: the work names it so, or is its method.</summary>
    public static EscapingService? Another(FixSite site, ExpressionSyntax work, IInvocationOperation call, IOperation use, bool isInside) =>
        (isInside ? Named(site, work, use) : Own(site, work, call)) is { } service && site.Facts.ScopedServices.CanBeResolved(service.Type) ? service : null;

    /// <summary>A name for it that is free at the place.</summary>
    public string VariableAt(FixSite site, SyntaxNode place)
    {
        var type = Type is { TypeKind: TypeKind.Interface, Name: ['I', _, ..] } ? Type.Name.Substring(1) : Type.Name;
        var own = IsCaller ? type : Name.TrimStart('_');
        return FreeName.For(site, place, Camel(own), Camel(type), "scoped" + type, "scopedService");
    }

    /// <summary>The work, having it by that name.</summary>
    public SyntaxNode In(SyntaxNode work, string variable) => new Names(Name, variable, IsCaller).Visit(work);

    private static EscapingService? Taken(IOperation use, ITypeSymbol type) => use switch
    {
        ILocalReferenceOperation { Local: var local } => new(type, local.Name, IsCaller: false, local),
        IParameterReferenceOperation { Parameter: var parameter } => new(type, parameter.Name, IsCaller: false, parameter),
        IMemberReferenceOperation { Member: var member } => new(type, member.Name, IsCaller: false, member),
        _ => null,
    };

    private static EscapingService? Named(FixSite site, ExpressionSyntax work, IOperation use) => use.Type is { } type && Taken(use, type) is { Name: var name }
        ? site.Model.GetOperation(work)?.DescendantsAndSelf()
            .Select(each => each.Type is { } own && site.Facts.ScopedServices.LifetimeOf(own) == Lifetime.Scope ? Taken(each, own) : null)
            .FirstOrDefault(each => each?.Name == name)
        : null;

    // The method uses what was injected into its own object: another such object has its own.
    private static EscapingService? Own(FixSite site, ExpressionSyntax work, IInvocationOperation call) =>
        work is InvocationExpressionSyntax { Expression: IdentifierNameSyntax } && call.Instance is IInstanceReferenceOperation && site.Model.GetEnclosingSymbol(work.SpanStart)?.ContainingType is { } self
            ? new(ContractOf(call.TargetMethod, self, site.Facts) ?? self, call.TargetMethod.Name, IsCaller: true, Source: null)
            : null;

    private static INamedTypeSymbol? ContractOf(IMethodSymbol method, INamedTypeSymbol self, CompilationFacts facts) => facts.ScopedServices.CanBeResolved(self) ? null
        : self.AllInterfaces.FirstOrDefault(each => facts.ScopedServices.CanBeResolved(each)
            && each.GetMembers(method.Name).Any(member => SymbolEqualityComparer.Default.Equals(self.FindImplementationForInterfaceMember(member), method)));

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    // _db, this._db; of the type's own method the call: SaveAsync(…) becomes orders.SaveAsync(…).
    private sealed class Names(string name, string parameter, bool isCaller) : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node) => node is { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax { Identifier.ValueText: var member } } && member == name
            ? Renamed(node)
            : node.WithExpression((ExpressionSyntax)Visit(node.Expression));

        public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) =>
            node.Identifier.ValueText == name && node.Parent is not (NameColonSyntax or NameEqualsSyntax or MemberBindingExpressionSyntax) ? Renamed(node) : node;

        private ExpressionSyntax Renamed(ExpressionSyntax node) => isCaller
            ? MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, IdentifierName(parameter), IdentifierName(name)).WithTriviaFrom(node)
            : IdentifierName(parameter).WithTriviaFrom(node);
    }
}
