using AsyncGuard.Fixing;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Toolbox;

/// <summary>Where a namespace is imported that a fix needs.</summary>
public sealed class ImportsTests
{
    [Theory]
    [InlineData("among others", "using System;\nusing B;\nclass C { }", "using System;\nusing System.Threading;\nusing B;\nclass C { }")]
    [InlineData("before others", "// licence\nusing B;\nclass C { }", "// licence\nusing System.Threading;\nusing B;\nclass C { }")]
    [InlineData("after others", "using System;\nclass C { }", "using System;\nusing System.Threading;\nclass C { }")]
    [InlineData("before an alias", "using A = B;\nclass C { }", "using System.Threading;\nusing A = B;\nclass C { }")]
    [InlineData("alone", "class C { }", "using System.Threading;\n\nclass C { }")]
    [InlineData("inside a namespace that has its own", "namespace N\n{\n    using System;\n    class C { }\n}", "namespace N\n{\n    using System;\n    using System.Threading;\n    class C { }\n}")]
    public void It_stands(string place, string code, string expected)
    {
        var unit = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);
        Assert.True(expected == Imports.With(unit, "System.Threading").ToFullString(), place + ": " + Imports.With(unit, "System.Threading").ToFullString());
    }
}
