using System.Text.RegularExpressions;

namespace AsyncGuard.Fixing;

/// <summary>What does a supervised task written by a fix call itself? The function's own name, without <c>Async</c>: a literal, and low in cardinality.</summary>
internal static class TaskNames
{
    public static string Of(string functionName)
    {
        var name = functionName.EndsWith("Async", StringComparison.Ordinal) && functionName.Length > "Async".Length
            ? functionName.Substring(0, functionName.Length - "Async".Length)
            : functionName;
        return Regex.Replace(name, "^_+", "") is { Length: > 0 } bare ? bare : functionName;
    }

    /// <summary>For a lambda or a loop: the named function it stands in, or its type where that is a member every service has.</summary>
    public static string Around(SyntaxNode place)
    {
        foreach (var outer in place.AncestorsAndSelf())
        {
            switch (outer)
            {
                case LocalFunctionStatementSyntax local:
                    return Of(local.Identifier.ValueText);
                case MethodDeclarationSyntax { Identifier.ValueText: not ("ExecuteAsync" or "StartAsync") } method:
                    return Of(method.Identifier.ValueText);
                case PropertyDeclarationSyntax property:
                    return Of(property.Identifier.ValueText);
                case BaseTypeDeclarationSyntax type:
                    return Of(type.Identifier.ValueText);
            }
        }

        return "Main";
    }
}
