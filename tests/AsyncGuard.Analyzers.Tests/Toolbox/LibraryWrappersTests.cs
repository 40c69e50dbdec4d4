using AsyncGuard.Rules;
using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Toolbox;

/// <summary>Functions of libraries that block on what they are given, known by name: asked through ASG4001, of code in async functions.</summary>
public sealed class LibraryWrappersTests : RuleTests<BlockingInAsyncAnalyzer, BlockingInAsyncFix>
{
    private const string Libraries =
        """
        using System;
        using System.Threading.Tasks;

        namespace Microsoft.VisualStudio.Threading
        {
            public class JoinableTask { public void Join() { } }
            public class JoinableTask<T> : JoinableTask { public new T Join() => default; }
            public class JoinableTaskFactory { public void Run(Func<Task> work) { } public T Run<T>(Func<Task<T>> work) => default; public JoinableTask RunAsync(Func<Task> work) => new JoinableTask(); }
        }

        namespace Nito.AsyncEx { public static class AsyncContext { public static T Run<T>(Func<Task<T>> work) => default; } }
        namespace Nito.AsyncEx.Synchronous { public static class TaskExtensions { public static void WaitAndUnwrapException(this Task task) { } public static void WaitWithoutException(this Task task) { } } }
        namespace Volo.Abp.Threading { public static class AsyncHelper { public static T RunSync<T>(Func<Task<T>> work) => default; } }
        namespace Abp.Threading { public static class AsyncHelper { public static T RunSync<T>(Func<Task<T>> work) => default; } }
        namespace Elsewhere { public static class AsyncHelper { public static T RunSync<T>(Func<Task<T>> work) => default; public static void Join(Task task) { } } }
        """;

    private static readonly MetadataReference Compiled = Compile();

    [Theory]
    [InlineData("factory.[|Run|](() => OtherAsync());")]
    [InlineData("factory.[|Run|](async () => { await Task.Yield(); });")]
    [InlineData("factory.RunAsync(() => OtherAsync()).[|Join|]();")]
    [InlineData("new Microsoft.VisualStudio.Threading.JoinableTask<int>().[|Join|]();")]
    [InlineData("Nito.AsyncEx.AsyncContext.[|Run|](() => OtherAsync());")]
    [InlineData("Volo.Abp.Threading.AsyncHelper.[|RunSync|](() => OtherAsync());")]
    [InlineData("Abp.Threading.AsyncHelper.[|RunSync|](() => OtherAsync());")]
    [InlineData("OtherAsync().[|WaitAndUnwrapException|]();")]
    [InlineData("OtherAsync().[|WaitWithoutException|]();")]
    [InlineData("Nito.AsyncEx.Synchronous.TaskExtensions.[|WaitWithoutException|](t);")]
    public Task Reports(string statement) => In(statement);

    [Theory]
    [InlineData("GC.KeepAlive(factory.RunAsync(() => OtherAsync()));")]
    [InlineData("GC.KeepAlive(Elsewhere.AsyncHelper.RunSync(() => OtherAsync()));")]
    [InlineData("Elsewhere.AsyncHelper.Join(t);")]
    [InlineData("await t; t.WaitAndUnwrapException();")]
    public Task Is_silent_on(string statement) => In(statement);

    [Theory]
    [InlineData("t.[|WaitAndUnwrapException|]();", "await t;")]
    [InlineData("Plain().[|WaitWithoutException|]();", "await Plain().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);")]
    [InlineData("Nito.AsyncEx.Synchronous.TaskExtensions.[|WaitWithoutException|](Plain());", "await Plain().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);")]
    [InlineData("(t.IsCompleted ? Plain() : Plain()).[|WaitWithoutException|](); /* both */", "await (t.IsCompleted ? Plain() : Plain()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext); /* both */")]
    [InlineData("await t.ConfigureAwait(false); Plain().[|WaitWithoutException|]();", "await t.ConfigureAwait(false); await Plain().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);", 1)]
    public Task Awaits(string statement, string awaited, int usual = 0) => FixesAsync(Code(statement, usual), Code(awaited, usual), Library);

    [Theory]
    [InlineData("t.[|WaitWithoutException|]();")]
    [InlineData("Nito.AsyncEx.Synchronous.TaskExtensions.[|WaitWithoutException|](t);")]
    public Task Is_not_fixed_where_an_await_would_throw_what_was_swallowed(string statement) => NotFixedAsync(Code(statement), Library);

    private static Task In(string statement) => ReportsAsync(Code(statement), Library);

    private static void Library(Microsoft.CodeAnalysis.Testing.ProjectState project) => project.AdditionalReferences.Add(Compiled);

    private static string Code(string statement, int usual = 0) =>
        $$"""
        using Nito.AsyncEx.Synchronous;

        async Task M(Microsoft.VisualStudio.Threading.JoinableTaskFactory factory, Task<int> t) { {{(usual == 0 ? "await Task.Yield();" : "")}} {{statement}} }
        static async Task<int> OtherAsync() { {{(usual == 0 ? "await Task.Yield();" : "await Task.Delay(1).ConfigureAwait(false);")}} return 1; }
        static Task Plain() => OtherAsync();
        """;

    // As libraries they are another assembly: what stands in the compilation is judged by what it does.
    private static PortableExecutableReference Compile()
    {
        var compilation = CSharpCompilation.Create("Libraries", [CSharpSyntaxTree.ParseText(Libraries)], Workbench.Net10, new(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
