namespace AsyncGuard.Toolbox;

/// <summary>Which filters still catch everything: those that let through cancellation only, or what no process survives.</summary>
public sealed class CatchFilterTests
{
    [Fact]
    public void Catches_all_but_cancellation_by_type() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (e is not OperationCanceledException) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_but_a_cancelled_task_by_type() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (e is not TaskCanceledException) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_but_both_by_type() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (e is not (OperationCanceledException or TaskCanceledException)) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_but_cancellation_by_a_negated_is() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (!(e is OperationCanceledException)) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_but_a_requested_stop() => ErrorQuestions.Guarded("""void M(CancellationToken t) { try { File.Delete("x"); } catch (Exception e) when (!t.IsCancellationRequested) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_but_a_requested_stop_of_a_source() => ErrorQuestions.Guarded("""void M(CancellationTokenSource s) { try { File.Delete("x"); } catch (Exception e) when (!s.IsCancellationRequested) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_but_a_cancellation_with_the_token() => ErrorQuestions.Guarded("""void M(CancellationToken t) { try { File.Delete("x"); } catch (Exception e) when (e is not OperationCanceledException c || c.CancellationToken != t) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_but_a_cancellation_by_property_pattern() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (e is not OperationCanceledException { InnerException: null }) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_but_two_ends_of_the_process() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (e is not OutOfMemoryException and not StackOverflowException) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_but_the_ends_by_old_operators() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (!(e is OutOfMemoryException) && !(e is StackOverflowException) && !(e is ThreadAbortException) && !(e is AccessViolationException)) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_by_a_test_for_exception() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (e is Exception) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_by_a_test_for_null() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (e is not null) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_by_a_switch() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (e switch { OutOfMemoryException => false, OperationCanceledException => false, _ => true }) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_by_a_choice() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (e is OperationCanceledException ? false : true) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_by_a_predicate() => ErrorQuestions.Guarded("""
        void M() { try { File.Delete("x"); } catch (Exception e) when (IsCatchable(e)) { GC.KeepAlive(e); } }
        static bool IsCatchable(Exception e) => e is not OutOfMemoryException and not StackOverflowException and not ThreadAbortException and not AccessViolationException;
        """);

    [Fact]
    public void Catches_all_by_a_negated_predicate() => ErrorQuestions.Guarded("""
        void M() { try { File.Delete("x"); } catch (Exception e) when (!IsFatal(e)) { GC.KeepAlive(e); } }
        static bool IsFatal(Exception e) => e is OutOfMemoryException || e is StackOverflowException;
        """);

    [Fact]
    public void Catches_all_by_a_predicate_that_asks_another() => ErrorQuestions.Guarded("""
        void M() { try { File.Delete("x"); } catch (Exception e) when (IsCatchable(e)) { GC.KeepAlive(e); } }
        static bool IsCatchable(Exception e) => !IsFatal(e);
        static bool IsFatal(Exception e) { return e is StackOverflowException; }
        """);

    [Fact]
    public void Catches_all_by_a_predicate_of_statements() => ErrorQuestions.Guarded("""
        void M() { try { File.Delete("x"); } catch (Exception e) when (!IsFatal(e)) { GC.KeepAlive(e); } }
        static bool IsFatal(Exception e) { if (e is OutOfMemoryException) { return true; } if (e is AccessViolationException) return true; return false; }
        """);

    [Fact]
    public void Catches_all_by_a_predicate_of_cases() => ErrorQuestions.Guarded("""
        void M() { try { File.Delete("x"); } catch (Exception e) when (!IsFatal(e)) { GC.KeepAlive(e); } }
        static bool IsFatal(Exception e) { switch (e) { case OutOfMemoryException _: case StackOverflowException _: return true; default: return false; } }
        """);

    [Fact]
    public void Catches_all_by_a_predicate_that_looks_inside() => ErrorQuestions.Guarded("""
        void M() { try { File.Delete("x"); } catch (Exception e) when (!IsFatal(e)) { GC.KeepAlive(e); } }
        static bool IsFatal(Exception e) => e is OutOfMemoryException || (e.InnerException != null && IsFatal(e.InnerException));
        """);

    [Fact]
    public void Catches_all_by_a_predicate_that_only_logs() => ErrorQuestions.Guarded("""
        void M() { try { File.Delete("x"); } catch (Exception e) when (Seen(e)) { GC.KeepAlive(e); } }
        static bool Seen(Exception e) { Console.Error.WriteLine(e); return true; }
        """);

    [Fact]
    public void Catches_all_by_a_predicate_with_a_token() => ErrorQuestions.Guarded("""
        void M(CancellationToken t) { try { File.Delete("x"); } catch (Exception e) when (IsNoStop(e, t)) { GC.KeepAlive(e); } }
        static bool IsNoStop(Exception e, CancellationToken t) => e is not OperationCanceledException || !t.IsCancellationRequested;
        """);

    [Fact]
    public void Catches_all_by_an_extension() => ErrorQuestions.Guarded("""
        void M() { try { File.Delete("x"); } catch (Exception e) when (e.IsCatchable()) { } } }
        static class Filters
        {
            public static bool IsCatchable(this Exception e) => e is not OutOfMemoryException;
        """);

    [Fact]
    public void Catches_all_but_an_end_by_its_runtime_type() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (e.GetType() != typeof(OutOfMemoryException)) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_all_by_a_predicate_that_compares_runtime_types() => ErrorQuestions.Guarded("""
        void M() { try { File.Delete("x"); } catch (Exception e) when (IsCatchable(e)) { GC.KeepAlive(e); } }
        private static readonly Type Memory = typeof(OutOfMemoryException);
        static bool IsCatchable(Exception e) { var type = e.GetType(); return type != typeof(StackOverflowException) && type != Memory; }
        """);

    [Fact]
    public void Catches_all_by_a_negated_comparison_of_runtime_types() => ErrorQuestions.Guarded("""void M() { try { File.Delete("x"); } catch (Exception e) when (!(typeof(StackOverflowException) == e.GetType())) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Lets_an_error_through_by_its_runtime_type() => ErrorQuestions.Escapes("""void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (e.GetType() != typeof(IOException)) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Lets_an_error_through_by_a_type_that_may_be_any() => ErrorQuestions.Escapes("""
        void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (e.GetType() != Fatal) { GC.KeepAlive(e); } }
        private static Type Fatal = typeof(OutOfMemoryException);
        """);

    [Fact]
    public void Catches_only_an_end_by_its_runtime_type() => ErrorQuestions.Escapes("""void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (e.GetType() == typeof(OutOfMemoryException)) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Lets_a_typed_error_through() => ErrorQuestions.Escapes("""void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (e is not IOException) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Lets_cancellation_and_a_typed_error_through() => ErrorQuestions.Escapes("""void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (e is not (OperationCanceledException or IOException)) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_one_type_only() => ErrorQuestions.Escapes("""void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (e is IOException) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_a_requested_stop_only() => ErrorQuestions.Escapes("""void M(CancellationToken t) { try { [|File.Delete("x")|]; } catch (Exception e) when (t.IsCancellationRequested) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_cancellation_only() => ErrorQuestions.Escapes("""void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (e is OperationCanceledException) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_by_a_message() => ErrorQuestions.Escapes("""void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (e.Message.Length > 0) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_by_a_switch_that_lets_an_error_through() => ErrorQuestions.Escapes("""void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (e switch { IOException => false, _ => true }) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_by_a_predicate_that_lets_an_error_through() => ErrorQuestions.Escapes("""
        void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (IsCatchable(e)) { GC.KeepAlive(e); } }
        static bool IsCatchable(Exception e) => e is not OutOfMemoryException and not IOException;
        """);

    [Fact]
    public void Catches_by_a_predicate_of_statements_that_lets_an_error_through() => ErrorQuestions.Escapes("""
        void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (IsCatchable(e)) { GC.KeepAlive(e); } }
        static bool IsCatchable(Exception e) { if (e is IOException) { return false; } return true; }
        """);

    [Fact]
    public void Catches_by_a_predicate_that_is_only_true_for_the_end() => ErrorQuestions.Escapes("""
        void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (IsFatal(e)) { GC.KeepAlive(e); } }
        static bool IsFatal(Exception e) => e is OutOfMemoryException;
        """);

    [Fact]
    public void Catches_by_a_predicate_that_logs_and_lets_through() => ErrorQuestions.Escapes("""
        void M() { try { [|File.Delete("x")|]; } catch (Exception e) when (Seen(e)) { GC.KeepAlive(e); } }
        static bool Seen(Exception e) { Console.Error.WriteLine(e); return false; }
        """);

    [Fact]
    public void Catches_by_a_predicate_of_another_assembly() => ErrorQuestions.Escapes("""void M(Func<Exception, bool> Predicate) { try { [|File.Delete("x")|]; } catch (Exception e) when (Predicate(e)) { GC.KeepAlive(e); } }""");

    [Fact]
    public void Catches_by_a_flag() => ErrorQuestions.Escapes("""void M(bool b) { try { [|File.Delete("x")|]; } catch (Exception e) when (b) { GC.KeepAlive(e); } }""");
}
