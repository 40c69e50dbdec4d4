using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Where a task of a task can go, and where its inner one is lost on the way.</summary>
public sealed class InnerTaskPlacesTests : RuleTests<UnawaitedInnerTaskAnalyzer>
{
    private const string Send = "\nstatic Task SendAsync(int id = 0) => Task.Delay(id);\nsealed class Holder(Task work) { public Task Work => work; }";

    [Theory]
    [InlineData("Task work; work = [|Task.Factory.StartNew|](() => SendAsync()); await work;")]
    [InlineData("Task work; work = [|Task.Factory.StartNew|](() => SendAsync()); await Task.WhenAll(work, SendAsync());")]
    [InlineData("await (given ?? [|Task.Factory.StartNew|](() => SendAsync()));")]
    [InlineData("await (n switch { 0 => [|Task.Factory.StartNew|](() => SendAsync()), _ => Task.CompletedTask });")]
    [InlineData("await factory?[|.StartNew|](() => SendAsync())!;")]
    [InlineData("await new Holder([|Task.Factory.StartNew|](() => SendAsync())).Work;")]
    [InlineData("await Task.WhenAll(new Task[] { [|Task.Factory.StartNew|](() => SendAsync()) });")]
    [InlineData("await Task.WhenAll((Task[])[[|Task.Factory.StartNew|](() => SendAsync())]);")]
    [InlineData("var all = new Task[1]; all[0] = [|Task.Factory.StartNew|](() => SendAsync()); await Task.WhenAll(all);")]
    [InlineData("var holder = new System.Collections.Generic.List<Task> { [|Task.Factory.StartNew|](() => SendAsync()) }; await Task.WhenAll(holder);")]
    public Task Reports(string statement) => ReportsAsync($"async Task M(int n, Task? given, TaskFactory? factory) {{ {statement} }}" + Send);

    [Theory]
    [InlineData("static readonly Task _work = [|Task.Factory.StartNew|](() => SendAsync());")]
    [InlineData("static Task _work { get; } = [|Task.Factory.StartNew|](() => SendAsync());")]
    [InlineData("Task? _work { get; set; }\nvoid Start() => _work = [|Task.Factory.StartNew|](() => SendAsync());")]
    [InlineData("readonly System.Collections.Generic.List<Task> _all = [];\nTask _work => Task.WhenAll(_all);\nvoid Start() => _all.Add([|Task.Factory.StartNew|](() => SendAsync()));")]
    public Task Reports_a_member_that_is_awaited(string member) => ReportsAsync($"{member}\nasync Task StopAsync() => await _work!;" + Send);

    [Theory]
    [InlineData("static readonly Task<Task> _work = Task.Factory.StartNew(() => SendAsync());")]
    [InlineData("static Task<Task> _work { get; } = Task.Factory.StartNew(() => SendAsync());")]
    [InlineData("Task<Task>? _work;\nvoid Start() => _work = Task.Factory.StartNew(() => SendAsync());")]
    public Task Is_silent_where_a_member_keeps_both(string member) => SilentAsync($"{member}\nasync Task StopAsync() => await await _work!;" + Send);

    [Theory]
    [InlineData("static readonly Task _work = Task.Factory.StartNew(() => SendAsync());")]
    [InlineData("static Task _work { get; } = Task.Factory.StartNew(() => SendAsync());")]
    [InlineData("void Start() { var all = new System.Collections.Generic.List<Task>(); all.Add(Task.Factory.StartNew(() => SendAsync())); }")]
    public Task Is_silent_where_nobody_looks_at_what_keeps_it(string member) => SilentAsync(member + Send);

    [Theory]
    [InlineData("object o = Task.Factory.StartNew(() => SendAsync()); GC.KeepAlive(o);")]
    [InlineData("Task inner; inner = await Task.Factory.StartNew(() => SendAsync()); await inner;")]
    [InlineData("var inner = Task.Factory.StartNew(() => SendAsync()).Result; await inner;")]
    [InlineData("await Task.Factory.StartNew(() => SendAsync()).ContinueWith(work => work.Result.Id);")]
    [InlineData("GC.KeepAlive(Task.Factory.StartNew(() => SendAsync())?.Status);")]
    [InlineData("_ = Task.Factory.StartNew(() => SendAsync()).Status;")]
    [InlineData("await StartAsync(() => 1); static Task<Task> StartAsync(Func<int> count) => Task.FromResult(SendAsync(count()));")]
    public Task Is_silent(string statement) => SilentAsync($"async Task M() {{ {statement} await Task.Yield(); }}" + Send);

    [Fact]
    public Task Is_silent_where_a_blocking_call_hands_out_the_inner_one() => SilentAsync(
        "Task M() => Task.Factory.StartNew(() => SendAsync()).GetAwaiter().GetResult();" + Send);

    [Theory]
    [InlineData("async Task M() { Task.Factory.StartNew(() => SendAsync()).Wait(); await Task.Yield(); }")]
    [InlineData("async Task M() { _ = Task.Factory.StartNew(() => SendAsync()).Result; await Task.Yield(); }")]
    [InlineData("async Task M() { Task.Factory.StartNew(() => SendAsync()).GetAwaiter().GetResult(); await Task.Yield(); }")]
    [InlineData("void M() { lock (this) { Task.Factory.StartNew(() => SendAsync()).Wait(); } }")]
    [InlineData("async Task M() { N(); await Task.Yield(); }\nvoid N() => Task.Factory.StartNew(() => SendAsync()).Wait();")]
    public Task Is_silent_where_the_wait_for_the_outer_one_is_another_rules_question(string member) => SilentAsync(member + Send);

    [Theory]
    [InlineData("await Task.Delay(1, t).ContinueWith(it => it);")]
    [InlineData("await Task.Delay(1, t).ContinueWith(it => { return it; }, TaskScheduler.Default);")]
    public Task Is_silent_where_a_continuation_gives_back_what_is_over(string statement) => SilentAsync($"async Task M(CancellationToken t) {{ {statement} }}");

    [Fact]
    public Task Reports_where_a_continuation_gives_another_task() => ReportsAsync("async Task M(Task other, CancellationToken t) { await [|Task.Delay(1, t).ContinueWith|](it => other); }");
}
