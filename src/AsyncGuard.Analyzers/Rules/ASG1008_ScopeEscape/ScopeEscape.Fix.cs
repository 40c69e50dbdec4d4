using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>ASG1008: runs the work supervised, with a scope of its own from which it takes the service.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ScopeEscapeFix() : RuleFix(ScopeEscapeAnalyzer.Id)
{
    internal const string Title = "Run it supervised, with a scope of its own";

    private protected override IEnumerable<Offer> Offers(FixSite site)
    {
        if (DroppedExpression.Around(site.Node) is var (whole, work)
            && site.Facts.Awaitables.IsAwaitable(site.Model.GetTypeInfo(work).Type)
            && CallAt(site, work) is { } call
            && site.Facts.ScopeEscapes.Of(call, CancellationToken.None) is { Lifetime: Lifetime.Scope, Use: { Type: { } type } use }
            && SupervisorAccess.At(whole, site.Model) is { } supervisor)
        {
            yield return new(Title, cancel => MendedAsync(site, whole, new SupervisedRun(site.Model, supervisor, work).Write(cancel), work.Span.Contains(use.Syntax.Span) ? Taken(use, type) : Own(site, work, call), cancel));
        }
    }

    /// <summary>Whether this work takes a scoped service along, so that no plain run may be made of it.</summary>
    internal static bool Escapes(FixSite site, ExpressionSyntax work)
    {
        if (site.Model.GetOperation(work) is not { } dropped)
        {
            return false;
        }

        if (site.Facts.ScopeEscapes.WouldEscape(dropped, CancellationToken.None))
        {
            return true;
        }

        foreach (var origin in site.Facts.Observation.OriginsOf(dropped))
        {
            if (origin is IInvocationOperation call && site.Facts.ScopeEscapes.Of(call, CancellationToken.None) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static IInvocationOperation? CallAt(FixSite site, ExpressionSyntax work)
    {
        if (site.Model.GetOperation(work) is { } dropped)
        {
            foreach (var origin in site.Facts.Observation.OriginsOf(dropped))
            {
                if (origin is IInvocationOperation call && call.Syntax.Span.Contains(site.Node.Span))
                {
                    return call;
                }
            }
        }

        return null;
    }

    // What the work takes from its scope, under the name it has here.
    private sealed record Service(ITypeSymbol Type, string Name, bool IsCaller);

    private static Service? Taken(IOperation use, ITypeSymbol type) => use switch
    {
        ILocalReferenceOperation { Local.Name: var name } => new(type, name, IsCaller: false),
        IParameterReferenceOperation { Parameter.Name: var name } => new(type, name, IsCaller: false),
        IMemberReferenceOperation { Member.Name: var name } => new(type, name, IsCaller: false),
        _ => null,
    };

    // The method uses what was injected into its own object: another such object has its own.
    private static Service? Own(FixSite site, ExpressionSyntax work, IInvocationOperation call) =>
        work is InvocationExpressionSyntax { Expression: IdentifierNameSyntax } && call.Instance is IInstanceReferenceOperation && site.Model.GetEnclosingSymbol(work.SpanStart)?.ContainingType is { } self
            ? new(ContractOf(call.TargetMethod, self, site.Facts) ?? self, call.TargetMethod.Name, IsCaller: true)
            : null;

    private static INamedTypeSymbol? ContractOf(IMethodSymbol method, INamedTypeSymbol self, CompilationFacts facts) => facts.ScopedServices.CanBeResolved(self) ? null
        : self.AllInterfaces.FirstOrDefault(each => facts.ScopedServices.CanBeResolved(each)
            && each.GetMembers(method.Name).Any(member => SymbolEqualityComparer.Default.Equals(self.FindImplementationForInterfaceMember(member), method)));

    private static async Task<Document?> MendedAsync(FixSite site, ExpressionSyntax whole, ExpressionSyntax? run, Service? service, CancellationToken cancel)
    {
        if (service is null || !site.Facts.ScopedServices.CanBeResolved(service.Type)
            || run is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var supervisor }, ArgumentList.Arguments: [var name, { Expression: SimpleLambdaExpressionSyntax lambda }] })
        {
            return null;
        }

        var parameter = ParameterName(site, whole, service);
        var body = new ServiceNames(service.Name, parameter, service.IsCaller).Visit(lambda.Body);
        var scoped = ParenthesizedLambdaExpression(ParameterList(SeparatedList([Parameter(Identifier(parameter)), lambda.Parameter])), (CSharpSyntaxNode)body).WithAsyncKeyword(lambda.AsyncKeyword);
        var type = ParseTypeName(service.Type.ToMinimalDisplayString(site.Model, whole.SpanStart));
        var mark = new SyntaxAnnotation();
        var mended = InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, supervisor, GenericName(Identifier("Run"), TypeArgumentList([type]))),
                ArgumentList(SeparatedList([name, Argument(scoped)])))
            .WithTriviaFrom(whole).WithAdditionalAnnotations(mark);
        return await site.ReplaceAsync(whole, mended).ConfigureAwait(false) is { } document && !await StillEscapesAsync(document, mark, cancel).ConfigureAwait(false) ? document : null;
    }

    // Work that takes two of them would still have one of the request's.
    private static async Task<bool> StillEscapesAsync(Document document, SyntaxAnnotation mark, CancellationToken cancel) =>
        await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false) is not { } root
        || await document.GetSemanticModelAsync(cancel).ConfigureAwait(false) is not { } model
        || model.GetOperation(root.GetAnnotatedNodes(mark).First(), cancel) is not IInvocationOperation call
        || CompilationFacts.Of(model.Compilation).ScopeEscapes.Of(call, cancel) is not null;

    private static string ParameterName(FixSite site, SyntaxNode place, Service service)
    {
        var type = service.Type is { TypeKind: TypeKind.Interface, Name: ['I', _, ..] } ? service.Type.Name.Substring(1) : service.Type.Name;
        var own = service.IsCaller ? type : service.Name.TrimStart('_');
        return FreeName.For(site, place, Camel(own), Camel(type), "scoped" + type, "scopedService");
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    // _db, this._db; of the type's own method the call: SaveAsync(…) becomes orders.SaveAsync(…).
    private sealed class ServiceNames(string name, string parameter, bool isCaller) : CSharpSyntaxRewriter
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
