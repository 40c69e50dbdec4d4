using AsyncGuard.Fixing;

namespace AsyncGuard.Rules;

/// <summary>Is a type named here so that somebody else makes objects of it: a container, a test framework, reflection?</summary>
internal static class MadeByOthers
{
    /// <summary><c>typeof(Store)</c>, <c>services.AddSingleton&lt;Store&gt;()</c>, <c>IClassFixture&lt;Store&gt;</c>.</summary>
    public static bool Through(SimpleNameSyntax name) => Around(name).Any(each => each is TypeOfExpressionSyntax || (each is GenericNameSyntax generic && NamesOf.CallOf(generic) is not null)) || AsFixture(name);

    /// <summary>So, or what is made here is given away: <c>services.AddSingleton(_ => new Store())</c>.</summary>
    public static bool InRegistration(SimpleNameSyntax name) => Through(name)
        || (Around(name).LastOrDefault() ?? name).Parent is ObjectCreationExpressionSyntax made && made.Ancestors().OfType<ArgumentSyntax>().Any(each => each.Parent?.Parent is InvocationExpressionSyntax);

    private static bool AsFixture(SimpleNameSyntax name) => Around(name).Any(each => each is GenericNameSyntax { Identifier.ValueText: "IClassFixture" or "ICollectionFixture" });

    private static IEnumerable<SyntaxNode> Around(SimpleNameSyntax name) => name.Ancestors().TakeWhile(each => each is TypeSyntax or TypeArgumentListSyntax or TypeOfExpressionSyntax);
}
