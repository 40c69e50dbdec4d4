namespace AsyncGuard.Toolbox;

/// <summary>Does the program take the errors of its windows in one place, so that one in an async void handler is seen and ends nothing?</summary>
/// <remarks>
/// <c>Application.ThreadException</c> of Windows Forms; in WPF a function for <c>DispatcherUnhandledException</c> that sets <c>Handled</c>.
/// Only for members of windows and controls: what runs on other threads ends the process all the same. Asked for suspicious sites only.
/// </remarks>
internal sealed class CentralHandlers
{
    private readonly Lazy<bool> _forms;
    private readonly Lazy<bool> _wpf;

    public CentralHandlers(Compilation compilation)
    {
        _forms = new(() => Any(compilation, "ThreadException", static name => HandlerAttached(name) is { } handler && GoesOn(handler)));
        _wpf = new(() => Any(compilation, "DispatcherUnhandledException", static name => HandlerAttached(name) is { } handler && GoesOn(handler) && SetsHandled(handler))
            || Any(compilation, "DispatcherUnhandledExceptionEventArgs", static name => name.FirstAncestorOrSelf<ParameterSyntax>() is { Parent.Parent: MethodDeclarationSyntax handler } && GoesOn(handler) && SetsHandled(handler)));
    }

    public bool Take(INamedTypeSymbol? type)
    {
        for (var it = type; it is not null; it = it.BaseType)
        {
            switch (it)
            {
                case { Name: "Control", ContainingNamespace: { Name: "Forms", ContainingNamespace: { Name: "Windows", ContainingNamespace.Name: "System" } } }:
                    return _forms.Value;
                case { Name: "DispatcherObject", ContainingNamespace: { Name: "Threading", ContainingNamespace: { Name: "Windows", ContainingNamespace.Name: "System" } } }:
                    return _wpf.Value;
                case IErrorTypeSymbol: // a window of a framework that is not there
                    return _forms.Value || _wpf.Value;
            }
        }

        return false;
    }

    private static bool Any(Compilation compilation, string name, Func<SimpleNameSyntax, bool> isOne)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var use in NamesInTree.Of(name, tree, CancellationToken.None))
            {
                if (isOne(use))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // += and a lambda, or a method of the same file.
    private static SyntaxNode? HandlerAttached(SimpleNameSyntax name)
    {
        if (((SyntaxNode)(name.Parent as MemberAccessExpressionSyntax ?? (ExpressionSyntax)name)).Parent is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression, Right: var handler })
        {
            return null;
        }

        if (handler is not IdentifierNameSyntax { Identifier.ValueText: var method })
        {
            return handler as LambdaExpressionSyntax;
        }

        foreach (var node in name.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Members ?? default)
        {
            if (node is MethodDeclarationSyntax declared && declared.Identifier.ValueText == method)
            {
                return declared;
            }
        }

        return null;
    }

    // One that ends the program itself only says it better.
    private static bool GoesOn(SyntaxNode handler)
    {
        foreach (var node in handler.DescendantNodes())
        {
            if (node is SimpleNameSyntax { Identifier.ValueText: "Exit" or "Shutdown" or "FailFast" or "Kill" or "TryShutdown" })
            {
                return false;
            }
        }

        return true;
    }

    // Whatever the error: not only where somebody is asked, or for some errors.
    private static bool SetsHandled(SyntaxNode handler)
    {
        var body = handler switch
        {
            MethodDeclarationSyntax method => method.Body,
            LambdaExpressionSyntax lambda => lambda.Block,
            _ => null,
        };
        foreach (var statement in body?.Statements ?? default)
        {
            if (statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Handled" }, Right.RawKind: (int)SyntaxKind.TrueLiteralExpression } })
            {
                return true;
            }
        }

        return false;
    }
}
