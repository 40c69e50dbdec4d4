using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Simplification;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>Turns a <c>Dispose</c> that blocks into <c>DisposeAsync</c>, and lets whoever disposes of the object await it.</summary>
/// <remarks>In its place and not beside it: once all users have moved, the only thing a <c>Dispose</c> left there could do is to block.</remarks>
internal sealed class AsyncDisposal(FixSite site, CancellationToken cancel)
{
    private readonly CompilationFacts _facts = site.Facts;
    private readonly Provisional _steps = new();

    public async Task<Document?> ChangeAsync() =>
        AwaitInstead.BlockingAt(site.Node, site.Model, cancel) is var (expression, _)
        && AwaitPlaces.FunctionAround(expression) is MethodDeclarationSyntax declaration
        && site.Model.GetDeclaredSymbol(declaration, cancel) is { ReturnsVoid: true, Parameters.IsEmpty: true, IsVirtual: false, ContainingType: var type } dispose && AsyncNames.Plain(dispose) == "Dispose"
        && IsPlain(type) && ContractOf(type) is { } contract
        && new Disposers(dispose, _facts, cancel) is var users && users.CanFollow() && users.Follow(_steps)
        && Rewrite(declaration, contract)
        && !await DependentProjects.UseAsync([type], site.Document.Project, MadeByOthers.InRegistration, cancel).ConfigureAwait(false)
        && await _steps.ChangeAsync(site.Document, finish: null, cancel).ConfigureAwait(false) is { } changed
        && !await DependentProjects.BreakAsync(site.Document.Project, changed.Project, cancel).ConfigureAwait(false)
            ? changed
            : null;

    // Neither derived nor a base, IDisposable by its own word only, and made by code that is here.
    private bool IsPlain(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, BaseType.SpecialType: SpecialType.System_Object }
        && _facts.Types["System.IAsyncDisposable"] is not null && _facts.Types.ValueTask is not null
        && type.GetMembers("DisposeAsync").IsEmpty
        && !type.AllInterfaces.Any(each => each.AllInterfaces.Any(IsDisposable))
        && !DeclaredTypes.Below(_facts.Compilation.Assembly.GlobalNamespace).Any(each => SymbolEqualityComparer.Default.Equals(each.BaseType?.OriginalDefinition, type.OriginalDefinition));

    private bool IsDisposable(ISymbol? contract) => SymbolEqualityComparer.Default.Equals(contract, _facts.Types["System.IDisposable"]);

    // Where the type says that it is IDisposable.
    private TypeSyntax? ContractOf(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(each => each.GetSyntax(cancel)).OfType<TypeDeclarationSyntax>()
            .SelectMany(each => each.BaseList?.Types ?? []).Select(each => each.Type)
            .FirstOrDefault(each => IsDisposable(_facts.Bodies.ModelOf(each.SyntaxTree).GetSymbolInfo(each, cancel).Symbol));

    private bool Rewrite(MethodDeclarationSyntax declaration, TypeSyntax contract)
    {
        if (AsyncRewriting.Of(declaration, site.Model, cancel) is not { IsAsyncAlready: false } function || site.Model.GetOperation(declaration, cancel) is not { } body)
        {
            return false;
        }

        foreach (var blocking in BlockingInside.Of(body, _facts, cancel))
        {
            _steps.Await(blocking);
        }

        new AwaitsForBlocking(_steps.Edits, _facts, cancel).BlockingCallees(function).ForEach(_steps.Await);
        _steps.Edits.Add(contract, (_, now) => Named("System.IAsyncDisposable").WithTriviaFrom(now));
        _steps.Edits.Add(declaration, (_, now) => Disposing((MethodDeclarationSyntax)AsyncDeclarations.Named(AsyncDeclarations.Of(now, task: null), "DisposeAsync")));
        return true;
    }

    private static MethodDeclarationSyntax Disposing(MethodDeclarationSyntax method)
    {
        method = method.WithReturnType(Named("System.Threading.Tasks.ValueTask").WithTriviaFrom(method.ReturnType));
        return method.ExplicitInterfaceSpecifier is { } specifier
            ? method.WithExplicitInterfaceSpecifier(specifier.WithName((NameSyntax)Named("System.IAsyncDisposable").WithTriviaFrom(specifier.Name)))
            : method;
    }

    private static TypeSyntax Named(string type) => ParseTypeName("global::" + type).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
}
