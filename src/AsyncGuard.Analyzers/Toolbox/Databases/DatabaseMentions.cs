using System.Runtime.CompilerServices;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>Where in a file may something be said of databases? By names alone, so that only few places need a closer look.</summary>
/// <remarks>Kept with the tree: at a keystroke only the changed file is read again.</remarks>
internal sealed class DatabaseMentions
{
    private static readonly ConditionalWeakTable<SyntaxTree, DatabaseMentions> Known = new();
    private static readonly HashSet<string> PlaceNames = NamesOfPlaces();

    private DatabaseMentions(SyntaxTree tree)
    {
        var places = ImmutableArray.CreateBuilder<ExpressionSyntax>();
        var timeouts = ImmutableArray.CreateBuilder<AssignmentExpressionSyntax>();
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax assignment when NameOf(assignment.Left) == "CommandTimeout":
                    timeouts.Add(assignment);
                    break;
                case AssignmentExpressionSyntax assignment when NameOf(assignment.Left) == "ConnectionString":
                    places.Add(assignment);
                    break;
                case ObjectCreationExpressionSyntax { Type: var type } creation when NameOf(type) is { } name && PlaceNames.Contains(name):
                    places.Add(creation);
                    break;
                case ImplicitObjectCreationExpressionSyntax creation when TypeOf(creation) is { } type && NameOf(type) is { } name && PlaceNames.Contains(name):
                    places.Add(creation);
                    break;
                case InvocationExpressionSyntax { Expression: var function } call when NameOf(function) is { } name && (PlaceNames.Contains(name) || IsCreate(function)):
                    places.Add(call);
                    break;
            }
        }

        (Places, CommandTimeouts) = (places.ToImmutable(), timeouts.ToImmutable());
    }

    /// <summary>Where a connection string may be used.</summary>
    public ImmutableArray<ExpressionSyntax> Places { get; }

    /// <summary>Assignments to something called <c>CommandTimeout</c>.</summary>
    public ImmutableArray<AssignmentExpressionSyntax> CommandTimeouts { get; }

    public static DatabaseMentions In(SyntaxTree tree) => Known.GetValue(tree, static it => new(it));

    // NpgsqlConnection db = new(…)
    private static TypeSyntax? TypeOf(ImplicitObjectCreationExpressionSyntax creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } } => declaration.Type,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Type,
        ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method } => method.ReturnType,
        ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Type,
        _ => null,
    };

    // NpgsqlDataSource.Create(…); other things are created all over the place.
    private static bool IsCreate(ExpressionSyntax function) =>
        function is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create", Expression: var owner } && NameOf(owner) is { } name && PlaceNames.Contains(name);

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };

    private static HashSet<string> NamesOfPlaces()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var provider in DatabaseProviders.All)
        {
            Add(provider.Connections, '.');
            Add(provider.ConnectionStringBuilders, '.');
            Add(provider.DataSources, '.');
            Add(provider.Registrations, ':');
        }

        return names;

        void Add(ImmutableArray<string> full, char before)
        {
            foreach (var name in full)
            {
                names.Add(name.Substring(name.LastIndexOf(before) + 1));
            }
        }
    }
}
