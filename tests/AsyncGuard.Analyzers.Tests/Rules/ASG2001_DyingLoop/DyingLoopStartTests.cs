using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Loops that a stop, a timer or nobody looks after.</summary>
public sealed class DyingLoopStartTests : RuleTests<DyingLoopAnalyzer>
{
    [Fact]
    public Task Reports_a_loop_whose_task_only_a_stop_looks_at() => ReportsAsync("""
        private Task _running;

        void Start() => _running = ListenAsync();

        Task StopAsync() => _running;

        async Task ListenAsync()
        {
            {|ASG2001:while (true)|}
            {
                await System.IO.File.ReadAllTextAsync("x");
            }
        }
        """);

    [Fact]
    public Task Is_silent_where_somebody_else_looks_at_the_task() => SilentAsync("""
        private Task _running;

        void Start() => _running = ListenAsync();

        Task CompletionAsync() => _running;

        async Task ListenAsync()
        {
            while (true)
            {
                await System.IO.File.ReadAllTextAsync("x");
            }
        }
        """);

    [Fact]
    public Task Reports_a_loop_behind_a_continuation_that_hides_the_fault() => ReportsAsync("""
        void Start() => ListenAsync().ContinueWith(_ => Console.WriteLine("over"));

        async Task ListenAsync()
        {
            {|ASG2001:while (true)|}
            {
                await System.IO.File.ReadAllTextAsync("x");
            }
        }
        """);

    [Fact]
    public Task Is_silent_where_a_timer_starts_the_loop_again() => SilentAsync("""
        private Timer _timer;

        void Start()
        {
            _ = ListenAsync();
            _timer = new Timer(state => { _ = ListenAsync(); }, null, 0, 1000);
        }

        async Task ListenAsync()
        {
            while (true)
            {
                await System.IO.File.ReadAllTextAsync("x");
            }
        }
        """);

    [Fact]
    public Task Is_silent_where_only_a_stop_is_thrown_on() => SilentAsync("""
        void Start(CancellationToken stop) => _ = ListenAsync(stop);

        async Task ListenAsync(CancellationToken stop)
        {
            while (true)
            {
                try
                {
                    await System.IO.File.ReadAllTextAsync("x", stop);
                }
                catch when (stop.IsCancellationRequested)
                {
                    throw;
                }
                catch (Exception e)
                {
                    Console.WriteLine(e);
                }
            }
        }
        """);
}
