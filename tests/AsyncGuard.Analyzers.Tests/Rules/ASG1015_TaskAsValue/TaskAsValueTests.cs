using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class TaskAsValueTests : RuleTests<TaskAsValueAnalyzer, TaskAsValueFix>
{
    private const string Find = "\nasync Task<string> FindAsync(int id) { await Task.Yield(); return id.ToString(); }";

    [Fact]
    public Task Says_what_a_comparison_does() => SaysAsync(
        "'FindAsync' is a task that nobody has awaited here, so the comparison with null always answers the same; await it",
        "async Task M() { if ({|#0:FindAsync|}(1) == null) { await Task.Yield(); } }" + Find);

    [Fact]
    public Task Says_what_a_value_is() => SaysAsync(
        "'FindAsync' is a task that nobody has awaited here, so the task itself is used as the value and its exception is lost; await it",
        "async Task M() { Console.WriteLine({|#0:FindAsync|}(1)); await Task.Yield(); }" + Find);

    [Fact]
    public Task Awaits_a_compared_call() => Fixes("if (null != [|FindAsync|](1)) { }", "if (null != await FindAsync(1)) { }");

    [Fact]
    public Task Awaits_a_call_compared_by_a_pattern() => Fixes("if ([|FindAsync|](1) is null) { }", "if (await FindAsync(1) is null) { }");

    [Fact]
    public Task Awaits_a_call_compared_by_an_empty_pattern() => Fixes("if ([|FindAsync|](1) is { }) { }", "if (await FindAsync(1) is { }) { }");

    [Fact]
    public Task Awaits_a_call_of_another_object() => Fixes("if (this.[|FindAsync|](1) is not null) { }", "if (await this.FindAsync(1) is not null) { }");

    [Fact]
    public Task Awaits_a_written_call() => Fixes("Console.WriteLine([|FindAsync|](1));", "Console.WriteLine(await FindAsync(1));");

    [Fact]
    public Task Awaits_a_formatted_call() => Fixes("_ = string.Format(\"{0}{1}\", 1, [|FindAsync|](1));", "_ = string.Format(\"{0}{1}\", 1, await FindAsync(1));");

    [Fact]
    public Task Awaits_an_interpolated_call() => Fixes("_ = $\"found {[|FindAsync|](1)}\";", "_ = $\"found {await FindAsync(1)}\";");

    [Fact]
    public Task Awaits_a_concatenated_call() => Fixes("_ = \"found \" + [|FindAsync|](1);", "_ = \"found \" + await FindAsync(1);");

    [Fact]
    public Task Awaits_a_call_turned_into_text() => Fixes("_ = [|FindAsync|](1).ToString();", "_ = (await FindAsync(1)).ToString();");

    [Fact]
    public Task Awaits_a_serialised_call() => Fixes("_ = System.Text.Json.JsonSerializer.Serialize([|FindAsync|](1));", "_ = System.Text.Json.JsonSerializer.Serialize(await FindAsync(1));");

    [Fact]
    public Task Awaits_a_property_of_what_is_serialised() => Fixes("_ = System.Text.Json.JsonSerializer.Serialize(new { Found = [|FindAsync|](1) });", "_ = System.Text.Json.JsonSerializer.Serialize(new { Found = await FindAsync(1) });");

    [Fact]
    public Task Awaits_a_value_task() => Fixes("Console.WriteLine([|CountAsync|]());", "Console.WriteLine(await CountAsync());", "\nasync ValueTask<int> CountAsync() { await Task.Yield(); return 1; }");

    [Fact]
    public Task Awaits_what_a_compared_local_was_given() => Fixes("var found = FindAsync(1); if ([|found|] == null) { }", "var found = await FindAsync(1); if (found == null) { }");

    [Fact]
    public Task Awaits_what_a_written_local_was_given() => Fixes("var found = FindAsync(1); Console.WriteLine([|found|]); Console.WriteLine($\"{[|found|]}\");", "var found = await FindAsync(1); Console.WriteLine(found); Console.WriteLine($\"{found}\");");

    [Fact]
    public Task Awaits_in_a_function_that_returns_a_task() => FixesAsync(
        "Task<bool> M() => Task.FromResult([|FindAsync|](1) != null);" + Find,
        "async Task<bool> M() => await FindAsync(1) != null;" + Find);

    [Fact]
    public Task Keeps_what_stands_around() => FixesAsync(
        """
        async Task M()
        {
            // is it there?
            if (/* a */ [|FindAsync|](1) /* b */ != null) // yes
            {
                await Task.Yield();
            }
        }
        """ + Find,
        """
        async Task M()
        {
            // is it there?
            if (/* a */ await FindAsync(1) /* b */ != null) // yes
            {
                await Task.Yield();
            }
        }
        """ + Find);

    [Fact]
    public Task Awaits_a_logged_call() => Fixes(
        "_log.LogInformation(\"found {Found}\", [|FindAsync|](1));", "_log.LogInformation(\"found {Found}\", await FindAsync(1));", Logger, Has.Library(typeof(Microsoft.Extensions.Logging.ILogger)));

    [Fact]
    public Task Awaits_a_parameter_s_value() => Fixes(
        "var command = new Npgsql.NpgsqlCommand(); command.Parameters.AddWithValue(\"id\", [|FindAsync|](1)); command.Parameters[0].Value = [|FindAsync|](2);",
        "var command = new Npgsql.NpgsqlCommand(); command.Parameters.AddWithValue(\"id\", await FindAsync(1)); command.Parameters[0].Value = await FindAsync(2);",
        given: Has.Library(typeof(Npgsql.NpgsqlConnection)));

    [Fact]
    public Task Awaits_a_parameter_s_value_when_it_is_made() => Fixes(
        "_ = new Npgsql.NpgsqlParameter(\"id\", [|FindAsync|](1));", "_ = new Npgsql.NpgsqlParameter(\"id\", await FindAsync(1));", given: Has.Library(typeof(Npgsql.NpgsqlConnection)));

    [Fact]
    public Task Awaits_a_parameter_of_Dapper() => Fixes(
        "_ = await Dapper.SqlMapper.ExecuteAsync(null, \"delete from t where name = @name\", new { name = [|FindAsync|](1) });",
        "_ = await Dapper.SqlMapper.ExecuteAsync(null, \"delete from t where name = @name\", new { name = await FindAsync(1) });",
        given: Has.Library(typeof(Dapper.SqlMapper)));

    [Fact]
    public Task Awaits_an_answer() => Fixes("_ = new Users().Ok([|FindAsync|](1));", "_ = new Users().Ok(await FindAsync(1));", Controller);

    [Fact]
    public Task Awaits_an_answer_that_is_made() => Fixes("_ = new OkObjectResult([|FindAsync|](1));", "_ = new OkObjectResult(await FindAsync(1));", Controller);

    [Fact]
    public Task Awaits_what_a_test_asserts() => Fixes("Assert.NotNull([|FindAsync|](1));", "Assert.NotNull(await FindAsync(1));", "\nstatic class Assert { public static void NotNull(object value) { } }");

    [Fact]
    public Task Is_not_fixed_where_the_function_cannot_await() => NotFixedAsync("bool M() => [|FindAsync|](1) != null;" + Find);

    [Fact]
    public Task Is_not_fixed_where_the_task_has_no_result() => NotFixedAsync("async Task M() { if ([|Task.Run|](() => 1) is var t && [|DoAsync|]() != null) { await t; } }\nasync Task DoAsync() => await Task.Yield();".Replace("[|Task.Run|]", "Task.Run", StringComparison.Ordinal));

    [Fact]
    public Task Is_silent_where_the_call_is_awaited() => Silent("if (await FindAsync(1) == null) { Console.WriteLine(await FindAsync(2)); }");

    [Fact]
    public Task Is_silent_for_a_local_that_is_awaited_elsewhere() => Silent("var found = FindAsync(1); if (found != null) { Console.WriteLine(found); await found; }");

    [Fact]
    public Task Is_silent_for_a_local_that_may_have_no_task() => Silent("Task<string> found = null; if (DateTime.Now.Hour > 9) { found = FindAsync(1); } if (found != null) { }");

    [Fact]
    public Task Is_silent_for_a_lazily_created_field() => SilentAsync("Task<string> _found;\nvoid M() { if (_found is null) { _found = FindAsync(1); } _found ??= FindAsync(2); Console.WriteLine(_found); }" + Find);

    [Fact]
    public Task Is_silent_for_a_parameter() => SilentAsync("void M(Task<string> found) { if (found == null) { Console.WriteLine(found); } }");

    [Fact]
    public Task Is_silent_for_a_call_that_may_give_no_task() => SilentAsync("Task _running;\nTask Running() => _running;\nTask Maybe(bool b) { if (b) { return null; } return Task.CompletedTask; }\nbool M() => Running() == null || Maybe(true) == null;");

    [Fact]
    public Task Is_silent_for_a_call_that_says_so() => SilentAsync("#nullable enable\nabstract class A { public abstract Task<string>? FindAsync(); bool M() => FindAsync() == null; }");

    [Fact]
    public Task Is_silent_for_a_value_that_only_happens_to_be_a_task() => SilentAsync("Task _running;\nbool M(Func<Task> start) => Interlocked.CompareExchange(ref _running, null, null) == null || start() == null;");

    [Fact]
    public Task Is_silent_behind_a_conditional_access() => SilentAsync("bool M(Subject s) => s?.FindAsync(1) == null;" + Find);

    [Fact]
    public Task Is_silent_where_tasks_are_what_is_taken() => SilentAsync("void M() { Take(FindAsync(1)); Keep(FindAsync(2)); }\nvoid Take(object value) { }\nvoid Keep<T>(T value) { }" + Find);

    [Fact]
    public Task Is_silent_for_a_task_s_own_properties() => Silent("var found = FindAsync(1); Console.WriteLine($\"{found.Id} {found.Status}\"); await found;");

    [Fact]
    public Task Is_silent_in_an_expression_tree() => SilentAsync("System.Linq.Expressions.Expression<Func<bool>> M() => () => FindAsync(1) != null;" + Find);

    [Fact]
    public Task Is_silent_in_a_name() => Silent("Console.WriteLine(nameof(FindAsync));");

    private const string Logger = "\nreadonly Microsoft.Extensions.Logging.ILogger _log;";

    private const string Controller = "\nclass ControllerBase { public object Ok(object value) => value; }\nclass Users : ControllerBase { }\nclass ActionResult { }\nclass OkObjectResult : ActionResult { public OkObjectResult(object value) { } }";

    private static Task Fixes(string statements, string repaired, string members = "", params Given[] given) => FixesAsync(
        Usings(members) + "async Task M() { " + statements + " await Task.Yield(); }" + Find + members, Usings(members) + "async Task M() { " + repaired + " await Task.Yield(); }" + Find + members, given);

    private static string Usings(string members) => members == Logger ? "using Microsoft.Extensions.Logging;\n\n" : "";

    private static Task Silent(string statements) => SilentAsync("async Task M() { " + statements + " await Task.Yield(); }" + Find);

    [Fact]
    public Task Is_silent_on_a_local_in_an_expression_tree() => SilentAsync(
        "async Task M() { var task = FindAsync(1); System.Linq.Expressions.Expression<Func<bool>> test = () => task == null; GC.KeepAlive(test); await Task.Yield(); }" + Find);
}
