using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Toolbox;

/// <summary>Functions that no error leaves.</summary>
public sealed class GuardedFunctionTests
{
    [Fact]
    public void A_verb_of_the_runtime() => ErrorQuestions.Guarded("void M() { AsyncGuard.Supervisor.Default.Run(\"x\", t => F.ReadAsync()); }");

    [Fact]
    public void An_awaited_guard_of_the_runtime() => ErrorQuestions.Guarded("async Task M() { await AsyncGuard.Guard.TryAsync(\"x\", t => F.ReadAsync()); }");

    [Fact]
    public void A_filter_that_compares_with_false() => ErrorQuestions.Guarded("async Task M(CancellationToken t) { try { await F.ReadAsync(); } catch (Exception) when (t.IsCancellationRequested == false) { } }");

    [Fact]
    public void A_filter_that_is_false_in_a_pattern() => ErrorQuestions.Guarded("async Task M(CancellationToken t) { try { await F.ReadAsync(); } catch (Exception) when (t.IsCancellationRequested is false) { } }");

    [Fact]
    public void A_filter_that_lets_the_end_of_memory_through() => ErrorQuestions.Guarded("void M() { try { File.Delete(\"x\"); } catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException)) { } }");

    [Fact]
    public void An_empty_function() => ErrorQuestions.Guarded("void M() { }");

    [Fact]
    public void Arithmetic_and_locals() => ErrorQuestions.Guarded("int M(int a) { var b = a + 1; b *= 2; return b; }");

    [Fact]
    public void A_try_around_everything() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception) { } }""");

    [Fact]
    public void A_bare_catch() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch { } }""");

    [Fact]
    public void A_filter_that_lets_cancellation_through() => ErrorQuestions.Guarded("async Task M() { try { await F.ReadAsync(); } catch (Exception e) when (e is not OperationCanceledException) { } }");

    [Fact]
    public void A_filter_that_lets_a_requested_stop_through() => ErrorQuestions.Guarded("async Task M(CancellationToken t) { try { await F.ReadAsync(); } catch (Exception) when (!t.IsCancellationRequested) { } }");

    [Fact]
    public void A_filter_of_both_with_or() => ErrorQuestions.Guarded("async Task M(CancellationToken t) { try { await F.ReadAsync(); } catch (Exception e) when (e is not OperationCanceledException || !t.IsCancellationRequested) { } }");

    [Fact]
    public void A_filter_of_both_with_a_negated_and() => ErrorQuestions.Guarded("async Task M(CancellationToken t) { try { await F.ReadAsync(); } catch (Exception e) when (!(e is OperationCanceledException && t.IsCancellationRequested)) { } }");

    [Fact]
    public void A_filter_that_is_always_true() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception) when (true) { } }""");

    [Fact]
    public void A_rethrown_cancellation_before_the_catch_all() => ErrorQuestions.Guarded("async Task M() { try { await F.ReadAsync(); } catch (OperationCanceledException) { throw; } catch (Exception) { } }");

    [Fact]
    public void A_rethrow_behind_a_test_for_cancellation() => ErrorQuestions.Guarded("async Task M() { try { await F.ReadAsync(); } catch (Exception e) { if (e is OperationCanceledException) { throw; } } }");

    [Fact]
    public void A_rethrow_behind_a_test_of_the_token() => ErrorQuestions.Guarded("async Task M(CancellationToken t) { try { await F.ReadAsync(); } catch (Exception) { if (t.IsCancellationRequested) { throw; } } }");

    [Fact]
    public void A_rethrow_in_a_clause_for_a_stop() => ErrorQuestions.Guarded("async Task M(CancellationToken t) { try { await F.ReadAsync(); } catch when (t.IsCancellationRequested) { throw; } catch (Exception) { } }");

    [Fact]
    public void A_thrown_cancellation() => ErrorQuestions.Guarded("void M() { throw new OperationCanceledException(); }");

    [Fact]
    public void A_handler_that_logs() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) { Console.Error.WriteLine(e); System.Diagnostics.Trace.WriteLine(e); } }""");

    [Fact]
    public void A_handler_that_calls_a_logger_of_its_own() => ErrorQuestions.Guarded("""void M(AppLogger log) { try { File.Delete("x"); } catch (Exception e) { log.Fail(e); } }""");

    [Fact]
    public void A_handler_guarded_itself() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch { try { File.Delete("y"); } catch { } } }""");

    [Fact]
    public void A_finally_that_releases() => ErrorQuestions.Guarded("void M(SemaphoreSlim s) { try { F.Nothing(); } finally { s.Release(); } }");

    [Fact]
    public void A_delay() => ErrorQuestions.Guarded("async Task M(CancellationToken t) { await Task.Delay(1, t); await Task.Yield(); }");

    [Fact]
    public void A_tick() => ErrorQuestions.Guarded("async Task M(PeriodicTimer t) { while (await t.WaitForNextTickAsync()) { } }");

    [Fact]
    public void A_semaphore() => ErrorQuestions.Guarded("async Task M(SemaphoreSlim s) { await s.WaitAsync(); s.Release(); }");

    [Fact]
    public void A_channel_s_items() => ErrorQuestions.Guarded("async Task M(System.Threading.Channels.ChannelReader<int> r) { await foreach (var i in r.ReadAllAsync()) { GC.KeepAlive(i); } }");

    [Fact]
    public void A_thrown_token() => ErrorQuestions.Guarded("void M(CancellationToken t) { t.ThrowIfCancellationRequested(); }");

    [Fact]
    public void The_start_of_a_task() => ErrorQuestions.Guarded("""void M() { _ = Task.Run(() => File.Delete("x")); }""");

    [Fact]
    public void An_awaited_task_whose_lambda_is_guarded() => ErrorQuestions.Guarded("""async Task M() { await Task.Run(() => { try { File.Delete("x"); } catch { } }); }""");

    [Fact]
    public void WhenAll_of_guarded_calls() => ErrorQuestions.Guarded("async Task M() { await Task.WhenAll(F.GuardedAsync(), F.GuardedAsync()); }");

    [Fact]
    public void WhenAny() => ErrorQuestions.Guarded("async Task M(Task a, Task b) { await Task.WhenAny(a, b); }");

    [Fact]
    public void A_suppressed_throw() => ErrorQuestions.Guarded("async Task M(Task a) { await a.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); }");

    [Fact]
    public void An_async_call_that_nobody_awaits() => ErrorQuestions.Guarded("""
        void M() { _ = A(); }
        async Task A() => await F.ReadAsync();
        """);

    [Fact]
    public void A_guarded_callee() => ErrorQuestions.Guarded("async Task M() { await F.GuardedAsync(); }");

    [Fact]
    public void A_guarded_callee_with_ConfigureAwait() => ErrorQuestions.Guarded("async Task M() { await F.GuardedAsync().ConfigureAwait(false); }");

    [Fact]
    public void A_guarded_callee_that_is_returned() => ErrorQuestions.Guarded("Task M() => F.GuardedAsync();");

    [Fact]
    public void A_guarded_callee_in_a_local() => ErrorQuestions.Guarded("async Task M() { var t = F.GuardedAsync(); await t; }");

    [Fact]
    public void Five_calls_deep() => ErrorQuestions.Guarded("""
        async Task M() { await A(); }
        Task A() => B();
        async Task B() => await C();
        async Task C() { await D(); }
        Task D() { return E(); }
        async Task E() { try { await F.ReadAsync(); } catch { } }
        """);

    [Fact]
    public void Recursion() => ErrorQuestions.Guarded("async Task M() { await Task.Yield(); await M(); }");

    [Fact]
    public void Mutual_recursion() => ErrorQuestions.Guarded("""
        async Task M() { await A(); }
        async Task A() { await B(); }
        async Task B() { await A(); }
        """);

    [Fact]
    public void A_guarded_local_function() => ErrorQuestions.Guarded("""void M() { L(); void L() { try { File.Delete("x"); } catch { } } }""");

    [Fact]
    public void A_local_function_that_is_not_called() => ErrorQuestions.Guarded("""void M() { void L() => File.Delete("x"); }""");

    [Fact]
    public void A_lambda_that_does_not_run_here() => ErrorQuestions.Guarded("""Action M() => () => File.Delete("x");""");

    [Fact]
    public void A_guarded_delegate_in_a_local() => ErrorQuestions.Guarded("""void M() { Action a = () => { try { File.Delete("x"); } catch { } }; a(); }""");

    [Fact]
    public void An_exact_virtual_call() => ErrorQuestions.Guarded("void M() { new Derived().Work(); }");

    [Fact]
    public void A_generic_callee() => ErrorQuestions.Guarded("""
        void M() { G(1); }
        void G<T>(T item) { GC.KeepAlive(item); }
        """);

    [Fact]
    public void A_property_of_this_compilation() => ErrorQuestions.Guarded("int M() => F.Count;");

    [Fact]
    public void A_set_property() => ErrorQuestions.Guarded("""void M(System.Diagnostics.ProcessStartInfo p) { p.FileName = "x"; }""");

    [Fact]
    public void Created_core_objects() => ErrorQuestions.Guarded("void M() { var l = new System.Collections.Generic.List<int> { 1 }; l.Add(2); var c = new CancellationTokenSource(TimeSpan.FromSeconds(1)); GC.KeepAlive(c); }");

    [Fact]
    public void A_loop_over_an_array() => ErrorQuestions.Guarded("void M(int[] items) { foreach (var i in items) { GC.KeepAlive(i); } for (var j = 0; j < items.Length; j++) { GC.KeepAlive(items[j]); } }");

    [Fact]
    public void A_using() => ErrorQuestions.Guarded("void M() { using var m = new CancellationTokenSource(); }");

    [Fact]
    public void A_lock() => ErrorQuestions.Guarded("void M() { lock (this) { } }");

    [Fact]
    public void Interpolation() => ErrorQuestions.Guarded("""string M(int a) => $"{a} of {DateTime.UtcNow}";""");

    [Fact]
    public void Atomic_operations() => ErrorQuestions.Guarded("void M(int a) { Interlocked.Increment(ref a); Volatile.Read(ref a); }");

    [Fact]
    public void A_switch_expression() => ErrorQuestions.Guarded("int M(int a) => a switch { 1 => 2, _ => 3 };");

    [Fact]
    public void A_record() => ErrorQuestions.Guarded("object M() => new Pair(1, 2);");

    [Fact]
    public void An_expression_body() => ErrorQuestions.Guarded("int M() => 1;");

    [Fact]
    public void A_partial_method() => ErrorQuestions.Guarded("void M() { P.Part(); }");

    [Fact]
    public void Code_that_does_not_bind_is_not_guessed_at()
    {
        var (facts, method) = ErrorQuestions.Read("void M() { Nowhere.Delete(\"x\"); }", compiles: false);
        Assert.True(facts.Errors.HandlesItsOwnErrors(method, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_compilation_without_tasks_is_borne()
    {
        var tree = CSharpSyntaxTree.ParseText("class C { void M() { N(); } void N() { } }", cancellationToken: TestContext.Current.CancellationToken);
        var bare = CSharpCompilation.Create("Bare", [tree], options: new(OutputKind.DynamicallyLinkedLibrary));
        var method = (IMethodSymbol)bare.GetTypeByMetadataName("C")!.GetMembers("M").Single(); // it is there
        Assert.True(CompilationFacts.Of(bare).Errors.HandlesItsOwnErrors(method, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_check_of_an_argument() => ErrorQuestions.Guarded("""void M(object a, string b, int c) { ArgumentNullException.ThrowIfNull(a); ArgumentException.ThrowIfNullOrEmpty(b); ArgumentOutOfRangeException.ThrowIfNegative(c); }""");

    [Fact]
    public void A_check_of_an_argument_that_throws() => ErrorQuestions.Guarded("void M(object a) { if (a == null) { throw new ArgumentNullException(nameof(a)); } GC.KeepAlive(a ?? throw new ArgumentNullException(nameof(a), \"none\")); }");

    [Fact]
    public void Progress_that_is_reported() => ErrorQuestions.Guarded("void M(IProgress<double> p) { p.Report(100); }");

    [Fact]
    public void A_question_of_a_library_s() => ErrorQuestions.Guarded("bool M(Type t, Type u) => t.IsAssignableFrom(u);");

    [Fact]
    public void A_library_s_struct() => ErrorQuestions.Guarded("object M(byte[] bytes) => new System.Buffers.ReadOnlySequence<byte>(bytes);");

    [Fact]
    public void Items_removed_from_a_list() => ErrorQuestions.Guarded("int M(System.Collections.Generic.List<int> l) => l.RemoveAll(x => x > 1);");

    [Fact]
    public void A_delegate_that_a_list_only_keeps() => ErrorQuestions.Guarded("void M(Action a) { var all = new System.Collections.Generic.List<Action>(); all.Add(a); all.Add(() => File.Delete(\"x\")); }");

    [Theory]
    [InlineData("string M(string a) => Path.GetFileName(a) + Path.Join(a, Path.GetTempPath()) + Environment.GetFolderPath(Environment.SpecialFolder.Personal);")]
    [InlineData("int M(int? a, WeakReference<string> b) => a.GetValueOrDefault() + (b.TryGetTarget(out var s) ? s.Length : 0) + System.Text.Encoding.UTF8.GetBytes(\"x\").Length;")]
    [InlineData("void M(System.Threading.ReaderWriterLockSlim a) { a.EnterReadLock(); a.ExitReadLock(); Environment.Exit(1); }")]
    [InlineData("void M(System.Net.Sockets.TcpClient a, System.Timers.Timer b) { try { File.Delete(\"x\"); } catch (Exception) { a?.Close(); b.Stop(); } }")]
    public void Calls_of_the_core_library_that_do_not_fail(string member) => ErrorQuestions.Guarded(member);

    [Fact]
    public void A_bag_asked_for_a_connection() => ErrorQuestions.Guarded("bool M(System.Collections.Concurrent.ConcurrentBag<IWork> b) { foreach (var x in b) { if (System.Linq.Enumerable.Contains(b, x)) { return true; } } return File.Exists(\"x\") || Directory.Exists(\"x\"); }");

    [Fact]
    public void A_bag_asked_what_it_has() => ErrorQuestions.Guarded("bool M(System.Collections.Concurrent.ConcurrentBag<string> b, string s) { foreach (var x in b) { if (System.Linq.Enumerable.Contains(b, x)) { return true; } } return System.Linq.Enumerable.Contains(b, s); }");

    [Theory]
    [InlineData("throw new ArgumentOutOfRangeException(nameof(n))")]
    [InlineData("throw new ArgumentException(\"no\", nameof(n))")]
    [InlineData("throw new ArgumentOutOfRangeException(nameof(n), n, \"no\")")]
    [InlineData("throw new System.ComponentModel.InvalidEnumArgumentException(nameof(n), n, typeof(DayOfWeek))")]
    public void An_argument_that_is_refused(string refusal) => ErrorQuestions.Guarded($"void M(int n) {{ if (n > 1) {{ {refusal}; }} }}");

    [Fact]
    public void An_item_written_to_a_channel() => ErrorQuestions.Guarded("async Task M(System.Threading.Channels.ChannelWriter<int> w, CancellationToken t) { await w.WriteAsync(1, t); }");

    [Fact]
    public void An_element_at_a_remainder() => ErrorQuestions.Guarded("int M(System.Collections.Generic.List<int> l, int[] a) { var i = 0; i = (i + 1) % 4; return l[i] + a[i]; }");

    [Theory]
    [InlineData("private readonly System.Collections.Generic.IEnumerable<int> _all; public Subject(System.Collections.Generic.IEnumerable<int> all) { _all = all; }")]
    [InlineData("private readonly System.Collections.Generic.IEnumerable<int> _all = new[] { 1 };")]
    public void What_an_object_was_made_with_enumerated(string members) => ErrorQuestions.Guarded($"void M() {{ foreach (var each in _all) {{ GC.KeepAlive(each); }} }}\n{members}");

    [Theory]
    [InlineData("private static readonly Action Work; static Subject() { Work = () => { }; }")]
    [InlineData("private readonly Action Work; public Subject() { Work = () => { }; }")]
    [InlineData("private Action Work { get { Func<Action> other = () => { return () => File.Delete(\"x\"); }; GC.KeepAlive(other); return () => { }; } }")]
    [InlineData("private Action Work { get { GC.KeepAlive((Func<Action>)Other); return () => { }; Action Other() { return () => File.Delete(\"x\"); } } }")]
    public void A_delegate_that_is_kept(string declaration) => ErrorQuestions.Guarded(declaration + " void M() { Work(); }");

    [Theory]
    [InlineData("F.GuardedAsync().GetAwaiter().GetResult();")]
    [InlineData("F.GuardedAsync().ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("CountAsync().ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("new ValueTask(F.GuardedAsync()).ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("new ValueTask<int>(CountAsync()).ConfigureAwait(false).GetAwaiter().GetResult();")]
    public void A_wait_by_an_awaiter_for_what_is_guarded(string wait) =>
        ErrorQuestions.Guarded($$"""void M() { {{wait}} } static async Task<int> CountAsync() { await F.GuardedAsync(); return 1; }""");

    [Theory]
    [InlineData("[|F.ReadAsync()|].GetAwaiter().GetResult();")]
    [InlineData("[|F.ReadAsync()|].ConfigureAwait(false).GetAwaiter().GetResult();")]
    public void A_wait_by_an_awaiter_for_what_is_not(string wait) => ErrorQuestions.Escapes($$"""void M() { {{wait}} }""");
}
