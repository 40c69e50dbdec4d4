using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Work that is put off: what must be evaluated at once is, what kept it from starting still does, what followed it follows.</summary>
public sealed class PuttingOffTests : RuleTests<UnobservedTaskAnalyzer, UnobservedTaskFix>
{
    private const string Send = "\nasync Task SendAsync(int id, CancellationToken token = default) => await System.IO.File.ReadAllTextAsync(\"x\" + id, token);";

    [Fact]
    public Task An_argument_with_an_effect_is_evaluated_at_once() => Supervised(
        """
        private int _next;
        void M()
        {
            // the next
            _ = SendAsync(_next++); // soon
        }
        """,
        """
        private int _next;
        void M()
        {
            // the next
            var id = _next++;
            Supervisor.Default.Run("Send", ct => SendAsync(id, ct)); // soon
        }
        """,
        "SendAsync");

    [Theory]
    [InlineData("++_next")]
    [InlineData("--_next")]
    [InlineData("_next--")]
    [InlineData("_next += 2")]
    [InlineData("Take(ref _next)")]
    [InlineData("Make(out _next)")]
    public Task An_argument_that_changes_something_is_evaluated_at_once(string argument) => Supervised(
        $$"""
        private int _next;
        void M()
        {
            _ = SendAsync({{argument}});
        }
        static int Take(ref int n) => n++;
        static int Make(out int n) => n = 1;
        """,
        $$"""
        private int _next;
        void M()
        {
            var id = {{argument}};
            Supervisor.Default.Run("Send", ct => SendAsync(id, ct));
        }
        static int Take(ref int n) => n++;
        static int Make(out int n) => n = 1;
        """,
        "SendAsync");

    [Fact]
    public Task What_is_the_same_at_any_time_stays_where_it_is() => Supervised(
        """
        private int _next;
        private readonly int _own = 1;
        private const int Fixed = 2;
        void M()
        {
            _ = ManyAsync(this, typeof(int), default(int), Fixed, _own, nameof(M), Static, _next++);
        }
        static void Static() { }
        Task ManyAsync(object a, Type b, int c, int d, int e, string f, Action g, int count) => SendAsync(c + d + e + count);
        """,
        """
        private int _next;
        private readonly int _own = 1;
        private const int Fixed = 2;
        void M()
        {
            var count = _next++;
            Supervisor.Default.Run("Many", _ => ManyAsync(this, typeof(int), default(int), Fixed, _own, nameof(M), Static, count));
        }
        static void Static() { }
        Task ManyAsync(object a, Type b, int c, int d, int e, string f, Action g, int count) => SendAsync(c + d + e + count);
        """,
        "ManyAsync");

    [Theory]
    [InlineData("SendAsync(1).ConfigureAwait(false)")]
    [InlineData("(SendAsync(1))")]
    [InlineData("SendAsync(1)!")]
    public Task A_coat_is_taken_off(string dropped) => Supervised(
        $"void M() {{ _ = {dropped}; }}", "void M() { Supervisor.Default.Run(\"Send\", ct => SendAsync(1, ct)); }", "SendAsync");

    [Fact]
    public Task An_argument_that_takes_from_a_queue_is_evaluated_at_once() => Supervised(
        """
        void M(System.Collections.Generic.Queue<int> q)
        {
            _ = SendAsync(q.Dequeue());
        }
        """,
        """
        void M(System.Collections.Generic.Queue<int> q)
        {
            var id = q.Dequeue();
            Supervisor.Default.Run("Send", ct => SendAsync(id, ct));
        }
        """,
        "SendAsync");

    [Fact]
    public Task All_arguments_are_evaluated_in_their_order() => Supervised(
        """
        private int _last;
        void M(Subject other, int fixedId)
        {
            other.Next().PairAsync(_last, other.Count(), fixedId, third: 3);
        }
        Subject Next() => this;
        int Count() => _last++;
        Task PairAsync(int first, int second, int id, int third) => SendAsync(first + second + id + third);
        """,
        """
        private int _last;
        void M(Subject other, int fixedId)
        {
            var target = other.Next();
            var first = _last;
            var second = other.Count();
            Supervisor.Default.Run("Pair", _ => target.PairAsync(first, second, fixedId, third: 3));
        }
        Subject Next() => this;
        int Count() => _last++;
        Task PairAsync(int first, int second, int id, int third) => SendAsync(first + second + id + third);
        """,
        "other.Next().PairAsync");

    [Theory]
    [InlineData("id = 5;")]
    [InlineData("id++;")]
    [InlineData("--id;")]
    [InlineData("Change(ref id);")]
    [InlineData("id += 1;")]
    public Task A_parameter_that_changes_later_is_kept(string change) => Supervised(
        $"void M(int id)\n{{\n    _ = SendAsync(id);\n    {change}\n}}\nstatic void Change(ref int n) => n++;",
        $"void M(int id)\n{{\n    var idNow = id;\n    Supervisor.Default.Run(\"Send\", ct => SendAsync(idNow, ct));\n    {change}\n}}\nstatic void Change(ref int n) => n++;",
        "SendAsync");

    [Fact]
    public Task A_name_that_is_taken_is_left_alone() => Supervised(
        """
        void M(int id, System.Collections.Generic.Queue<int> q)
        {
            _ = SendAsync(q.Dequeue() + id);
        }
        """,
        """
        void M(int id, System.Collections.Generic.Queue<int> q)
        {
            var idNow = q.Dequeue() + id;
            Supervisor.Default.Run("Send", ct => SendAsync(idNow, ct));
        }
        """,
        "SendAsync");

    [Fact]
    public Task A_statement_that_stands_alone_gets_a_block() => Supervised(
        """
        void M(System.Collections.Generic.Queue<int> q)
        {
            if (q.Count > 0)
                _ = SendAsync(q.Dequeue());
        }
        """,
        """
        void M(System.Collections.Generic.Queue<int> q)
        {
            if (q.Count > 0)
            {
                var id = q.Dequeue();
                Supervisor.Default.Run("Send", ct => SendAsync(id, ct));
            }
        }
        """,
        "SendAsync");

    [Fact]
    public Task A_field_that_is_set_inside_is_set_at_once() => Supervised(
        """
        private int _last;
        void M(int given)
        {
            _ = SendAsync(_last = given);
        }
        """,
        """
        private int _last;
        void M(int given)
        {
            var id = _last = given;
            Supervisor.Default.Run("Send", ct => SendAsync(id, ct));
        }
        """,
        "SendAsync");

    [Fact]
    public Task An_argument_of_an_arrow_has_nowhere_to_go() => NotFixedAsync(
        "Subject(System.Collections.Generic.Queue<int> q) => _ = [|SendAsync|](q.Dequeue());" + Send, Has.Runtime);

    [Fact]
    public Task A_token_that_keeps_work_from_starting_still_does() => Supervised(
        """
        void M(int id, CancellationToken stop)
        {
            Task.Run(() => SendAsync(id), stop);
        }
        """,
        """
        void M(int id, CancellationToken stop)
        {
            Supervisor.Default.Run("Send", ct =>
            {
                if (stop.IsCancellationRequested)
                {
                    return Task.CompletedTask;
                }

                return SendAsync(id, ct);
            });
        }
        """,
        "Task.Run");

    [Fact]
    public Task A_token_that_keeps_a_block_from_starting_still_does() => Supervised(
        """
        void M(int id, CancellationToken stop)
        {
            Task.Run(async () =>
            {
                await SendAsync(id);
            }, stop);
        }
        """,
        """
        void M(int id, CancellationToken stop)
        {
            Supervisor.Default.Run("M", async ct =>
            {
                if (stop.IsCancellationRequested)
                {
                    return;
                }

                await SendAsync(id, ct);
            });
        }
        """,
        "Task.Run");

    [Fact]
    public Task A_token_that_means_nothing_is_left_out() => Supervised(
        "void M(int id) { Task.Run(() => SendAsync(id), CancellationToken.None); }",
        "void M(int id) { Supervisor.Default.Run(\"Send\", ct => SendAsync(id, ct)); }",
        "Task.Run");

    [Fact]
    public Task A_task_started_by_hand_is_run() => Supervised(
        "void M(string path) { new Task(() => System.IO.File.Delete(path)).Start(); }",
        "void M(string path) { Supervisor.Default.Run(\"Delete\", _ => { System.IO.File.Delete(path); return Task.CompletedTask; }); }",
        "Task");

    [Fact]
    public Task A_task_given_to_a_method_that_forgets_it_is_run() => Supervised(
        "void M(int id) { Forget(SendAsync(id)); }\nvoid Forget(Task t) { }",
        "void M(int id) { Supervisor.Default.Run(\"Send\", ct => SendAsync(id, ct)); }\nvoid Forget(Task t) { }",
        "SendAsync");

    [Fact]
    public Task What_follows_success_only_is_run_after_it() => Supervised(
        """
        void M(int id)
        {
            SendAsync(id).ContinueWith(_ => Console.WriteLine("sent"), TaskContinuationOptions.OnlyOnRanToCompletion);
        }
        """,
        """
        void M(int id)
        {
            Supervisor.Default.Run("Send", async ct =>
            {
                await SendAsync(id, ct);
                Console.WriteLine("sent");
            });
        }
        """,
        "SendAsync");

    [Fact]
    public Task What_follows_a_delay_is_run_after_it() => Supervised(
        """
        void M(string path)
        {
            Task.Delay(9).ContinueWith(_ => System.IO.File.Delete(path));
        }
        """,
        """
        void M(string path)
        {
            Supervisor.Default.Run("M", async ct =>
            {
                await Task.Delay(9, ct);
                System.IO.File.Delete(path);
            });
        }
        """,
        "Task.Delay(9).ContinueWith");

    private static Task Supervised(string before, string after, string marked)
    {
        var at = before.IndexOf(marked + "(", StringComparison.Ordinal);
        return FixesAsync(
            UnobservedTaskFix.Run,
            $"using AsyncGuard;\n{before[..at]}[|{marked}|]{before[(at + marked.Length)..]}{Send}",
            $"using AsyncGuard;\n{after}{Send}",
            Has.Runtime);
    }
}
