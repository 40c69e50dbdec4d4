using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>What a continuation looks like as an await, here or in the hands of a supervisor.</summary>
public sealed class FaultHidingContinuationFixTests : RuleTests<FaultHidingContinuationAnalyzer, FaultHidingContinuationFix>
{
    private const string Send =
        """

        async Task SendAsync(int id, CancellationToken token = default) => await System.IO.File.ReadAllTextAsync("x" + id, token);
        async Task<int> CountAsync(CancellationToken token = default) => (await System.IO.File.ReadAllTextAsync("x", token)).Length;
        void Done() { }
        """;

    [Fact]
    public Task Awaits_and_goes_on_whatever_happened() => FixesAsync(
        FaultHidingContinuationFix.Await,
        """
        async Task WelcomeAsync(int id)
        {
            // tell them
            _ = [|SendAsync(id).ContinueWith|](_ => Done()); // soon
            await Task.Yield();
        }
        """ + Send,
        """
        async Task WelcomeAsync(int id)
        {
            // tell them
            try
            {
                await SendAsync(id);
            }
            catch (Exception ex)
            {
                Console.Error.WriteLine(ex);
            }
            finally
            {
                Done();
            } // soon
            await Task.Yield();
        }
        """ + Send);

    [Fact]
    public Task Awaits_the_result_and_goes_on_with_it() => FixesAsync(
        FaultHidingContinuationFix.Await,
        """
        async Task ShowAsync()
        {
            _ = [|CountAsync().ContinueWith|](t =>
            {
                var text = t.Result + "!";
                Console.WriteLine(text);
            });
            await Task.Yield();
        }
        """ + Send,
        """
        async Task ShowAsync()
        {
            try
            {
                var result = await CountAsync();
                var text = result + "!";
                Console.WriteLine(text);
            }
            catch (Exception ex)
            {
                Console.Error.WriteLine(ex);
            }
            await Task.Yield();
        }
        """ + Send);

    [Fact]
    public Task Logs_with_the_logger_at_hand() => FixesAsync(
        FaultHidingContinuationFix.Await,
        """
        using Microsoft.Extensions.Logging;

        private readonly ILogger _log = null!;
        Task ShowAsync()
        {
            _ = [|CountAsync().ContinueWith|](t => Console.WriteLine(t.Result));
            return Task.CompletedTask;
        }
        """ + Send,
        """
        using Microsoft.Extensions.Logging;

        private readonly ILogger _log = null!;
        async Task ShowAsync()
        {
            try
            {
                var result = await CountAsync();
                Console.WriteLine(result);
            }
            catch (Exception ex)
            {
                _log.LogError(ex, "Show failed");
            }
        }
        """ + Send,
        Has.Library(typeof(Microsoft.Extensions.Logging.ILogger)));

    [Fact]
    public Task Runs_both_supervised_and_the_second_whatever_happened() => Supervised(
        """
        void Welcome(int id)
        {
            // tell them
            [|SendAsync(id).ContinueWith|](_ => Done()); // soon
        }
        """,
        """
        void Welcome(int id)
        {
            // tell them
            Supervisor.Default.Run("Send", async ct =>
            {
                try
                {
                    await SendAsync(id, ct);
                }
                finally
                {
                    Done();
                }
            }); // soon
        }
        """);

    [Fact]
    public Task Runs_both_supervised_and_the_second_with_the_result() => Supervised(
        """
        void Show()
        {
            [|CountAsync().ContinueWith|](t => Console.WriteLine(t.Result));
        }
        """,
        """
        void Show()
        {
            Supervisor.Default.Run("Count", async ct =>
            {
                var result = await CountAsync(ct);
                Console.WriteLine(result);
            });
        }
        """);

    [Fact]
    public Task Awaits_a_second_task_too() => Supervised(
        """
        void Welcome(int id)
        {
            [|CountAsync().ContinueWith|](t => SendAsync(t.Result + id));
        }
        """,
        """
        void Welcome(int id)
        {
            Supervisor.Default.Run("Count", async ct =>
            {
                var result = await CountAsync(ct);
                await SendAsync(result + id, ct);
            });
        }
        """);

    [Fact]
    public Task Takes_another_name_for_the_result() => Supervised(
        """
        void Show(int result)
        {
            [|CountAsync().ContinueWith|](t => Console.WriteLine(t.Result + result));
        }
        """,
        """
        void Show(int result)
        {
            Supervisor.Default.Run("Count", async ct =>
            {
                var outcome = await CountAsync(ct);
                Console.WriteLine(outcome + result);
            });
        }
        """);

    [Fact]
    public Task Each_of_two_is_run() => Supervised(
        """
        void Show()
        {
            [|CountAsync().ContinueWith|](t => Console.WriteLine(t.Result));
            [|CountAsync().ContinueWith|](t => Console.Write(t.Result));
        }
        """,
        """
        void Show()
        {
            Supervisor.Default.Run("Count", async ct =>
            {
                var result = await CountAsync(ct);
                Console.WriteLine(result);
            });
            Supervisor.Default.Run("Count", async ct =>
            {
                var outcome = await CountAsync(ct);
                Console.Write(outcome);
            });
        }
        """);

    [Fact]
    public Task Is_not_fixed_where_it_runs_elsewhere() => NotFixedAsync(
        "void M() { [|SendAsync(1).ContinueWith|](_ => Done(), TaskScheduler.FromCurrentSynchronizationContext()); }" + Send, Has.Runtime);

    [Fact]
    public Task Is_not_fixed_where_the_delegate_returns_early() => NotFixedAsync("void M(bool b) { [|SendAsync(1).ContinueWith|](_ => { if (b) { return; } Done(); }); }" + Send, Has.Runtime);

    [Fact]
    public Task Is_not_fixed_in_a_constructor_without_the_runtime() => NotFixedAsync("Subject() { [|SendAsync(1).ContinueWith|](_ => Done()); }" + Send);

    private static Task Supervised(string before, string after) => FixesAsync(
        FaultHidingContinuationFix.Run, "using AsyncGuard;\n" + before + Send, "using AsyncGuard;\n" + after + Send, Has.Runtime);
}
