namespace AsyncGuard.Toolbox;

/// <summary>The value that a field or property is declared with.</summary>
internal static class InitialValues
{
    public static IOperation? Of(ISymbol member, CompilationFacts facts, CancellationToken cancel)
    {
        if (member is not (IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false } or IPropertySymbol { IsIndexer: false }))
        {
            return null;
        }

        foreach (var declaration in member.DeclaringSyntaxReferences)
        {
            var initializer = declaration.GetSyntax(cancel) switch
            {
                VariableDeclaratorSyntax field => field.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is not null && facts.Compilation.ContainsSyntaxTree(initializer.SyntaxTree))
            {
                return (facts.Bodies.ModelOf(initializer.SyntaxTree).GetOperation(initializer, cancel) as ISymbolInitializerOperation)?.Value;
            }
        }

        return null;
    }
}
