namespace AsyncGuard.Toolbox;

/// <summary>The first operation whose failure leaves the function.</summary>
public sealed class EscapingErrorTests
{
    [Fact]
    public void A_call_into_a_library() => ErrorQuestions.Escapes("""void M() { [|File.Delete("x")|]; }""");

    [Fact]
    public void An_awaited_library() => ErrorQuestions.Escapes("async Task M() { await [|F.ReadAsync()|]; }");

    [Fact]
    public void A_throw() => ErrorQuestions.Escapes("void M() { [|throw new InvalidOperationException();|] }");

    [Fact]
    public void A_throw_expression() => ErrorQuestions.Escapes("""int M(string s) => s == "" ? 1 : [|throw new InvalidOperationException()|];""");

    [Fact]
    public void Before_the_try() => ErrorQuestions.Escapes("""void M() { [|File.Delete("x")|]; try { File.Delete("y"); } catch { } }""");

    [Fact]
    public void After_the_try() => ErrorQuestions.Escapes("""void M() { try { File.Delete("y"); } catch { } [|File.Delete("x")|]; }""");

    [Fact]
    public void A_typed_catch() => ErrorQuestions.Escapes("""void M() { try { [|File.Delete("x")|]; } catch (IOException) { } }""");

    [Fact]
    public void A_filter_that_may_be_false() => ErrorQuestions.Escapes("""void M(bool b) { try { [|File.Delete("x")|]; } catch (Exception) when (b) { } }""");

    [Fact]
    public void A_rethrow() => ErrorQuestions.Escapes("""void M() { try { File.Delete("x"); } catch (Exception) { [|throw;|] } }""");

    [Fact]
    public void A_wrapped_rethrow() => ErrorQuestions.Escapes("""void M() { try { File.Delete("x"); } catch (Exception e) { [|throw new IOException("", e);|] } }""");

    [Fact]
    public void A_typed_rethrow_before_the_catch_all() => ErrorQuestions.Escapes("""void M() { try { File.Delete("x"); } catch (IOException) { [|throw;|] } catch { } }""");

    [Fact]
    public void A_handler_that_writes_to_a_disk() => ErrorQuestions.Escapes("""void M() { try { File.Delete("x"); } catch { [|File.Delete("log")|]; } }""");

    [Fact]
    public void A_finally_that_writes_to_a_disk() => ErrorQuestions.Escapes("""void M() { try { File.Delete("x"); } catch { } finally { [|File.Delete("log")|]; } }""");

    [Fact]
    public void A_try_without_a_catch() => ErrorQuestions.Escapes("""void M() { try { [|File.Delete("x")|]; } finally { } }""");

    [Fact]
    public void A_callee() => ErrorQuestions.Escapes("""
        async Task M() { await [|A()|]; }
        async Task A() { await F.ReadAsync(); }
        """);

    [Fact]
    public void Five_calls_deep_too() => ErrorQuestions.Escapes("""
        async Task M() { await [|A()|]; }
        Task A() => B();
        async Task B() => await C();
        async Task C() { await D(); }
        Task D() { return E(); }
        async Task E() { await F.ReadAsync(); }
        """);

    [Fact]
    public void A_recursion_that_fails() => ErrorQuestions.Escapes("""
        async Task M() { await [|A()|]; }
        async Task A() { await B(); }
        async Task B() { await A(); await F.ReadAsync(); }
        """);

    [Fact]
    public void An_interface() => ErrorQuestions.Escapes("void M(IWork w) { [|w.Work()|]; }");

    [Fact]
    public void A_virtual_call() => ErrorQuestions.Escapes("void M(Open w) { [|w.Work()|]; }");

    [Fact]
    public void A_delegate() => ErrorQuestions.Escapes("void M(Action a) { [|a()|]; }");

    [Fact]
    public void An_event() => ErrorQuestions.Escapes("""
        void M() { [|Happened()|]; }
        event Action Happened;
        """);

    [Fact]
    public void A_query() => ErrorQuestions.Escapes("void M(System.Collections.Generic.IEnumerable<int> q) { foreach (var i in [|q|]) { GC.KeepAlive(i); } }");

    [Fact]
    public void An_index() => ErrorQuestions.Escapes("int M(int[] a, int i) => [|a[i]|];");

    [Fact]
    public void A_key() => ErrorQuestions.Escapes("int M(System.Collections.Generic.Dictionary<int, int> d) => [|d[1]|];");

    [Fact]
    public void A_blocked_task() => ErrorQuestions.Escapes("int M(Task<int> t) => [|t.Result|];");

    [Fact]
    public void An_awaited_parameter() => ErrorQuestions.Escapes("async Task M(Task t) { [|await t|]; }");

    [Fact]
    public void WhenAll_of_a_list() => ErrorQuestions.Escapes("async Task M(Task[] all) { await [|Task.WhenAll(all)|]; }");

    [Fact]
    public void An_awaited_lambda() => ErrorQuestions.Escapes("""async Task M() { await [|Task.Run(() => File.Delete("x"))|]; }""");

    [Fact]
    public void A_bounded_wait() => ErrorQuestions.Escapes("async Task M(Task t) { await [|F.GuardedAsync().WaitAsync(TimeSpan.FromSeconds(1))|]; }");

    [Fact]
    public void An_opened_file() => ErrorQuestions.Escapes("""void M() { using var f = [|new FileStream("x", FileMode.Open)|]; }""");

    [Fact]
    public void A_called_local_function() => ErrorQuestions.Escapes("""void M() { [|L()|]; void L() => File.Delete("x"); }""");

    [Fact]
    public void A_returned_task_of_a_library() => ErrorQuestions.Escapes("Task M() => [|F.ReadAsync()|];");

    [Fact]
    public void An_iterator_s_body() => ErrorQuestions.Escapes("""System.Collections.Generic.IEnumerable<int> M() { [|File.Delete("x")|]; yield return 1; }""");

    [Fact]
    public void A_constructor_of_this_compilation() => ErrorQuestions.Escapes("void M() { GC.KeepAlive([|new Opens()|]); }");

    [Fact]
    public void A_getter_of_this_compilation() => ErrorQuestions.Escapes("string M() => [|F.Text|];");

    [Fact]
    public void A_null_that_is_no_argument() => ErrorQuestions.Escapes("void M(string s) { var t = s; if (t == null) { [|throw new ArgumentNullException(nameof(t));|] } }");

    [Fact]
    public void An_argument_that_is_out_of_range_without_a_name() => ErrorQuestions.Escapes("void M(int n) { if (n > 1) { [|throw new ArgumentOutOfRangeException();|] } }");

    [Fact]
    public void A_state_that_is_named_like_an_argument() => ErrorQuestions.Escapes("void M(int n) { if (n > 1) { [|throw new InvalidOperationException(nameof(n));|] } }");

    [Fact]
    public void A_question_that_is_answered_later() => ErrorQuestions.Escapes("async Task<bool> M(System.IO.Pipes.NamedPipeServerStream s) { await [|s.WaitForConnectionAsync()|]; return s.IsConnected; }");

    [Fact]
    public void A_predicate_that_removes_and_fails() => ErrorQuestions.Escapes("int M(System.Collections.Generic.List<string> l) => [|l.RemoveAll(x => int.Parse(x) > 1)|];");

    [Fact]
    public void An_element_at_an_index_that_only_grows() => ErrorQuestions.Escapes("int M(int[] a, bool b) { var i = 0; i = b ? i + 1 : i; return [|a[i]|]; }");

    [Theory]
    [InlineData("private System.Collections.Generic.IEnumerable<int> _all = new[] { 1 };")]
    [InlineData("private readonly System.Collections.Generic.IEnumerable<int> _all = Read(); private static System.Collections.Generic.IEnumerable<int> Read() { yield return File.ReadAllText(\"x\").Length; }")]
    public void Others_that_are_enumerated(string members) => ErrorQuestions.Escapes($"void M() {{ foreach (var each in [|_all|]) {{ GC.KeepAlive(each); }} }}\n{members}");

    [Fact]
    public void What_a_method_is_given_enumerated() => ErrorQuestions.Escapes("void M(System.Collections.Generic.IEnumerable<int> all) { foreach (var each in [|all|]) { GC.KeepAlive(each); } }");

    [Theory]
    [InlineData("l.ForEach(x => GC.KeepAlive(x));")]
    [InlineData("l.ForEach(Keep);")]
    [InlineData("l?.ForEach(delegate { });")]
    public void A_list_each_of_which_is_only_kept(string each) => ErrorQuestions.Guarded(Each(each));

    [Theory]
    [InlineData("[|l.ForEach(x => int.Parse(x))|];")]
    [InlineData("[|l.ForEach(Read)|];")]
    [InlineData("[|l.ForEach(use)|];")]
    public void A_list_each_of_which_is_read(string each) => ErrorQuestions.Escapes(Each(each));

    private static string Each(string each) =>
        $$"""
        void M(System.Collections.Generic.List<string> l, Action<string> use) { {{each}} }
        static void Keep(string text) => GC.KeepAlive(text);
        static void Read(string text) => int.Parse(text);
        """;
}
