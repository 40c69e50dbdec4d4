using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Continuations of continuations, those with a state, and those that say where they run.</summary>
public sealed class ContinuationChainFixTests : RuleTests<FaultHidingContinuationAnalyzer, FaultHidingContinuationFix>
{
    private const string Send =
        """

        async Task SendAsync(int id, CancellationToken token = default) => await System.IO.File.ReadAllTextAsync("x" + id, token);
        async Task<int> CountAsync(CancellationToken token = default) => (await System.IO.File.ReadAllTextAsync("x", token)).Length;
        void Done() { }
        void Fail() => System.IO.File.Delete("x");
        int Twice(int n) => 2 * n;
        static void Over(Task task, object? state) { }
        """;

    private const string Own = "await Task.Delay(1).ConfigureAwait(false); await Task.Delay(2).ConfigureAwait(false);";

    [Theory]
    [InlineData(
        "each with what the one before gave",
        "[|CountAsync().ContinueWith|](t => Twice(t.Result)).ContinueWith(t => Console.WriteLine(t.Result))",
        "try { var result = await CountAsync(); var result2 = Twice(result); Console.WriteLine(result2); } catch (Exception ex) { Console.Error.WriteLine(ex); }")]
    [InlineData(
        "both whatever happened",
        "[|SendAsync(1).ContinueWith|](_ => Done()).ContinueWith(_ => Done())",
        "try { await SendAsync(1); } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { Done(); Done(); }")]
    [InlineData(
        "the second whatever became of the first",
        "[|SendAsync(1).ContinueWith|](_ => Fail()).ContinueWith(_ => Done())",
        "try { try { await SendAsync(1); } finally { Fail(); } } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { Done(); }")]
    [InlineData(
        "the first with the result, the second whatever happened",
        "[|CountAsync().ContinueWith|](t => Console.WriteLine(t.Result)).ContinueWith(_ => Done())",
        "try { var result = await CountAsync(); Console.WriteLine(result); } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { Done(); }")]
    [InlineData(
        "the first whatever happened, the second with its value",
        "[|SendAsync(1).ContinueWith|](_ => Twice(1)).ContinueWith(t => Console.WriteLine(t.Result))",
        "try { await SendAsync(1); } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { var result2 = Twice(1); Console.WriteLine(result2); }")]
    [InlineData(
        "the second after success only",
        "[|SendAsync(1).ContinueWith|](_ => Done()).ContinueWith(_ => Fail(), TaskContinuationOptions.OnlyOnRanToCompletion)",
        "try { await SendAsync(1); } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { Done(); Fail(); }")]
    [InlineData(
        "what is unwrapped is awaited",
        "[|SendAsync(1).ContinueWith|](_ => CountAsync()).Unwrap().ContinueWith(t => Console.WriteLine(t.Result))",
        "try { await SendAsync(1); } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { var result2 = await CountAsync(); Console.WriteLine(result2); }")]
    [InlineData(
        "what is unwrapped in the end",
        "[|SendAsync(1).ContinueWith|](async _ => await Task.Run(Done)).Unwrap()",
        "try { await SendAsync(1); } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { await Task.Run(Done); }")]
    [InlineData(
        "the task itself in the first",
        "[|SendAsync(1).ContinueWith|](t => Console.WriteLine(t.Id)).ContinueWith(_ => Done())",
        "var task = SendAsync(1); try { await task; } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { Console.WriteLine(task.Id); Done(); }")]
    [InlineData(
        "a state",
        "[|SendAsync(1).ContinueWith|]((_, state) => Console.WriteLine(state), this)",
        "object? state = this; try { await SendAsync(1); } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { Console.WriteLine(state); }")]
    [InlineData(
        "a state whose name is taken",
        "[|SendAsync(1).ContinueWith|]((_, id) => Console.WriteLine(id), \"x\")",
        "object? state = \"x\"; try { await SendAsync(1); } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { Console.WriteLine(state); }")]
    [InlineData(
        "a state that nobody reads",
        "[|SendAsync(1).ContinueWith|]((_, state) => Done(), this)",
        "try { await SendAsync(1); } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { Done(); }")]
    [InlineData(
        "a method that takes one",
        "[|SendAsync(1).ContinueWith|](Over, id)",
        "var task = SendAsync(1); object? state = id; try { await task; } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { Over(task, state); }")]
    [InlineData(
        "the pool",
        "[|SendAsync(1).ContinueWith|](_ => Done(), TaskScheduler.Default)",
        "try { await SendAsync(1).ConfigureAwait(false); } catch (Exception ex) { Console.Error.WriteLine(ex); } finally { Done(); }")]
    public Task Is_awaited_in_order(string what, string chain, string statements)
    {
        Assert.NotEmpty(what);
        return FixesAsync(FaultHidingContinuationFix.Await, Member($"{chain};"), Member(Lines(statements)));
    }

    [Theory]
    [InlineData(
        "[|SendAsync(1).ContinueWith|](_ => Fail()).ContinueWith(_ => Done())",
        "try { try { await SendAsync(1, ct); } finally { Fail(); } } finally { Done(); }")]
    [InlineData(
        "[|CountAsync().ContinueWith|](t => Twice(t.Result)).ContinueWith(t => Console.WriteLine(t.Result))",
        "var result = await CountAsync(ct); var result2 = Twice(result); Console.WriteLine(result2);")]
    [InlineData(
        "[|SendAsync(1).ContinueWith|]((_, state) => Console.WriteLine(state), id, TaskScheduler.Default)",
        "object? state = id; try { await SendAsync(1, ct); } finally { Console.WriteLine(state); }")]
    public Task Is_run_supervised_in_order(string chain, string statements)
    {
        var name = chain.Contains("CountAsync", StringComparison.Ordinal) ? "Count" : "Send";
        return FixesAsync(
            FaultHidingContinuationFix.Run,
            "using AsyncGuard;\n" + Member($"{chain};"),
            "using AsyncGuard;\n" + Member($"Supervisor.Default.Run(\"{name}\", async ct =>\n    {{\n{Lines(statements, 8)}\n    }});"),
            Has.Runtime);
    }

    [Theory]
    [InlineData("what follows stays where it is", "", "await SendAsync(1);")]
    [InlineData("as the others in the file", "async Task N() { " + Own + Own + Own + " }\n", "await SendAsync(1).ConfigureAwait(false);")]
    public Task On_the_pool_with_more_behind_it(string how, string others, string await)
    {
        Assert.NotEmpty(how);
        return FixesAsync(
            FaultHidingContinuationFix.Await,
            others + Member("[|SendAsync(1).ContinueWith|](_ => Done(), TaskScheduler.Default);\n    await Task.Yield();"),
            others + Member(Lines($"try {{ {await} }} catch (Exception ex) {{ Console.Error.WriteLine(ex); }} finally {{ Done(); }}") + "\n    await Task.Yield();"));
    }

    [Theory]
    [InlineData("one of them asks for the fault", "[|SendAsync(1).ContinueWith|](_ => Done()).ContinueWith(t => Console.WriteLine(t.Exception), TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("one of them runs after a fault only", "[|SendAsync(1).ContinueWith|](_ => Done()).ContinueWith(_ => Fail(), TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("the second needs the first's task", "[|SendAsync(1).ContinueWith|](_ => Done()).ContinueWith(t => Console.WriteLine(t.Id));")]
    [InlineData("the second does not wait for what the first starts", "[|SendAsync(1).ContinueWith|](_ => CountAsync()).ContinueWith(_ => Done());")]
    [InlineData("the second does not wait for the first's end", "[|SendAsync(1).ContinueWith|](async _ => { await Task.Yield(); Done(); }).ContinueWith(_ => Done());")]
    [InlineData("the first may not run at all", "void N(CancellationToken stop) { [|SendAsync(1).ContinueWith|](_ => Done(), stop).ContinueWith(_ => Done()); }", true)]
    [InlineData("it does not run after a cancellation", "[|SendAsync(1).ContinueWith|](_ => Done(), TaskContinuationOptions.NotOnCanceled);")]
    [InlineData("the second takes the value of a block", "[|SendAsync(1).ContinueWith|](_ => { return 1; }).ContinueWith(t => Console.WriteLine(t.Result));")]
    [InlineData("the state is had by a call", "[|SendAsync(1).ContinueWith|]((_, state) => Console.WriteLine(state), Twice(1));")]
    [InlineData("the state changes", "[|SendAsync(1).ContinueWith|]((_, state) => Console.WriteLine(state), id++);")]
    [InlineData("it runs elsewhere", "[|SendAsync(1).ContinueWith|]((_, state) => Console.WriteLine(state), id, TaskScheduler.FromCurrentSynchronizationContext());")]
    public Task Is_not_offered_where(string reason, string statement, bool isMember = false)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync((isMember ? statement : $"void M(int id) {{ {statement} }}") + Send, Has.Runtime);
    }

    [Fact]
    public Task The_pool_is_not_left_for_a_control_s_thread() => NotFixedAsync(
        "async Task M() { [|SendAsync(1).ContinueWith|](_ => Done(), TaskScheduler.Default); await Task.Yield(); }" + Send,
        Has.Source("Forms.cs", "namespace System.Windows.Forms { public class Control { } }"));

    private static string Member(string statements) => "#nullable enable\nasync Task M(int id)\n{\n    await Task.Yield();\n    " + statements.TrimStart() + "\n}" + Send;

    // One line a statement, as the formatter has it.
    private static string Lines(string statements, int indentation = 4)
    {
        var lines = new List<string>();
        foreach (var each in statements.Replace("{ ", "\n{\n", StringComparison.Ordinal).Replace("; ", ";\n", StringComparison.Ordinal).Replace("} ", "}\n", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            indentation -= each == "}" ? 4 : 0;
            lines.Add(new string(' ', indentation) + each);
            indentation += each == "{" ? 4 : 0;
        }

        return string.Join("\n", lines);
    }
}
