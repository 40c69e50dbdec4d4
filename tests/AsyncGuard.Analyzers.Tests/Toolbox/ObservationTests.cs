using AsyncGuard.Support;

namespace AsyncGuard.Toolbox;

/// <summary>What becomes of an awaitable.</summary>
public sealed class ObservationTests
{
    [Fact]
    public void A_statement() => Dropped("void M() { [|F()|]; }");

    [Fact]
    public void A_conditional_access() => Dropped("void M(Subject s) { s?[|.F()|]; }");

    [Fact]
    public void A_configured_statement() => Dropped("void M() { [|F()|].ConfigureAwait(false); }");

    [Fact]
    public void The_task_of_a_value_task() => Dropped("void M() { [|V()|].AsTask(); }");

    [Fact]
    public void A_preserved_value_task() => Dropped("void M() { [|V()|].Preserve(); }");

    [Fact]
    public void An_unwrapped_task() => Dropped("void M() { [|Task.Factory.StartNew(() => F())|].Unwrap(); }");

    [Fact]
    public void The_body_of_a_void_member() => Dropped("void M() => [|F()|];");

    [Fact]
    public void The_body_of_a_void_lambda() => Dropped("Action M() => () => [|F()|];");

    [Fact]
    public void A_void_local_function() => Dropped("void M() { L(); void L() => [|F()|]; }");

    [Fact]
    public void A_continuation_that_does_not_look() => Dropped("""void M() { [|F()|].ContinueWith(t => Console.WriteLine("over")); }""");

    [Fact]
    public void A_continuation_that_only_asks_whether_it_is_over() => Dropped("void M() { [|F()|].ContinueWith(t => Console.WriteLine(t.IsCompleted)); }");

    [Fact]
    public void A_constructor() => Dropped("class C { public C(Subject s) => [|s.F()|]; }");

    [Fact]
    public void A_setter() => Dropped("int P { set => [|F()|]; }");

    [Fact]
    public void A_discard() => Discarded("void M() { _ = [|F()|]; }");

    [Fact]
    public void A_configured_discard() => Discarded("void M() { _ = [|F()|].ConfigureAwait(false); }");

    [Fact]
    public void A_choice() => Discarded("void M(bool b) { _ = b ? [|F()|] : Task.CompletedTask; }");

    [Fact]
    public void A_fallback() => Discarded("void M(Task? t) { _ = t ?? [|F()|]; }");

    [Fact]
    public void A_switch() => Discarded("void M(int n) { _ = n switch { 1 => [|F()|], _ => Task.CompletedTask }; }");

    [Fact]
    public void A_parenthesis() => Discarded("void M() { _ = ([|F()|]); }");

    [Fact]
    public void A_cast() => Discarded("void M() { _ = (Task)[|F()|]; }");

    [Fact]
    public void A_forgiven_null() => Discarded("void M() { _ = [|F()|]!; }");

    [Fact]
    public void A_discarded_conditional_access() => Discarded("void M(Subject s) { _ = s?[|.F()|]; }");

    [Fact]
    public void A_local_nobody_reads() => Unread("void M() { var t = [|F()|]; }");

    [Fact]
    public void A_local_that_is_only_assigned() => Unread("void M() { Task t; t = [|F()|]; }");

    [Fact]
    public void An_await() => Observed("async Task M() { await [|F()|]; }");

    [Fact]
    public void A_configured_await() => Observed("async Task M() { await [|F()|].ConfigureAwait(false); }");

    [Fact]
    public void A_return() => Observed("Task M() { return [|F()|]; }");

    [Fact]
    public void The_body_of_a_member() => Observed("Task M() => [|F()|];");

    [Fact]
    public void The_body_of_a_lambda() => Observed("Func<Task> M() => () => [|F()|];");

    [Fact]
    public void An_argument() => Observed("void M() { GC.KeepAlive([|F()|]); }");

    [Fact]
    public void An_extension_s_receiver() => Observed("void M() { [|F()|].Watch(); }");

    [Fact]
    public void WhenAll() => Observed("Task M() => Task.WhenAll([|F()|], F());");

    [Fact]
    public void A_field() => Observed("Task? _t; void M() { _t = [|F()|]; }");

    [Fact]
    public void A_local_that_is_awaited() => Observed("async Task M() { var t = [|F()|]; await t; }");

    [Fact]
    public void A_local_that_a_lambda_captures() => Observed("Func<Task> M() { var t = [|F()|]; return () => t; }");

    [Fact]
    public void A_blocking_wait() => Observed("void M() { [|F()|].Wait(); }");

    [Fact]
    public void A_result() => Observed("int M() => [|R()|].Result;");

    [Fact]
    public void An_array() => Observed("Task[] M() => [[|F()|], F()];");

    [Fact]
    public void A_continuation_that_reads_the_fault() => Observed("void M() { [|F()|].ContinueWith(t => Console.WriteLine(t.Exception)); }");

    [Fact]
    public void A_continuation_that_awaits_and_catches() => Observed("void M() { [|F()|].ContinueWith(async t => { try { await t; } catch { } }); }");

    [Fact]
    public void A_continuation_that_awaits_where_nobody_awaits_it() => Dropped("void M() { [|F()|].ContinueWith(async t => await t); }");

    [Fact]
    public void A_continuation_that_reads_the_result() => Dropped("void M() { [|R()|].ContinueWith(t => t.Result); }");

    [Fact]
    public void A_continuation_that_reads_the_result_and_is_awaited() => Observed("async Task M() { await [|R()|].ContinueWith(t => t.Result); }");

    [Fact]
    public void A_continuation_after_faults_only() => Observed("void M() { [|F()|].ContinueWith(_ => { }, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously); }");

    [Fact]
    public void A_continuation_unless_it_ran_to_completion() => Observed("void M() { [|F()|].ContinueWith(_ => { }, TaskContinuationOptions.NotOnRanToCompletion); }");

    [Fact]
    public void A_continuation_after_success_only() => Dropped("void M() { [|F()|].ContinueWith(t => Console.WriteLine(t.Status), TaskContinuationOptions.OnlyOnRanToCompletion); }");

    [Fact]
    public void A_continuation_unless_it_failed() => Dropped("void M() { [|F()|].ContinueWith(t => Console.WriteLine(t.Exception), TaskContinuationOptions.NotOnFaulted); }");

    [Fact]
    public void A_continuation_after_cancellation_only() => Dropped("void M() { [|F()|].ContinueWith(t => Console.WriteLine(t.Exception), TaskContinuationOptions.OnlyOnCanceled); }");

    [Fact]
    public void A_continuation_with_options_that_nobody_knows() => Observed("void M(TaskContinuationOptions o) { [|F()|].ContinueWith(_ => { }, o); }");

    [Fact]
    public void A_continuation_by_a_method_that_looks() => Observed("void M() { [|F()|].ContinueWith(N); } void N(Task t) { Console.WriteLine(t.Exception); }");

    [Fact]
    public void A_continuation_by_a_method_that_does_not_look() => Dropped("void M() { [|F()|].ContinueWith(N); } void N(Task t) { }");

    [Fact]
    public void A_continuation_by_a_method_of_a_library() => Observed("void M() { [|F()|].ContinueWith(Console.WriteLine); }");

    [Fact]
    public void A_continuation_by_a_lambda_in_a_local() => Dropped("void M() { Action<Task> n = t => { }; [|F()|].ContinueWith(n); }");

    [Fact]
    public void A_continuation_with_a_state() => Observed("void M() { [|F()|].ContinueWith((t, s) => Console.WriteLine(t.IsFaulted), 1); }");

    [Fact]
    public void A_chain_whose_end_looks_at_the_last_only() => Dropped("void M() { [|F()|].ContinueWith(_ => { }).ContinueWith(t => Console.WriteLine(t.Exception)); }");

    [Fact]
    public void A_chain_that_rethrows_to_its_end() => Observed("void M() { [|R()|].ContinueWith(t => t.Result).ContinueWith(t => Console.WriteLine(t.Exception)); }");

    [Fact]
    public void One_of_all_that_are_followed() => Dropped("void M() { Task.Factory.ContinueWhenAll(new[] { F(), [|F()|] }, _ => { }); }");

    [Fact]
    public void One_of_all_that_are_followed_and_looked_at() => Observed("void M() { Task.Factory.ContinueWhenAll(new[] { F(), [|F()|] }, all => Task.WaitAll(all)); }");

    [Fact]
    public void An_argument_of_a_method_that_forgets_it() => Dropped("void M() { N([|F()|]); } void N(Task t) { }");

    [Fact]
    public void An_argument_of_a_method_that_forgets_it_two_calls_deep() => Dropped("void M() { N([|F()|]); } void N(Task t) { O(t); } void O(Task t) { _ = t.ConfigureAwait(false); }");

    [Fact]
    public void An_argument_of_a_method_that_awaits_it() => Observed("void M() { N([|F()|]); } async void N(Task t) { try { await t; } catch { } }");

    [Fact]
    public void An_argument_of_a_method_that_keeps_it() => Observed("void M() { N([|F()|]); } Task? _t; void N(Task t) { _t = t; }");

    [Fact]
    public void An_argument_of_a_method_that_hands_it_to_itself() => Observed("void M() { N([|F()|]); } void N(Task t) { N(t); }");

    [Fact]
    public void An_argument_of_a_method_with_an_observing_continuation() => Observed("void M() { N([|F()|]); } void N(Task t) { t.ContinueWith(x => Console.WriteLine(x.Exception), TaskContinuationOptions.OnlyOnFaulted); }");

    [Fact]
    public void An_argument_of_a_method_of_which_an_override_looks() => Observed("void M(A a) { a.N([|F()|]); } class A { public virtual void N(Task t) { } } class B : A { public override void N(Task t) { t.Wait(); } }");

    [Fact]
    public void A_receiver_of_an_extension_that_forgets_it() => Dropped("void M() { [|F()|].Forget(); }");

    [Fact]
    public void A_local_that_is_only_compared() => Unread("void M() { var t = [|F()|]; if (t != null && t is not null) { } }");

    [Fact]
    public void A_local_that_is_only_asked_whether_it_is_over() => Unread("void M() { var t = [|F()|]; while (!t.IsCompleted) { } }");

    [Theory]
    [InlineData("GC.KeepAlive(t.Id);")]
    [InlineData("GC.KeepAlive(t.IsCanceled);")]
    [InlineData("GC.KeepAlive(t.AsyncState);")]
    [InlineData("GC.KeepAlive(t.CreationOptions);")]
    [InlineData("GC.KeepAlive(nameof(t));")]
    [InlineData("ArgumentNullException.ThrowIfNull(t);")]
    [InlineData("if (t is null) { }")]
    [InlineData("t.Dispose();")]
    [InlineData("t.ToString();")]
    [InlineData("GC.KeepAlive(t.GetHashCode());")]
    [InlineData("GC.KeepAlive(t.Equals(null));")]
    [InlineData("var u = F(); u.Wait();")]
    public void A_local_that_nothing_is_learnt_from(string statement) => Unread($"void M() {{ var t = [|F()|]; {statement} }}");

    [Theory]
    [InlineData("var t = [|F()|]; if (t is { IsFaulted: true }) { }")]
    [InlineData("var t = [|F()|]; GC.KeepAlive(t.Status);")]
    [InlineData("Task t; t = [|F()|]; t.Wait();")]
    [InlineData("using (var t = [|F()|]) { }")]
    public void A_local_that_something_is_learnt_from(string statement) => Observed($"void M() {{ {statement} }}");

    [Theory]
    [InlineData("t => GC.KeepAlive(t.Id)")]
    [InlineData("t => GC.KeepAlive(t.IsCanceled)")]
    [InlineData("t => GC.KeepAlive(t.AsyncState)")]
    [InlineData("t => GC.KeepAlive(t.CreationOptions)")]
    [InlineData("t => t.Dispose()")]
    [InlineData("t => GC.KeepAlive(t.ToString())")]
    [InlineData("t => GC.KeepAlive(t.GetHashCode())")]
    [InlineData("t => GC.KeepAlive(t.Equals(null))")]
    [InlineData("t => { if (t == null) { } }")]
    [InlineData("t => { if (t is null) { } }")]
    [InlineData("t => { _ = t; }")]
    [InlineData("delegate { Console.Beep(); }")]
    [InlineData("t => t")]
    [InlineData("t => { try { t.Wait(); } finally { Console.Beep(); } }")]
    [InlineData("async t => await t.ConfigureAwait(false)")]
    [InlineData("async t => await t.WaitAsync(TimeSpan.Zero)")]
    [InlineData("async t => { try { await t.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); } catch { } }")]
    [InlineData("t => { try { Console.Beep(); } catch { t.Wait(); } }")]
    public void A_continuation_that_learns_nothing(string work) => Assert.Multiple(
        () => Dropped($"void M() {{ [|F()|].ContinueWith({work}); }}"),
        () => Discarded($"void M() {{ _ = [|F()|].ContinueWith({work}).ConfigureAwait(false); }}"));

    [Theory]
    [InlineData("t => GC.KeepAlive(t.Exception)")]
    [InlineData("t => { GC.KeepAlive(t.Exception); GC.KeepAlive(t.Id); }")]
    [InlineData("t => t.ContinueWith(it => GC.KeepAlive(it.Exception))")]
    [InlineData("async t => { try { await t.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); } catch { } }")]
    [InlineData("t => { try { t.Wait(); } catch { } }")]
    [InlineData("t => { try { t.GetAwaiter().GetResult(); } catch { } }")]
    [InlineData("async t => { try { await t; } catch { } }")]
    [InlineData("async t => { try { await t.ConfigureAwait(false); } catch { } }")]
    [InlineData("async t => { try { await t.WaitAsync(TimeSpan.Zero); } catch { } }")]
    public void A_continuation_that_learns(string work) => Observed($"void M() {{ [|F()|].ContinueWith({work}); }}");

    [Fact]
    public void A_continuation_in_somebody_else_s_try() => Assert.Multiple(
        () => Dropped("void M() { try { [|F()|].ContinueWith(t => t.Wait()); } catch { } }"),
        () => Dropped("void M() { try { [|F()|].ContinueWith(N); void N(Task t) { t.Wait(); } } catch { } }"));

    [Fact]
    public void A_continuation_of_which_an_override_does_not_look() => Observed("void M(A a) { [|F()|].ContinueWith(a.N); } class A { public virtual void N(Task t) { Console.WriteLine(t.Exception); } } class B : A { public override void N(Task t) { } }");

    [Fact]
    public void One_of_all_that_are_only_counted() => Dropped("void M() { Task.Factory.ContinueWhenAll(new[] { F(), [|F()|] }, all => Console.WriteLine(all.Length)); }");

    [Fact]
    public void A_local_whose_assignment_is_awaited() => Observed("async Task M() { Task t; await (t = [|F()|]); }");

    [Fact]
    public void A_parameter_that_nobody_means() => Assert.Multiple(
        () => Discarded("Action<Task> M() => _ => { _ = [|F()|]; };"),
        () => Dropped("void M() { [|F()|].ContinueWith(_ => { _ = F(); }); }"),
        () => Observed("Action<Task> M() => it => { it = [|F()|]; };"),
        () => Observed("void M(ref Task _) { _ = [|F()|]; }"));

    [Fact]
    public void A_continuation_in_a_local() => Assert.Multiple(
        () => Observed("void M() { Action<Task> work = t => GC.KeepAlive(t.Exception); [|F()|].ContinueWith(work); }"),
        () => Dropped("void M() { Action<Task> work = t => Console.Beep(); [|F()|].ContinueWith(work); }"));

    [Fact]
    public void A_local_that_is_only_discarded() => Unread("void M() { var t = [|F()|]; _ = t; _ = t.ConfigureAwait(false); }");

    [Fact]
    public void A_local_whose_continuation_does_not_look() => Unread("void M() { var t = [|F()|]; t.ContinueWith(_ => { }); }");

    [Fact]
    public void A_local_whose_fault_is_read() => Observed("bool M() { var t = [|F()|]; return t.IsFaulted; }");

    [Fact]
    public void A_coalescing_assignment() => Observed("Task? _t; void M() { _t ??= [|F()|]; }");

    [Fact]
    public void An_initialiser() => Observed("object M() => new { Task = [|F()|] };");

    [Fact]
    public void A_property() => Observed("Task? P { get; set; } void M() { P = [|F()|]; }");

    [Fact]
    public void A_tuple() => Observed("(Task, int) M() => ([|F()|], 1);");

    [Fact]
    public void An_out_parameter() => Observed("void M(out Task t) { t = [|F()|]; }");

    [Fact]
    public void An_awaited_using() => Observed("async Task M() { await using var x = await [|S()|]; }");

    private static void Dropped(string members) => Assert.Equal(Fate.Dropped, FateIn(members));

    private static void Discarded(string members) => Assert.Equal(Fate.Discarded, FateIn(members));

    private static void Unread(string members) => Assert.Equal(Fate.Unread, FateIn(members));

    private static void Observed(string members) => Assert.Equal(Fate.Observed, FateIn(members));

    private static Fate FateIn(string members)
    {
        var spot = Spot.In("#nullable enable annotations\n" + members + """

            Task F() => Task.CompletedTask;
            ValueTask V() => default;
            Task<int> R() => Task.FromResult(1);
            Task<System.IO.MemoryStream> S() => Task.FromResult(new System.IO.MemoryStream());
            """, "static class Tasks { public static void Forget(this System.Threading.Tasks.Task task) { } public static async void Watch(this System.Threading.Tasks.Task task) { try { await task; } catch { } } }");
        return CompilationFacts.Of(spot.Model.Compilation).Observation.FateOf(spot.Model.GetOperation(spot.Node, TestContext.Current.CancellationToken)!); // a call is an operation
    }
}
