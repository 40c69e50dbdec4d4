using AsyncGuard.Toolbox;

namespace AsyncGuard.Fixing;

/// <summary>Is this a project whose controls belong to one thread, so that it matters where code goes on?</summary>
internal static class ControlThread
{
    private static readonly string[] Controls =
    [
        "System.Windows.Threading.DispatcherObject", "System.Windows.Forms.Control", "Microsoft.UI.Xaml.DependencyObject", "Windows.UI.Xaml.DependencyObject",
        "Avalonia.AvaloniaObject", "Microsoft.Maui.Controls.BindableObject", "Xamarin.Forms.BindableObject", "Android.App.Activity", "UIKit.UIView",
    ];

    public static bool IsIn(KnownTypes types) => Controls.Any(control => types[control] is not null);
}
