namespace AsyncGuard.Toolbox;

/// <summary>Handlers, <c>finally</c> blocks and <c>using</c> that may fail themselves, and those that may not.</summary>
public sealed class CleanUpTests
{
    [Fact]
    public void A_handler_that_logs() => ErrorQuestions.Guarded("async Task M(AppLogger log) { try { await F.ReadAsync(); } catch (Exception e) { log.Fail(e); GC.KeepAlive(e); } }");

    [Fact]
    public void A_handler_that_counts() => ErrorQuestions.Guarded("""
        async Task M() { try { await F.ReadAsync(); } catch (Exception e) { Interlocked.Increment(ref _failures); GC.KeepAlive(e); } }
        private int _failures;
        """);

    [Fact]
    public void A_handler_that_sets_a_property() => ErrorQuestions.Guarded("""
        async Task M() { try { await F.ReadAsync(); } catch (Exception e) { Failed = true; GC.KeepAlive(e); } }
        private bool Failed { get; set; }
        """);

    [Fact]
    public void A_handler_that_waits() => ErrorQuestions.Guarded("async Task M(CancellationToken t) { try { await F.ReadAsync(); } catch (Exception e) { await Task.Delay(TimeSpan.FromSeconds(5), t); GC.KeepAlive(e); } }");

    [Fact]
    public void A_handler_that_completes_a_source() => ErrorQuestions.Guarded("async Task M(TaskCompletionSource source) { try { await F.ReadAsync(); } catch (Exception e) { source.TrySetException(e); GC.KeepAlive(e); } }");

    [Fact]
    public void A_handler_that_calls_a_guarded_function() => ErrorQuestions.Guarded("async Task M() { try { await F.ReadAsync(); } catch (Exception e) { await F.GuardedAsync(); GC.KeepAlive(e); } }");

    [Fact]
    public void A_handler_that_returns() => ErrorQuestions.Guarded("async Task M() { try { await F.ReadAsync(); } catch { return; } }");

    [Fact]
    public void A_handler_that_breaks() => ErrorQuestions.Guarded("async Task M() { while (true) { try { await F.ReadAsync(); } catch { break; } } }");

    [Fact]
    public void A_handler_that_goes_to_a_label() => ErrorQuestions.Guarded("async Task M() { again: try { await F.ReadAsync(); } catch { goto again; } }");

    [Fact]
    public void A_handler_that_writes_to_a_database() => ErrorQuestions.Escapes("async Task M(F.Context context) { try { await F.ReadAsync(); } catch (Exception e) { [|context.SaveChanges()|]; GC.KeepAlive(e); } }");

    [Fact]
    public void A_handler_that_awaits_a_remote_call() => ErrorQuestions.Escapes("async Task M() { try { await F.ReadAsync(); } catch (Exception e) { await [|F.ReadAsync()|]; GC.KeepAlive(e); } }");

    [Fact]
    public void A_handler_that_calls_a_function_that_fails() => ErrorQuestions.Escapes("""
        async Task M() { try { await F.ReadAsync(); } catch (Exception e) { [|Report(e)|]; GC.KeepAlive(e); } }
        void Report(Exception e) => File.AppendAllText("x", e.Message);
        """);

    [Fact]
    public void A_handler_that_calls_a_delegate() => ErrorQuestions.Escapes("async Task M(Action<Exception> onError) { try { await F.ReadAsync(); } catch (Exception e) { [|onError(e)|]; GC.KeepAlive(e); } }");

    [Fact]
    public void A_handler_that_rethrows_at_its_end() => ErrorQuestions.Escapes("async Task M() { try { await F.ReadAsync(); } catch (Exception e) { Console.Error.WriteLine(e); [|throw;|] } }");

    [Fact]
    public void A_handler_that_rethrows_in_one_case() => ErrorQuestions.Escapes("async Task M(bool b) { try { await F.ReadAsync(); } catch (Exception e) { if (b) { [|throw;|] } GC.KeepAlive(e); } }");

    [Fact]
    public void A_handler_that_captures_and_throws() => ErrorQuestions.Escapes("async Task M() { try { await F.ReadAsync(); } catch (Exception e) { [|System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e)|]; GC.KeepAlive(e); } }");

    [Fact]
    public void A_rethrow_inside_an_outer_catch() => ErrorQuestions.Guarded("""void M() { try { try { File.Delete("x"); } catch { throw; } } catch { } }""");

    [Fact]
    public void An_inner_typed_catch_inside_an_outer_catch_all() => ErrorQuestions.Guarded("""void M() { try { try { File.Delete("x"); } catch (IOException) { File.Delete("y"); } } catch { } }""");

    [Fact]
    public void An_outer_typed_catch_around_an_inner_catch_all() => ErrorQuestions.Guarded("""void M() { try { try { File.Delete("x"); } catch { } } catch (IOException) { File.Delete("y"); } }""");

    [Fact]
    public void A_catch_all_of_a_try_that_cannot_fail() => ErrorQuestions.Guarded("void M() { try { F.Nothing(); } catch { throw; } }");

    [Fact]
    public void A_finally_that_decrements() => ErrorQuestions.Guarded("""
        async Task M() { try { await F.GuardedAsync(); } finally { _running--; } }
        private int _running;
        """);

    [Fact]
    public void A_finally_that_sets_a_property() => ErrorQuestions.Guarded("""
        async Task M() { try { await F.GuardedAsync(); } finally { Busy = false; } }
        private bool Busy { get; set; }
        """);

    [Fact]
    public void A_finally_that_disposes() => ErrorQuestions.Guarded("async Task M(CancellationTokenSource s) { try { await F.GuardedAsync(); } finally { s.Dispose(); } }");

    [Fact]
    public void A_finally_that_disposes_asynchronously() => ErrorQuestions.Guarded("async Task M(IAsyncDisposable s) { try { await F.GuardedAsync(); } finally { await s.DisposeAsync(); } }");

    [Fact]
    public void A_finally_that_logs() => ErrorQuestions.Guarded("""async Task M() { try { await F.GuardedAsync(); } finally { Console.WriteLine("done"); } }""");

    [Fact]
    public void A_finally_that_stops_a_watch() => ErrorQuestions.Guarded("async Task M(System.Diagnostics.Stopwatch w) { try { await F.GuardedAsync(); } finally { w.Stop(); } }");

    [Fact]
    public void A_finally_with_a_guard_of_its_own() => ErrorQuestions.Guarded("""async Task M() { try { await F.GuardedAsync(); } finally { try { File.Delete("x"); } catch { } } }""");

    [Fact]
    public void A_finally_that_deletes_a_file() => ErrorQuestions.Escapes("""async Task M() { try { await F.GuardedAsync(); } finally { [|File.Delete("x")|]; } }""");

    [Fact]
    public void A_finally_that_awaits_a_write() => ErrorQuestions.Escapes("async Task M() { try { await F.GuardedAsync(); } finally { await [|F.ReadAsync()|]; } }");

    [Fact]
    public void A_finally_that_throws() => ErrorQuestions.Escapes("async Task M(bool b) { try { await F.GuardedAsync(); } finally { if (b) { [|throw new InvalidOperationException();|] } } }");

    [Fact]
    public void A_finally_inside_a_guard() => ErrorQuestions.Guarded("""void M() { try { try { File.Delete("x"); } finally { File.Delete("y"); } } catch { } }""");

    [Fact]
    public void A_using_of_a_library() => ErrorQuestions.Guarded("void M() { using (var s = new SemaphoreSlim(1)) { s.Release(); } using var m = new MemoryStream(); }");

    [Fact]
    public void A_using_whose_type_here_disposes_quietly() => ErrorQuestions.Guarded("""
        void M() { using var s = new Scope(); }
        private sealed class Scope : IDisposable, IAsyncDisposable { public void Dispose() { Console.WriteLine(); } public async ValueTask DisposeAsync() { await Task.Yield(); Console.WriteLine(); } }
        """);

    [Fact]
    public void A_using_whose_type_here_closes_what_it_has() => ErrorQuestions.Guarded("""
        void M(FileStream f) { using var s = new Scope(f); }
        private sealed class Scope(FileStream f) : IDisposable { public void Dispose() => f.Close(); }
        """);

    [Fact]
    public void A_using_whose_type_here_fails_to_dispose() => ErrorQuestions.Escapes("""
        void M() { using var s = [|new Scope()|]; }
        private sealed class Scope : IDisposable, IAsyncDisposable { public void Dispose() { File.ReadAllText("x"); } public async ValueTask DisposeAsync() { await Task.Yield(); File.ReadAllText("x"); } }
        """);

    [Fact]
    public void A_using_statement_whose_type_here_fails_to_dispose() => ErrorQuestions.Escapes("""
        void M() { using ([|new Scope()|]) { F.Nothing(); } }
        private sealed class Scope : IDisposable, IAsyncDisposable { public void Dispose() { throw new InvalidOperationException(); } public async ValueTask DisposeAsync() { await Task.Yield(); throw new InvalidOperationException(); } }
        """);

    [Fact]
    public void An_await_using_whose_type_here_fails_to_dispose() => ErrorQuestions.Escapes("""
        async Task M() { await using var s = [|new Scope()|]; }
        private sealed class Scope : IDisposable, IAsyncDisposable { public void Dispose() { throw new InvalidOperationException(); } public async ValueTask DisposeAsync() { await Task.Yield(); throw new InvalidOperationException(); } }
        """);

    [Fact]
    public void An_await_using_statement_whose_type_here_disposes_quietly() => ErrorQuestions.Guarded("""
        async Task M() { await using (new Scope()) { await Task.Yield(); } }
        private sealed class Scope : IDisposable, IAsyncDisposable { public void Dispose() {  } public async ValueTask DisposeAsync() { await Task.Yield();  } }
        """);

    [Fact]
    public void A_using_inside_a_guard() => ErrorQuestions.Guarded("""
        void M() { try { using var s = new Scope(); } catch { } }
        private sealed class Scope : IDisposable, IAsyncDisposable { public void Dispose() { throw new InvalidOperationException(); } public async ValueTask DisposeAsync() { await Task.Yield(); throw new InvalidOperationException(); } }
        """);
}
