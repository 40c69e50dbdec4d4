using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Does this call only tell a mocking library which member is meant?</summary>
internal static class Mocks
{
    public static bool IsPartOfOne(IInvocationOperation call)
    {
        if (call.Instance?.Bare() is IInvocationOperation { TargetMethod: var configured } && IsOfMocks(configured))
        {
            return true; // sub.Received().SendAsync()
        }

        foreach (var argument in call.Arguments)
        {
            if (IsDescribed(argument))
            {
                return true; // sub.SendAsync(Arg.Any<string>())
            }
        }

        for (var parent = call.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IInvocationOperation { TargetMethod: var around } && IsOfMocks(around))
            {
                return true; // sub.When(x => x.SendAsync())
            }
        }

        return false;
    }

    private static bool IsDescribed(IArgumentOperation argument)
    {
        foreach (var operation in argument.Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod: { ContainingType.Name: "Arg" or "It" } matcher } && IsOfMocks(matcher))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfMocks(IMethodSymbol method)
    {
        var space = method.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            space = outer;
        }

        return space?.Name is "NSubstitute" or "Moq" or "FakeItEasy" or "Rhino" or "Telerik";
    }
}
