namespace AsyncGuard.Toolbox;

/// <summary>Expressions that may fail by themselves, and those that cannot reasonably do so.</summary>
public sealed class FallibleExpressionTests
{
    [Fact]
    public void A_cast_of_a_sender() => ErrorQuestions.Guarded("void M(object sender) { var s = (string)sender; GC.KeepAlive(s); }");

    [Fact]
    public void An_as() => ErrorQuestions.Guarded("""void M(object o) { var s = (o ?? "") as string; GC.KeepAlive(s); }""");

    [Fact]
    public void A_pattern() => ErrorQuestions.Guarded("int M(object o) => o is string { Length: > 1 } s && s.Length > 2 ? 1 : 0;");

    [Fact]
    public void A_cast_to_a_base_type() => ErrorQuestions.Guarded("object M(string s) { var o = s; return (IComparable)o; }");

    [Fact]
    public void A_cast_of_numbers() => ErrorQuestions.Guarded("int M(long l, double d) => (int)(l + 1) + (int)(d + 1);");

    [Fact]
    public void A_cast_to_an_enumeration() => ErrorQuestions.Guarded("DayOfWeek M(int day) => (DayOfWeek)(day + 1);");

    [Fact]
    public void A_cast_of_something_else() => ErrorQuestions.Escapes("""
        string M() => [|(string)Held|];
        private object Held { get; set; } = 1;
        """);

    [Fact]
    public void An_unboxing() => ErrorQuestions.Escapes("""
        int M() => [|(int)_held|] + 1;
        private object _held = 1;
        """);

    [Fact]
    public void A_division_by_a_constant() => ErrorQuestions.Guarded("int M(int a) => a / 2 + a % 3;");

    [Fact]
    public void A_division_of_fractions() => ErrorQuestions.Guarded("double M(double a, double b) => a / b;");

    [Fact]
    public void A_division() => ErrorQuestions.Escapes("int M(int a, int b) => [|a / b|];");

    [Fact]
    public void A_remainder() => ErrorQuestions.Escapes("long M(long a, long b) => 1 + [|a % b|];");

    [Fact]
    public void A_division_of_money() => ErrorQuestions.Escapes("decimal M(decimal a, decimal b) => [|a / b|];");

    [Fact]
    public void A_division_in_place() => ErrorQuestions.Escapes("void M(int a, int b) { [|a /= b|]; }");

    [Fact]
    public void An_overflow_that_wraps() => ErrorQuestions.Guarded("int M(int a, int b) => unchecked(a * b) + a - b;");

    [Fact]
    public void A_checked_sum() => ErrorQuestions.Escapes("int M(int a, int b) => checked([|a + b|]);");

    [Fact]
    public void A_checked_cast() => ErrorQuestions.Escapes("int M(long a) => checked([|(int)(a)|]);");

    [Fact]
    public void A_checked_step() => ErrorQuestions.Escapes("void M(int a) { checked { [|a++|]; } }");

    [Fact]
    public void An_index_of_a_counting_loop() => ErrorQuestions.Guarded("void M(int[] a) { for (var i = 0; i < a.Length; i++) { a[i] = i; } }");

    [Fact]
    public void An_index_from_the_end() => ErrorQuestions.Escapes("int M(int[] a) => [|a[^1]|];");

    [Fact]
    public void A_slice() => ErrorQuestions.Escapes("string M(string s) => [|s[1..]|];");

    [Fact]
    public void A_character() => ErrorQuestions.Escapes("char M(string s, int i) => [|s[i]|];");

    [Fact]
    public void A_list_s_item() => ErrorQuestions.Escapes("int M(System.Collections.Generic.List<int> l) => [|l[0]|];");

    [Fact]
    public void A_written_key() => ErrorQuestions.Guarded("void M(System.Collections.Generic.Dictionary<int, int> d) { d[1] = 2; }");

    [Fact]
    public void A_tried_key() => ErrorQuestions.Guarded("int M(System.Collections.Generic.Dictionary<int, int> d) => d.TryGetValue(1, out var v) ? v : 0;");

    [Fact]
    public void A_parse() => ErrorQuestions.Escapes("int M(string s) => [|int.Parse(s)|];");

    [Fact]
    public void A_tried_parse() => ErrorQuestions.Guarded("int M(string s) => int.TryParse(s, out var i) ? i : 0;");

    [Fact]
    public void A_conversion_by_Convert() => ErrorQuestions.Escapes("int M(string s) => [|Convert.ToInt32(s)|];");

    [Fact]
    public void A_throw_after_a_null_test() => ErrorQuestions.Escapes("string M(string s) => s ?? [|throw new ArgumentNullException()|];");

    [Fact]
    public void A_switch_that_throws() => ErrorQuestions.Escapes("int M(int a) => a switch { 1 => 2, _ => [|throw new InvalidOperationException()|] };");

    [Fact]
    public void A_switch_statement_that_throws() => ErrorQuestions.Escapes("int M(int a) { switch (a) { case 1: return 2; default: [|throw new InvalidOperationException();|] } }");

    [Fact]
    public void A_null_forgiven() => ErrorQuestions.Guarded("int M(string? s) => s!.Length;");

    [Fact]
    public void A_null_conditional() => ErrorQuestions.Guarded("int M(string? s) => s?.Length ?? 0;");

    [Fact]
    public void A_stack_allocation() => ErrorQuestions.Guarded("int M() { Span<int> s = stackalloc int[4]; return s.Length; }");

    [Fact]
    public void A_reference() => ErrorQuestions.Guarded("void M(int a) { ref var r = ref a; r = 1; }");

    [Fact]
    public void An_interpolated_text() => ErrorQuestions.Guarded("""string M(int a, DateTime b) => $"{a:N0} at {b:O} {a + 1}";""");

    [Fact]
    public void An_interpolated_text_that_reads_a_file() => ErrorQuestions.Escapes("""string M() => $"{[|F.Text|]}";""");

    [Fact]
    public void A_constant_format() => ErrorQuestions.Guarded("""string M(int a) => string.Format("{0} of {1}", a, 2);""");

    [Fact]
    public void A_format_from_elsewhere() => ErrorQuestions.Escapes("string M(string format) => [|string.Format(format, 1)|];");

    [Fact]
    public void A_lock() => ErrorQuestions.Guarded("""
        private readonly object _gate = new();
        void M() { lock (_gate) { F.Nothing(); } }
        """);

    [Fact]
    public void A_lock_around_a_call_that_fails() => ErrorQuestions.Escapes("""void M() { lock (this) { [|File.Delete("x")|]; } }""");

    [Fact]
    public void A_jump() => ErrorQuestions.Guarded("void M(int a) { again: a--; if (a > 0) { goto again; } }");

    [Fact]
    public void A_yield() => ErrorQuestions.Guarded("System.Collections.Generic.IEnumerable<int> M() { yield return 1; yield break; }");

    [Fact]
    public void A_tuple() => ErrorQuestions.Guarded("int M(int a) { var (b, c) = (a, a + 1); return b + c; }");

    [Fact]
    public void A_with_expression() => ErrorQuestions.Guarded("object M() { var p = new Pair(1, 2); return p with { A = 3 }; }");

    [Fact]
    public void A_dynamic_call() => ErrorQuestions.Escapes("void M(dynamic d) { [|d.Work()|]; }");

    [Fact]
    public void A_dynamic_property() => ErrorQuestions.Escapes("object M(dynamic d) => [|d.Name|];");

    [Fact]
    public void A_watch_and_a_die() => ErrorQuestions.Guarded("long M() { var w = System.Diagnostics.Stopwatch.StartNew(); var r = Random.Shared.Next(3); return w.ElapsedMilliseconds + r; }");

    [Fact]
    public void A_query_over_a_list() => ErrorQuestions.Guarded("""
        using System.Linq;
        using System.Collections.Generic;

        int M(List<int> l) { foreach (var i in l.Where(each => each > 1).OrderBy(each => each)) { GC.KeepAlive(i); } return l.Count(each => each > 2); }
        """);

    [Fact]
    public void A_property_that_gives_a_query_over_a_list() => ErrorQuestions.Guarded("""
        using System.Linq;
        using System.Collections.Generic;

        private readonly List<int> _all = new List<int>();
        private IEnumerable<int> Big => _all.Where(each => each > 1);
        bool M() => Big.Any(each => each > 2);
        """);

    [Fact]
    public void A_property_that_gives_itself() => ErrorQuestions.Guarded("""
        using System.Linq;
        using System.Collections.Generic;

        private IEnumerable<int> Big => Big.Where(each => each > 1);
        bool M() => Big.Any(each => each > 2);
        """);

    [Fact]
    public void A_query_over_a_list_that_fails() => ErrorQuestions.Escapes("""
        using System.Linq;
        using System.Collections.Generic;

        void M(List<int> l) { foreach (var i in [|l.Select(each => File.ReadAllText("x"))|]) { GC.KeepAlive(i); } }
        """);

    [Fact]
    public void A_query_that_is_not_run() => ErrorQuestions.Guarded("""
        using System.Linq;
        using System.Collections.Generic;

        object M(List<int> l) => l.Select(each => File.ReadAllText("x"));
        """);

    [Fact]
    public void A_query_that_is_run() => ErrorQuestions.Escapes("""
        using System.Linq;
        using System.Collections.Generic;

        object M(List<int> l) => [|l.Select(each => File.ReadAllText("x")).ToList()|];
        """);

    [Fact]
    public void The_first_of_a_query() => ErrorQuestions.Escapes("""
        using System.Linq;
        using System.Collections.Generic;

        int M(List<int> l) => [|l.First()|];
        """);

    [Fact]
    public void A_stream_from_elsewhere() => ErrorQuestions.Escapes("""
        using System.Collections.Generic;

        async Task M(IAsyncEnumerable<int> s) { await foreach (var i in [|s|]) { GC.KeepAlive(i); } }
        """);

    [Fact]
    public void An_iterator_that_is_not_run() => ErrorQuestions.Guarded("""
        using System.Collections.Generic;

        void M() { GC.KeepAlive(Items()); }
        IEnumerable<string> Items() { yield return File.ReadAllText("x"); }
        """);

    [Theory]
    [InlineData("int M(int a) => a / _n; private readonly int _n = 2;")]
    [InlineData("int M(int a) => a % Every; private int Every { get; set; } = 2;")]
    public void A_division_by_a_setting(string members) => ErrorQuestions.Guarded(members);

    [Fact]
    public void A_division_by_an_element() => ErrorQuestions.Escapes("int M(int a, System.Collections.Generic.List<int> l) { var i = 0; i = (i + 1) % 2; return [|a / l[i]|]; }");

    [Fact]
    public void A_record_of_a_library_s() => ErrorQuestions.Guarded("object M() => new AsyncGuard.SupervisorAlert(\"x\", default, \"y\", 1, null, default);");

    [Theory]
    [InlineData("int M(int a, int b) => a / Math.Max(b, 1);")]
    [InlineData("long M(long a, double b) { var rate = (long)Math.Max(Math.Floor(b), 1); return a / rate; }")]
    public void A_division_by_what_is_kept_above_zero(string members) => ErrorQuestions.Guarded(members);

    [Theory]
    [InlineData("int M(int a, int b) => [|a / Math.Max(b, 0)|];")]
    [InlineData("int M(int a, int b, bool c) { var rate = Math.Max(b, 1); if (c) { rate = b; } return [|a / rate|]; }")]
    public void A_division_by_what_is_not(string members) => ErrorQuestions.Escapes(members);

    [Fact]
    public void A_call_into_the_system() => ErrorQuestions.Guarded("void M() { Beep(1); }\n[System.Runtime.InteropServices.DllImport(\"kernel32\")] private static extern int Beep(int tone);");

    [Fact]
    public void A_library_s_property_enumerated() => ErrorQuestions.Guarded("void M(System.Reflection.Assembly a) { foreach (var each in a.DefinedTypes) { GC.KeepAlive(each); } }");

    [Fact]
    public void A_library_s_query_enumerated() => ErrorQuestions.Escapes("void M(string path) { foreach (var each in [|Directory.EnumerateFiles(path)|]) { GC.KeepAlive(each); } }");
}
