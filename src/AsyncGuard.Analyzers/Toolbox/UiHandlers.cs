namespace AsyncGuard.Toolbox;

/// <summary>Does a window wait for this code? Asked for suspicious sites only; each answer is kept.</summary>
/// <remarks>
/// Members of windows, controls, pages and components; what is attached to their events; commands: <c>ICommand.Execute</c>, a delegate given to
/// a command, a method from which a command is generated. WPF, Windows Forms, WinUI, MAUI, Xamarin, Avalonia, Blazor.
/// </remarks>
internal sealed class UiHandlers(CompilationFacts facts)
{
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _functions = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _types = new(SymbolEqualityComparer.Default);
    private readonly TypeFamilies _families = new(
        facts.Types,
        roots:
        [
            "System.Windows.Threading.DispatcherObject", "System.Windows.Forms.Control", "Microsoft.UI.Xaml.DependencyObject", "Windows.UI.Xaml.DependencyObject",
            "Microsoft.Maui.Controls.BindableObject", "Xamarin.Forms.BindableObject", "Avalonia.AvaloniaObject", "Microsoft.AspNetCore.Components.ComponentBase",
        ],
        marks: ["CommunityToolkit.Mvvm.Input.RelayCommandAttribute"]);

    /// <summary>A member, lambda or local function.</summary>
    public bool IsInHandler(ISymbol? function)
    {
        for (var it = function; it is not (null or INamespaceSymbol); it = it.ContainingSymbol)
        {
            switch (it)
            {
                case IMethodSymbol method when IsHandler(method):
                    return true;
                case INamedTypeSymbol type:
                    return IsUiType(type);
            }
        }

        return false;
    }

    /// <summary>Whether the type is a window, a control or a part of one.</summary>
    public bool IsUiType(INamedTypeSymbol type) => _types.TryGetValue(type, out var known) ? known : _types.GetOrAdd(type, _families.Contain(type));

    private bool IsHandler(IMethodSymbol method) => _functions.TryGetValue(method, out var known) ? known : _functions.GetOrAdd(method, IsNewHandler);

    private bool IsNewHandler(IMethodSymbol method)
    {
        if (_families.IsMarked(method) || IsExecute(method))
        {
            return true;
        }

        foreach (var use in DelegatesOf.Function(method, facts))
        {
            if (use.Parent is IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event.ContainingType: var source } }
                ? IsUiType(source)
                : use.Parent is IArgumentOperation { Parent: IObjectCreationOperation { Type: INamedTypeSymbol made } } && IsCommand(made))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsExecute(IMethodSymbol method) =>
        facts.Types["System.Windows.Input.ICommand"] is { } command
        && method is { Name: "Execute" or "System.Windows.Input.ICommand.Execute", Parameters.Length: 1, MethodKind: not MethodKind.LocalFunction }
        && command.GetMembers("Execute") is [var execute]
        && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(execute), method);

    private bool IsCommand(INamedTypeSymbol type) => facts.Types["System.Windows.Input.ICommand"] is { } command && type.AllInterfaces.Contains(command);
}
