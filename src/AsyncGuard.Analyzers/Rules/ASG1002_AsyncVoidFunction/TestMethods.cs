namespace AsyncGuard.Rules;

/// <summary>Does a test framework call this method?</summary>
/// <remarks>What becomes of an async void test is the framework's to say: one waits for it, another refuses it, and their own analyzers speak of it.</remarks>
internal static class TestMethods
{
    public static bool IsTest(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (type.Name is "FactAttribute" or "TheoryAttribute" or "TestAttribute" or "TestCaseAttribute" or "TestMethodAttribute")
                {
                    return true;
                }
            }
        }

        return false;
    }
}
