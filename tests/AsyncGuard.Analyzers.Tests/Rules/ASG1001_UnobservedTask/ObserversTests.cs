using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Who counts as an observer: by what it does, not by its name.</summary>
public sealed class ObserversTests : RuleTests<UnobservedTaskAnalyzer>
{
    private const string Send = "\nTask SendAsync(int id) => System.IO.File.ReadAllTextAsync(\"x\" + id);\nasync Task SafeAsync() { try { await SendAsync(1); } catch (Exception e) { Console.WriteLine(e); } }";

    [Fact]
    public Task An_extension_that_catches() => Silent("public static async void SafeFireAndForget(this Task t) { try { await t; } catch (Exception e) { Console.WriteLine(e); } }");

    [Fact]
    public Task An_extension_with_a_handler() => SilentAsync(
        "void M() { SendAsync(1).OnError(e => Console.WriteLine(e)); }" + Send,
        Extension("public static async void OnError(this Task t, Action<Exception> failed) { try { await t.ConfigureAwait(false); } catch (Exception e) { failed(e); } }"));

    [Fact]
    public Task An_extension_that_continues_after_faults() => Silent("public static void SafeFireAndForget(this Task t) => t.ContinueWith(x => Console.WriteLine(x.Exception), TaskContinuationOptions.OnlyOnFaulted);");

    [Fact]
    public Task An_extension_that_hands_on_to_one_that_catches() => Silent(
        "public static void SafeFireAndForget(this Task t) => _ = Watch(t);\nstatic async Task Watch(Task t) { try { await t; } catch { } }");

    [Fact]
    public Task An_extension_that_returns_a_guarded_task() => SilentAsync(
        "void M() { _ = SendAsync(1).Logged(); SendAsync(2).Logged(); }" + Send,
        Extension("public static async Task Logged(this Task t) { try { await t; } catch (Exception e) { Console.WriteLine(e); } }"));

    [Fact]
    public Task An_extension_that_returns_a_task_that_fails() => ReportsAsync(
        "void M() { _ = [|SendAsync(1).Named|](); }" + Send, Extension("public static async Task Named(this Task t) { await t; }"));

    [Fact]
    public Task An_extension_that_only_forgets() => Reports("public static void SafeFireAndForget(this Task t) { }");

    [Fact]
    public Task An_extension_that_discards() => Reports("public static void SafeFireAndForget(this Task t) => _ = t.ConfigureAwait(false);");

    [Fact]
    public Task An_extension_whose_continuation_does_not_look() => Reports("public static void SafeFireAndForget(this Task t) { t.ContinueWith(_ => { }); }");

    [Fact]
    public Task An_extension_that_checks_for_null_and_forgets() => Reports("public static void SafeFireAndForget(this Task t) { if (t == null) { throw new ArgumentNullException(nameof(t)); } }");

    [Fact]
    public Task A_static_call_of_one_that_forgets() => ReportsAsync("void M() { Tasks.Forget([|SendAsync|](1)); }" + Send, Extension("public static void Forget(Task t) { }"));

    [Fact]
    public Task One_that_forgets_work_that_handles_its_errors_is_silent() => SilentAsync("void M() { Tasks.Forget(SafeAsync()); }" + Send, Extension("public static void Forget(Task t) { }"));

    [Fact]
    public Task One_that_forgets_in_an_async_function() => ReportsAsync("async Task M() { [|SendAsync|](1).Forget(); await Task.Yield(); }" + Send, Extension("public static void Forget(this Task t) { }"));

    [Fact]
    public Task One_that_forgets_behind_a_conditional_access() => ReportsAsync("void M(Subject? s) { s?[|.SendAsync|](1).Forget(); }" + Send, Extension("public static void Forget(this Task t) { }"));

    [Fact]
    public Task One_of_a_library_is_trusted() => SilentAsync("void M() { SendAsync(1).Wait(9); GC.KeepAlive(SendAsync(2)); Task.WaitAll(SendAsync(3)); }" + Send);

    [Fact]
    public Task One_that_other_assemblies_may_override_is_trusted() => SilentAsync(
        "void M(Open o) { o.Watch(SendAsync(1)); }" + Send, Has.Source("Open.cs", "public class Open { public virtual void Watch(System.Threading.Tasks.Task t) { } }"));

    [Fact]
    public Task A_named_observer_is_trusted() => SilentAsync(
        "void M() { _ = SendAsync(1).Named(); }" + Send, Extension("public static async Task Named(this Task t) { await t; }"), Has.Option("asyncguard.ASG1001.observing_methods = Tasks.Named"));

    [Fact]
    public Task A_handler_of_faults() => SilentAsync("void M() { SendAsync(1).ContinueWith(t => System.IO.File.WriteAllText(\"log\", t.Exception!.Message), TaskContinuationOptions.OnlyOnFaulted); }" + Send);

    [Fact]
    public Task A_continuation_after_success_only_loses_the_fault() => ReportsAsync(
        "void M() { [|SendAsync|](1).ContinueWith(_ => Console.Beep(), TaskContinuationOptions.OnlyOnRanToCompletion); [|SendAsync|](2).ContinueWith(_ => Console.Beep(), TaskContinuationOptions.NotOnFaulted); }" + Send);

    [Fact]
    public Task A_continuation_after_cancellation_only_loses_the_fault() => ReportsAsync("void M() { [|SendAsync|](1).ContinueWith(_ => Console.Beep(), TaskContinuationOptions.OnlyOnCanceled); }" + Send);

    [Fact]
    public Task A_success_and_a_fault_continuation_of_the_same_task() => SilentAsync(
        "void M() { var t = SendAsync(1); t.ContinueWith(_ => Console.Beep(), TaskContinuationOptions.OnlyOnRanToCompletion); t.ContinueWith(x => Console.WriteLine(x.Exception), TaskContinuationOptions.OnlyOnFaulted); }" + Send);

    [Fact]
    public Task A_fault_continuation_after_a_success_continuation_never_sees_the_first_fault() => ReportsAsync(
        "void M() { [|SendAsync|](1).ContinueWith(_ => Console.Beep(), TaskContinuationOptions.OnlyOnRanToCompletion).ContinueWith(x => Console.WriteLine(x.Exception), TaskContinuationOptions.OnlyOnFaulted); }" + Send);

    [Fact]
    public Task An_end_of_a_chain_that_runs_after_cancellation_sees_that_the_first_failed() => SilentAsync(
        "void M() { SendAsync(1).ContinueWith(_ => Console.Beep(), TaskContinuationOptions.OnlyOnRanToCompletion).ContinueWith(x => Console.WriteLine(x.Status)); }" + Send);

    [Fact]
    public Task A_continuation_that_fails_itself() => ReportsAsync("void M() { [|Task.Delay(9).ContinueWith|](_ => System.IO.File.Delete(\"x\")); [|SafeAsync().ContinueWith|](_ => SendAsync(1)); }" + Send);

    [Fact]
    public Task A_continuation_that_handles_its_own_errors() => SilentAsync("void M() { Task.Delay(9).ContinueWith(_ => { try { System.IO.File.Delete(\"x\"); } catch { } }); Task.Delay(9).ContinueWith(_ => SafeAsync()); }" + Send);

    [Fact]
    public Task A_continuation_of_a_chain_that_fails_before_its_end_looks() => SilentAsync(
        "void M() { Task.Delay(9).ContinueWith(_ => System.IO.File.Delete(\"x\")).ContinueWith(t => Console.WriteLine(t.Exception)); }" + Send);

    [Fact]
    public Task A_fault_that_is_hidden_is_another_rules_question() => SilentAsync("void M() { SendAsync(1).ContinueWith(_ => Console.Beep()); }" + Send);

    [Fact]
    public Task An_author_s_filter_that_only_lets_the_end_through() => SilentAsync(
        """
        void M() { _ = WorkAsync(); }
        async Task WorkAsync() { try { await System.IO.File.ReadAllTextAsync("x"); } catch (Exception e) when (e.IsCatchable()) { Console.WriteLine(e); } }
        """,
        Extension("public static bool IsCatchable(this Exception e) => !(e is OutOfMemoryException || e is StackOverflowException || e is System.Threading.ThreadAbortException);"));

    [Fact]
    public Task An_author_s_filter_in_the_negative() => SilentAsync(
        """
        void M() { _ = WorkAsync(); }
        async Task WorkAsync() { try { await System.IO.File.ReadAllTextAsync("x"); } catch (Exception e) when (!IsFatal(e)) { Console.WriteLine(e); } }
        static bool IsFatal(Exception e) { return e is StackOverflowException or OutOfMemoryException or AccessViolationException or OperationCanceledException; }
        """);

    [Fact]
    public Task An_author_s_filter_of_several_steps() => SilentAsync(
        """
        void M() { _ = WorkAsync(); }
        async Task WorkAsync() { try { await System.IO.File.ReadAllTextAsync("x"); } catch (Exception e) when (Handles(e)) { Console.WriteLine(e); } }
        static bool Handles(Exception e)
        {
            if (e is OutOfMemoryException)
            {
                return false;
            }

            return true;
        }
        """);

    [Fact]
    public Task An_author_s_filter_that_lets_more_through() => ReportsAsync(
        """
        void M() { _ = [|WorkAsync|](); }
        async Task WorkAsync() { try { await System.IO.File.ReadAllTextAsync("x"); } catch (Exception e) when (!IsFatal(e)) { Console.WriteLine(e); } }
        static bool IsFatal(Exception e) => e is OutOfMemoryException or InvalidOperationException;
        """);

    [Fact]
    public Task An_author_s_filter_of_which_nothing_is_known() => ReportsAsync(
        """
        void M(Func<Exception, bool> fits) { _ = [|WorkAsync|](fits); }
        async Task WorkAsync(Func<Exception, bool> fits) { try { await System.IO.File.ReadAllTextAsync("x"); } catch (Exception e) when (fits(e)) { Console.WriteLine(e); } }
        """);

    private static Given Extension(string member) => Has.Source("Tasks.cs", "using System;\nusing System.Threading.Tasks;\nstatic class Tasks { " + member + " }");

    private static Task Silent(string extension) => SilentAsync("void M() { SendAsync(1).SafeFireAndForget(); }" + Send, Extension(extension));

    private static Task Reports(string extension) => ReportsAsync("void M() { [|SendAsync|](1).SafeFireAndForget(); }" + Send, Extension(extension));

    [Theory]
    [InlineData("Task.WhenAny(a, b).GetAwaiter().GetResult();")]
    [InlineData("Task.WhenAny(a, b).ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("Task.WhenAny(a, Task.Delay(1)).Get();")]
    [InlineData("_ = Task.WhenAny(a, b).Get();")]
    public Task The_winner_of_a_race_began_elsewhere(string wait) => SilentAsync($"void M(Task a, Task b) {{ {wait} }}", Extension("public static T Get<T>(this Task<T> t) => t.GetAwaiter().GetResult();"));

    [Fact]
    public Task What_only_begins_with_a_race_does_not() => ReportsAsync(
        "void M(Task a, Task b) { _ = [|Task.WhenAny(a, b).GetAwaiter().GetResult().Then|](); }", Extension("public static Task Then(this Task t) => System.IO.File.ReadAllTextAsync(\"x\");"));

    [Theory]
    [InlineData("Interlocked.Exchange(ref _running, next);")]
    [InlineData("Interlocked.CompareExchange(ref _running, next, null);")]
    [InlineData("_open.Dequeue();")]
    [InlineData("new System.Collections.Generic.Stack<Task>(_open).Pop();")]
    [InlineData("new System.Collections.Concurrent.BlockingCollection<Task>().Take();")]
    public Task What_was_put_away_before_began_elsewhere(string statement) => SilentAsync(
        $"Task _running = Task.CompletedTask;\nreadonly System.Collections.Generic.Queue<Task> _open = new();\nvoid M(Task next) {{ {statement} _open.Enqueue(next); }}");

    [Theory]
    [InlineData("class Interlocked { public Task Exchange() => System.IO.File.ReadAllTextAsync(\"x\"); }\nvoid M(Interlocked own) { [|own.Exchange|](); }")]
    [InlineData("class Race { public Task WhenAny() => System.IO.File.ReadAllTextAsync(\"x\"); }\nvoid M(Race own) { _ = [|own.WhenAny|](); }")]
    public Task What_is_only_called_so_begins_here(string members) => ReportsAsync(members);

    [Fact]
    public Task What_a_queue_of_one_s_own_gives_may_have_begun_there() => ReportsAsync(
        "class Jobs { public Task Dequeue() => System.IO.File.ReadAllTextAsync(\"x\"); }\nvoid M(Jobs jobs) { [|jobs.Dequeue|](); }");
}
