namespace AsyncGuard.Toolbox;

/// <summary>Which filters still catch everything: those that let through cancellation only, or what no process survives.</summary>
public sealed class CatchFilterTests
{
    [Theory]
    [InlineData("when (!Library.Errors.IsFatal(e)) { }")]
    [InlineData("when (!Library.Errors.IsCriticalException(e)) { }")]
    [InlineData("when (Library.Errors.IsCatchableExceptionType(e)) { }")]
    [InlineData("when (Library.Errors.NonFatal(e)) { }")]
    [InlineData("{ if (Library.Errors.IsFatal(e)) { throw; } }")]
    public void Catches_all_but_what_a_library_calls_hopeless(string handler) => ErrorQuestions.Guarded($"void M() {{ try {{ File.Delete(\"x\"); }} catch (Exception e) {handler} }}");

    [Theory]
    [InlineData("when (!Library.Errors.IsTransient(e)) { }")]
    [InlineData("when (Library.Errors.IsFatal(e)) { }")]
    [InlineData("when (!Library.Errors.NonFatal(e)) { }")]
    public void Catches_not_what_a_library_calls_something_else(string handler) => ErrorQuestions.Escapes($"void M() {{ try {{ [|File.Delete(\"x\")|]; }} catch (Exception e) {handler} }}");

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

    [Theory]
    [InlineData("e is not InsufficientMemoryException")]
    [InlineData("e is not InsufficientExecutionStackException")]
    [InlineData("e is not ExecutionEngineException")]
    [InlineData("e is not AppDomainUnloadedException")]
    [InlineData("e is not CannotUnloadAppDomainException")]
    [InlineData("e is not InvalidProgramException")]
    [InlineData("e is not BadImageFormatException")]
    [InlineData("e is not ThreadInterruptedException")]
    [InlineData("e is not System.Runtime.InteropServices.SEHException")]
    [InlineData("(e is OperationCanceledException) == false")]
    [InlineData("(e is OperationCanceledException) is false")]
    [InlineData("(e is not OperationCanceledException) == true")]
    [InlineData("(e is not OperationCanceledException) is true")]
    [InlineData("!(t.IsCancellationRequested == true)")]
    [InlineData("!(t.IsCancellationRequested is true)")]
    [InlineData("!((e is not OperationCanceledException) == false)")]
    [InlineData("!((e is not OperationCanceledException) is false)")]
    [InlineData("!!(e is not OperationCanceledException)")]
    [InlineData("e is not OperationCanceledException || b")]
    [InlineData("b || e is not OperationCanceledException")]
    [InlineData("!(e is OperationCanceledException && b)")]
    [InlineData("!(b && e is OperationCanceledException)")]
    [InlineData("!(e is OperationCanceledException c && c.CancellationToken == t)")]
    [InlineData("!(e is OperationCanceledException and { Message: \"x\" })")]
    [InlineData("!(e is { Message: \"x\" } and OperationCanceledException)")]
    [InlineData("e is not OperationCanceledException or { Message: \"x\" }")]
    [InlineData("e is { Message: \"x\" } or not OperationCanceledException")]
    [InlineData("!(e is not (not OperationCanceledException))")]
    [InlineData("b ? true : e is not OperationCanceledException")]
    [InlineData("e is OperationCanceledException ? b : true")]
    [InlineData("e is not OperationCanceledException ? true : b")]
    [InlineData("!(e is OperationCanceledException ? true : false)")]
    [InlineData("!(e is OperationCanceledException ? b : false)")]
    [InlineData("!(e is not OperationCanceledException ? false : b)")]
    [InlineData("!(b ? e is OperationCanceledException : false)")]
    [InlineData("!(e switch { OperationCanceledException => b, _ => false })")]
    [InlineData("IsCatchable(e, b)")]
    [InlineData("First(e)")]
    public void Catches_all_but_cancellation_or_the_end(string filter) => ErrorQuestions.Guarded(WithFilter(filter, "File.Delete(\"x\")"));

    [Theory]
    [InlineData("e is not OperationCanceledException && b")]
    [InlineData("b && e is not OperationCanceledException")]
    [InlineData("t.IsCancellationRequested || b")]
    [InlineData("(e is IOException) == false")]
    [InlineData("(e is IOException) is false")]
    [InlineData("(e is OperationCanceledException) != false")]
    [InlineData("!((e is OperationCanceledException) != true)")]
    [InlineData("!(b is true)")]
    [InlineData("!(b == true)")]
    [InlineData("!(b is false)")]
    [InlineData("!(b == false)")]
    [InlineData("!((e is OperationCanceledException) is false)")]
    [InlineData("!((e is OperationCanceledException) == false)")]
    [InlineData("b is not true")]
    [InlineData("!!b")]
    [InlineData("!(b && e is IOException)")]
    [InlineData("!(e is OperationCanceledException | b)")]
    [InlineData("!(e is OperationCanceledException || b)")]
    [InlineData("!(b || e is OperationCanceledException)")]
    [InlineData("!(e is OperationCanceledException == t.IsCancellationRequested)")]
    [InlineData("!(e is OperationCanceledException or IOException)")]
    [InlineData("!(e is IOException or OperationCanceledException)")]
    [InlineData("!(e is IOException and { Message: \"x\" })")]
    [InlineData("!(e is IOException io && io.Message == \"x\")")]
    [InlineData("!(e is IOException { Message: \"x\" })")]
    [InlineData("!(e is not OperationCanceledException)")]
    [InlineData("!(e is null)")]
    [InlineData("e is { Message: \"x\" }")]
    [InlineData("e is { Message: \"x\" } or { Message: \"y\" }")]
    [InlineData("e is not IOException and not OperationCanceledException")]
    [InlineData("!t.CanBeCanceled")]
    [InlineData("!new Job().IsCancellationRequested")]
    [InlineData("b ? b : true")]
    [InlineData("b ? true : b")]
    [InlineData("!(b ? true : false)")]
    [InlineData("!(e is OperationCanceledException ? true : b)")]
    [InlineData("!(e is IOException ? true : false)")]
    [InlineData("!(e is not OperationCanceledException ? b : false)")]
    [InlineData("!(e switch { OperationCanceledException => true, _ => b })")]
    [InlineData("!(e is Own.BadImageFormatException)")]
    [InlineData("!(e is Own.ThreadInterruptedException)")]
    [InlineData("!(e is Own.SEHException)")]
    [InlineData("!(e is System.Threading.SemaphoreFullException)")]
    [InlineData("!(e is System.Runtime.InteropServices.COMException)")]
    [InlineData("Throws(e)")]
    [InlineData("Zeroth(e)")]
    [InlineData("!IsStopOr(e)")]
    public void Lets_more_through(string filter) => ErrorQuestions.Escapes(WithFilter(filter, "[|File.Delete(\"x\")|]"));

    [Fact]
    public void Throws_on_what_is_left_for_a_stop() => ErrorQuestions.Guarded("""void M(CancellationToken t) { try { File.Delete("x"); } catch (Exception) { if (!t.IsCancellationRequested) { } else { throw; } } }""");

    [Theory]
    [InlineData("catch (Exception e) when (e is IOException) { [|throw;|] } catch (Exception) { }")]
    [InlineData("catch (Exception) { if (t.IsCancellationRequested) { } else { [|throw;|] } }")]
    [InlineData("catch (Exception) { if (b) { } else { [|throw;|] } }")]
    [InlineData("catch (Exception) { if (b) { [|throw;|] } }")]
    public void Throws_more_on(string handlers) => ErrorQuestions.Escapes($$"""void M(CancellationToken t, bool b) { try { File.Delete("x"); } {{handlers}} }""");

    private static string WithFilter(string filter, string work) => $$"""
        void M(CancellationToken t, bool b) { try { {{work}}; } catch (Exception e) when ({{filter}}) { GC.KeepAlive(e); } }

        static bool IsCatchable(Exception e, bool b) { if (e is OperationCanceledException) { return b; } return true; }
        static bool Throws(Exception e) { throw e; }
        static bool IsStopOr(Exception e) { switch (e) { case OperationCanceledException: case IOException: return true; default: return false; } }

        static bool Zeroth(Exception e) => First(e);
        static bool First(Exception e) => Second(e);
        static bool Second(Exception e) => Third(e);
        static bool Third(Exception e) => Fourth(e);
        static bool Fourth(Exception e) => e is not OperationCanceledException;

        class Job { public bool IsCancellationRequested => true; }

        class Own
        {
            public class BadImageFormatException : Exception;
            public class ThreadInterruptedException : Exception;
            public class SEHException : Exception;
        }
        """;
}
