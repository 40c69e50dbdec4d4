using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Continuations that need more than the result: the task itself, a token of their own, a method of their own.</summary>
public sealed class ContinuationNeedsFixTests : RuleTests<FaultHidingContinuationAnalyzer, FaultHidingContinuationFix>
{
    private const string Send =
        """

        async Task SendAsync(int id, CancellationToken token = default) => await System.IO.File.ReadAllTextAsync("x" + id, token);
        async Task<int> CountAsync(CancellationToken token = default) => (await System.IO.File.ReadAllTextAsync("x", token)).Length;
        void Done() { }
        """;

    [Fact]
    public Task The_task_itself_is_kept_in_a_local() => FixesAsync(
        FaultHidingContinuationFix.Await,
        """
        async Task ShowAsync()
        {
            // tell them
            _ = [|SendAsync(1).ContinueWith|](t => Console.WriteLine(t.Id)); // soon
            await Task.Yield();
        }
        """ + Send,
        """
        async Task ShowAsync()
        {
            // tell them
            var task = SendAsync(1);
            try
            {
                await task;
            }
            catch (Exception ex)
            {
                Console.Error.WriteLine(ex);
            }
            finally
            {
                Console.WriteLine(task.Id);
            } // soon
            await Task.Yield();
        }
        """ + Send);

    [Fact]
    public Task The_task_and_its_result() => FixesAsync(
        FaultHidingContinuationFix.Await,
        """
        async Task ShowAsync()
        {
            _ = [|CountAsync().ContinueWith|](t =>
            {
                t.Wait();
                Console.WriteLine(t.Id + t.Result);
            });
            await Task.Yield();
        }
        """ + Send,
        """
        async Task ShowAsync()
        {
            try
            {
                var task = CountAsync();
                var result = await task;
                task.Wait();
                Console.WriteLine(task.Id + result);
            }
            catch (Exception ex)
            {
                Console.Error.WriteLine(ex);
            }
            await Task.Yield();
        }
        """ + Send);

    [Fact]
    public Task The_supervisor_s_lambda_keeps_it_too() => Supervised(
        """
        void Show()
        {
            [|SendAsync(1).ContinueWith|](t => Console.WriteLine(t.Id));
        }
        """,
        """
        void Show()
        {
            Supervisor.Default.Run("Send", async ct =>
            {
                var task = SendAsync(1, ct);
                try
                {
                    await task;
                }
                finally
                {
                    Console.WriteLine(task.Id);
                }
            });
        }
        """);

    [Fact]
    public Task Where_a_statement_stands_alone_a_block_holds_them() => FixesAsync(
        FaultHidingContinuationFix.Await,
        """
        async Task ShowAsync(bool really)
        {
            if (really)
                _ = [|SendAsync(1).ContinueWith|](t => Console.WriteLine(t.Id));
            await Task.Yield();
        }
        """ + Send,
        """
        async Task ShowAsync(bool really)
        {
            if (really)
            {
                var task = SendAsync(1);
                try
                {
                    await task;
                }
                catch (Exception ex)
                {
                    Console.Error.WriteLine(ex);
                }
                finally
                {
                    Console.WriteLine(task.Id);
                }
            }
            await Task.Yield();
        }
        """ + Send);

    [Theory]
    [InlineData("it awaits the task", "async t => Console.WriteLine(await t)", "Console.WriteLine(result);")]
    [InlineData("it takes the awaiter's result", "t => Console.WriteLine(t.GetAwaiter().GetResult() + 1)", "Console.WriteLine(result + 1);")]
    [InlineData("it is an anonymous method", "delegate (Task<int> t) { Console.WriteLine(t.Result); }", "Console.WriteLine(result);")]
    public Task The_result_is_the_await_s_where(string reason, string continuation, string statement)
    {
        Assert.NotEmpty(reason);
        return Supervised(
            $"void Show()\n{{\n    [|CountAsync().ContinueWith|]({continuation});\n}}",
            $"void Show()\n{{\n    Supervisor.Default.Run(\"Count\", async ct =>\n    {{\n        var result = await CountAsync(ct);\n        {statement}\n    }});\n}}");
    }

    [Fact]
    public Task A_token_of_its_own_is_asked_before_it() => Supervised(
        """
        void Show(CancellationToken stop)
        {
            [|SendAsync(1).ContinueWith|](_ => Done(), stop);
        }
        """,
        """
        void Show(CancellationToken stop)
        {
            Supervisor.Default.Run("Send", async ct =>
            {
                try
                {
                    await SendAsync(1, ct);
                }
                finally
                {
                    if (!stop.IsCancellationRequested)
                    {
                        Done();
                    }
                }
            });
        }
        """);

    [Fact]
    public Task A_token_beside_the_result() => FixesAsync(
        FaultHidingContinuationFix.Await,
        """
        async Task ShowAsync(CancellationToken stop)
        {
            _ = [|CountAsync().ContinueWith|](t => Console.WriteLine(t.Result), stop, TaskContinuationOptions.None, TaskScheduler.Default);
            await Task.Yield();
        }
        """ + Send,
        """
        async Task ShowAsync(CancellationToken stop)
        {
            try
            {
                var result = await CountAsync();
                if (!stop.IsCancellationRequested)
                {
                    Console.WriteLine(result);
                }
            }
            catch (Exception ex)
            {
                Console.Error.WriteLine(ex);
            }
            await Task.Yield();
        }
        """ + Send);

    [Fact]
    public Task What_follows_gets_no_token_in_the_function_itself() => FixesAsync(
        FaultHidingContinuationFix.Await,
        "async Task ShowAsync()\n{\n    _ = [|CountAsync().ContinueWith|](t => SendAsync(t.Result));\n    await Task.Yield();\n}" + Send,
        "async Task ShowAsync()\n{\n    try\n    {\n        var result = await CountAsync();\n        await SendAsync(result);\n    }\n    catch (Exception ex)\n    {\n        Console.Error.WriteLine(ex);\n    }\n    await Task.Yield();\n}" + Send);

    [Fact]
    public Task A_method_is_called_with_the_task() => Supervised(
        """
        void Show()
        {
            [|SendAsync(1).ContinueWith|](Over);
        }

        void Over(Task t) { Done(); }
        """,
        """
        void Show()
        {
            Supervisor.Default.Run("Send", async ct =>
            {
                var task = SendAsync(1, ct);
                try
                {
                    await task;
                }
                finally
                {
                    Over(task);
                }
            });
        }

        void Over(Task t) { Done(); }
        """);

    [Fact]
    public Task Callers_follow_without_the_runtime() => FixesAsync(
        """
        void Show()
        {
            [|SendAsync(1).ContinueWith|](_ => Done());
        }

        async Task RunAsync() { await Task.Yield(); Show(); }
        """ + Send,
        """
        async Task ShowAsync()
        {
            try
            {
                await SendAsync(1);
            }
            catch (Exception ex)
            {
                Console.Error.WriteLine(ex);
            }
            finally
            {
                Done();
            }
        }

        async Task RunAsync() { await Task.Yield(); await ShowAsync(); }
        """ + Send);

    [Theory]
    [InlineData("its token is to be had of a source that may be disposed by then", "void M(CancellationTokenSource stop) { [|SendAsync(1).ContinueWith|](_ => Done(), stop.Token); }")]
    [InlineData("its token changes", "void M(CancellationToken stop) { [|SendAsync(1).ContinueWith|](_ => Done(), stop); stop = default; }")]
    [InlineData("its token is a field that changes", "CancellationToken _stop; void M() { [|SendAsync(1).ContinueWith|](_ => Done(), _stop); }")]
    [InlineData("its method is another object's by then", "Subject Other { get; set; } void M() { [|SendAsync(1).ContinueWith|](Other.Over); } void Over(Task t) { Done(); }")]
    public Task Is_not_offered_where(string reason, string members)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync(members + Send, Has.Runtime);
    }

    private static Task Supervised(string before, string after) => FixesAsync(
        FaultHidingContinuationFix.Run, "using AsyncGuard;\n" + before + Send, "using AsyncGuard;\n" + after + Send, Has.Runtime);
}
