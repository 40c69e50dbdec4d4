using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Toolbox;

/// <summary>Which types can be awaited.</summary>
public sealed class AwaitabilityTests
{
    [Fact]
    public void Task_is() => Is("Task");

    [Fact]
    public void Task_of_a_result_is() => Is("Task<int>");

    [Fact]
    public void ValueTask_is() => Is("ValueTask");

    [Fact]
    public void ValueTask_of_a_result_is() => Is("ValueTask<string>");

    [Fact]
    public void A_configured_task_is() => Is("System.Runtime.CompilerServices.ConfiguredTaskAwaitable");

    [Fact]
    public void A_configured_value_task_of_a_result_is() => Is("System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable<int>");

    [Fact]
    public void A_yield_is() => Is("System.Runtime.CompilerServices.YieldAwaitable");

    [Fact]
    public void A_type_derived_from_Task_is() => Is("DerivedTask");

    [Fact]
    public void A_type_with_an_awaiter_is() => Is("Own");

    [Fact]
    public void A_type_that_inherits_its_awaiter_is() => Is("Heir");

    [Fact]
    public void A_struct_with_an_awaiter_is() => Is("OwnStruct");

    [Fact]
    public void A_generic_type_with_an_awaiter_is() => Is("Generic<int>");

    [Fact]
    public void A_nested_type_with_an_awaiter_is() => Is("Outer.Inner");

    [Fact]
    public void A_type_with_an_internal_awaiter_is() => Is("Internal");

    [Fact]
    public void A_task_of_a_task_is() => Is("Task<Task>");

    [Fact]
    public void A_number_is_not() => IsNot("int");

    [Fact]
    public void Text_is_not() => IsNot("string");

    [Fact]
    public void An_object_is_not() => IsNot("object");

    [Fact]
    public void A_list_of_tasks_is_not() => IsNot("System.Collections.Generic.List<Task>");

    [Fact]
    public void An_array_of_tasks_is_not() => IsNot("Task[]");

    [Fact]
    public void A_nullable_value_task_is_not() => IsNot("ValueTask?");

    [Fact]
    public void An_async_sequence_is_not() => IsNot("System.Collections.Generic.IAsyncEnumerable<int>");

    [Fact]
    public void A_type_with_a_private_awaiter_is_not() => IsNot("Private");

    [Fact]
    public void A_type_whose_awaiter_takes_an_argument_is_not() => IsNot("Arguments");

    [Fact]
    public void A_type_whose_awaiter_is_static_is_not() => IsNot("Static");

    [Fact]
    public void A_type_whose_awaiter_returns_nothing_is_not() => IsNot("Nothing");

    [Fact]
    public void A_type_whose_awaiter_is_a_property_is_not() => IsNot("Property");

    [Fact]
    public void A_type_whose_awaiter_has_no_IsCompleted_is_not() => IsNot("NoCompleted");

    [Fact]
    public void A_type_whose_awaiter_has_no_GetResult_is_not() => IsNot("NoResult");

    [Fact]
    public void A_type_that_only_an_extension_awaits_is_not() => IsNot("Extended");

    [Fact]
    public void Another_Task_is_not() => IsNot("Elsewhere.Task");

    [Fact]
    public void Something_dynamic_is_not() => IsNot("dynamic");

    [Fact]
    public void A_completion_source_is_not() => IsNot("TaskCompletionSource<int>");

    [Fact]
    public void A_cancellation_token_is_not() => IsNot("CancellationToken");

    [Fact]
    public void A_delegate_is_not() => IsNot("Func<Task>");

    [Fact]
    public void An_interface_that_inherits_its_awaiter_is() => Is("IHeir");

    [Fact]
    public void A_type_parameter_is_awaitable_where_its_bound_is() => Assert.True(Ask("T", "T Get<T>() where T : Own => default!;"));

    [Fact]
    public void A_type_parameter_without_a_bound_is_not() => Assert.False(Ask("T", "T Get<T>() => default!;"));

    [Fact]
    public void An_unknown_type_is_not() => Assert.False(new Awaitability(new(Compile(""))).IsAwaitable(null));

    private static void Is(string type) => Assert.True(Ask(type, $"{type} Get() => throw null!;"));

    private static void IsNot(string type) => Assert.False(Ask(type, $"{type} Get() => throw null!;"));

    private static bool Ask(string type, string member)
    {
        var compilation = Compile(member);
        var method = (IMethodSymbol)compilation.GetTypeByMetadataName("Subject")!.GetMembers("Get").Single(); // the snippet's class
        Assert.NotEmpty(type);
        return CompilationFacts.Of(compilation).Awaitables.IsAwaitable(method.ReturnType);
    }

    private static CSharpCompilation Compile(string member)
    {
        var trees = new[] { Snippet.InClass(member), Types }.Select(each => CSharpSyntaxTree.ParseText(each, cancellationToken: TestContext.Current.CancellationToken));
        var compilation = CSharpCompilation.Create("Types", trees, Workbench.Net10, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), each => each.Severity == DiagnosticSeverity.Error);
        return compilation;
    }

    private const string Types = """
        using System.Runtime.CompilerServices; using System.Threading.Tasks;

        class DerivedTask : Task { public DerivedTask() : base(() => { }) { } }
        class Own { public TaskAwaiter GetAwaiter() => default; }
        interface IOwn { TaskAwaiter GetAwaiter(); }
        interface IHeir : IOwn;
        class Heir : Own;
        struct OwnStruct { public TaskAwaiter GetAwaiter() => default; }
        class Generic<T> { public TaskAwaiter<T> GetAwaiter() => default; }
        class Outer { public class Inner { public TaskAwaiter GetAwaiter() => default; } }
        class Internal { internal TaskAwaiter GetAwaiter() => default; }
        class Private { private TaskAwaiter GetAwaiter() => default; }
        class Arguments { public TaskAwaiter GetAwaiter(int n) => default; }
        class Static { public static TaskAwaiter GetAwaiter() => default; }
        class Nothing { public void GetAwaiter() { } }
        class Property { public TaskAwaiter GetAwaiter => default; }
        class NoCompleted { public Half GetAwaiter() => new(); public class Half { public void GetResult() { } } }
        class NoResult { public Half GetAwaiter() => new(); public class Half { public bool IsCompleted => true; } }
        class Extended;
        static class Extensions { public static TaskAwaiter GetAwaiter(this Extended e) => default; }
        namespace Elsewhere { class Task; }
        """;
}
