using System.Text.RegularExpressions;
using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>
/// What users of other analyzers complain of, where it concerns lost work and error handling: reported although it is right, or not reported
/// although it is wrong.
/// </summary>
/// <remarks>
/// A line that ends in <c>// ASG1001</c> is to be reported so, every other line is to be left alone by the rules of lost and of long-running
/// work. A marker of a rule that does not exist yet waits for it.
/// </remarks>
public sealed partial class PeerComplaintTests
{
    private const string Guarded = "private static async Task GuardedAsync() { try { await SaveAsync(); } catch (Exception e) { Console.Error.WriteLine(e); } }";
    private const string Fails = "private static Task SaveAsync() => System.IO.File.WriteAllTextAsync(\"x\", \"y\");";

    [Theory]
    [MemberData(nameof(Complaints))]
    public async Task Is_answered(string complaint, string code)
    {
        var example = Example.OfCode(Snippet.InClass($"using System.Collections.Generic;\nusing System.IO;\nusing Microsoft.Extensions.Hosting;\n\n{code}\n{Guarded}\n{Fails}"));
        Assert.Empty(example.Errors);
        var expected = example.Lines().SelectMany(line => Marker.Matches(line.Text).Select(id => (line.Number, id.Value))).Where(each => Catalogue.Rules.Any(it => it.Rule.Id == each.Value));
        var found = await example.FindingsAsync(Catalogue.Rules.Where(each => IsAsked(each.Rule.Id)).Select(each => each.Analyzer).Distinct());
        Assert.True(expected.Order().SequenceEqual(found.Select(each => (Example.LineOf(each), each.Id)).Order()), $"{complaint}: {string.Join("; ", found.Select(each => each.ToString()))}");
    }

    private static bool IsAsked(string id) => id.StartsWith("ASG1", StringComparison.Ordinal) || id.StartsWith("ASG2", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<=// .*)ASG\d{4}")]
    private static partial Regex Marker { get; }

    public static TheoryData<string, string> Complaints => new()
    {
        { "Intentional fire-and-forget of work that handles its errors", "void M() { _ = GuardedAsync(); }" },
        { "The same in an async function", "async Task M() { _ = GuardedAsync(); await Task.Yield(); }" },
        { "The same as a statement of a function that is not async", "void M() { GuardedAsync(); }" },
        { "The same through a helper that hands the task on", "void M() { _ = Go(); }\nprivate static Task Go() => GuardedAsync();" },
        { "The same through five helpers", "void M() { _ = A(); }\nTask A() => B();\nasync Task B() => await C();\nasync Task C() { await D(); }\nTask D() => E();\nasync Task E() => await GuardedAsync();" },
        { "A body of Task.Run that catches everything", "void M() { Task.Run(async () => { try { await SaveAsync(); } catch (Exception e) { Console.Error.WriteLine(e); } }); }" },
        { "A body of Task.Run that catches all but a stop", "void M(CancellationToken t) { _ = Task.Run(async () => { try { await SaveAsync(); } catch (Exception e) when (e is not OperationCanceledException) { Console.Error.WriteLine(e); } }, t); }" },
        { "A body that rethrows a stop and catches the rest", "void M() { _ = Task.Run(async () => { try { await SaveAsync(); } catch (OperationCanceledException) { throw; } catch (Exception e) { Console.Error.WriteLine(e); } }); }" },
        { "A catch-all with the author's own filter", "void M() { _ = Task.Run(async () => { try { await SaveAsync(); } catch (Exception e) when (!IsFatal(e)) { Console.Error.WriteLine(e); } }); }\nstatic bool IsFatal(Exception e) => e is OutOfMemoryException or StackOverflowException;" },
        { "A method group of Task.Run that handles its errors", "void M() { _ = Task.Run(GuardedAsync); }" },
        { "A delegate in a local that handles its errors", "void M() { Func<Task> work = async () => { try { await SaveAsync(); } catch { } }; _ = work(); }" },
        { "A helper that catches whatever the delegate it is given throws", "void M() { _ = SafeAsync(() => SaveAsync()); }\nstatic async Task SafeAsync(Func<Task> work) { try { await work(); } catch (Exception e) { Console.Error.WriteLine(e); } }" },
        { "A helper that does not catch, given a delegate that does", "void M() { _ = TimedAsync(async () => { try { await SaveAsync(); } catch { } }); }\npublic static async Task TimedAsync(Func<Task> work) { var watch = System.Diagnostics.Stopwatch.StartNew(); await work(); Console.WriteLine(watch.Elapsed); }" },
        { "A continuation for the fault that logs it", "void M() { SaveAsync().ContinueWith(t => Console.Error.WriteLine(t.Exception), TaskContinuationOptions.OnlyOnFaulted); }" },
        { "A continuation for everything but success that logs it", "void M() { _ = SaveAsync().ContinueWith(t => Console.Error.WriteLine(t.Exception), TaskContinuationOptions.NotOnRanToCompletion); }" },
        { "A continuation that looks at the fault", "void M() { SaveAsync().ContinueWith(t => { if (t.IsFaulted) { Console.Error.WriteLine(t.Exception); } }); }" },
        { "A finished task", "void M() { _ = Done(); }\nstatic Task Done() { Console.WriteLine(); return Task.CompletedTask; }" },
        { "A delay that nobody waits for", "void M(CancellationToken t) { _ = Task.Delay(1000, t); }" },
        { "A fluent interface that may be awaited at its end", "void M(Query q) { q.Where(); }\nsealed class Query { public Query Where() => this; public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.CompletedTask.GetAwaiter(); }" },
        { "A task inside an anonymous object that is awaited", "async Task M() { var work = new { Task = SaveAsync() }; await work.Task; }" },
        { "A task in a field that the stop observes", "private Task? _work;\nvoid Start() { _work = SaveAsync(); }\npublic async Task StopAsync() { if (_work != null) { await _work; } }" },
        { "An async void method that catches everything", "async void M() { try { await SaveAsync(); } catch (Exception e) { Console.Error.WriteLine(e); } }" },
        { "An event handler that catches everything", "async void OnTick(object? sender, EventArgs e) { try { await SaveAsync(); } catch (Exception x) { Console.Error.WriteLine(x); } }" },
        { "An event handler that only calls what handles its errors", "async void OnTick(object? sender, EventArgs e) { await GuardedAsync(); }" },
        { "An async lambda of an event that catches everything", "event EventHandler? Ticked;\nvoid M() { Ticked += async (_, _) => { try { await SaveAsync(); } catch { } }; }" },
        { "An async lambda where a plain delegate is wanted, that catches everything", "void M(List<int> l) { l.ForEach(async i => { try { await SaveAsync(); } catch { } }); }" },
        { "A pool work item that handles its errors", "void M() { ThreadPool.QueueUserWorkItem(async _ => await GuardedAsync()); }" },
        { "An endless iterator", "IEnumerable<int> M() { var i = 0; while (true) { yield return i++; } }" },
        { "A loop that catches inside and is ended by its token", "class S : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { while (true) { try { await SaveAsync(); } catch (Exception e) { Console.Error.WriteLine(e); } await Task.Delay(1000, t); } } }" },
        { "A loop that lets a stop through first", "class S : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { while (!t.IsCancellationRequested) { try { await SaveAsync(); } catch (OperationCanceledException) { break; } catch (Exception e) { Console.Error.WriteLine(e); } await Task.Delay(1000, t); } } }" },
        { "A loop whose filter lets a stop through", "class S : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await timer.WaitForNextTickAsync(t)) { try { await SaveAsync(); } catch (Exception e) when (!(e is OperationCanceledException && t.IsCancellationRequested)) { Console.Error.WriteLine(e); } } } }" },
        { "A loop whose body handles its errors one call down", "class S : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { while (!t.IsCancellationRequested) { await GuardedAsync(); await Task.Delay(1000, t); } } }" },

        { "A discard that everybody accepts", "void M() { _ = SaveAsync(); } // ASG1001" },
        { "A discard in an async function", "async Task M() { _ = SaveAsync(); await Task.Yield(); } // ASG1001" },
        { "A dropped task of a lambda", "void M() { Action a = () => { _ = SaveAsync(); }; a(); } // ASG1001" },
        { "A dropped task of a local function", "void M() { L(); void L() { SaveAsync(); } } // ASG1001" },
        { "A dropped task behind a conditional access", "async Task M(Subject? it) { it?.RunAsync(); await Task.Yield(); } // ASG1001\nTask RunAsync() => SaveAsync();" },
        { "A dropped value task", "void M() { _ = RunAsync(); } // ASG1001\nasync ValueTask RunAsync() => await SaveAsync();" },
        { "A dropped configured task", "void M() { _ = SaveAsync().ConfigureAwait(false); } // ASG1001" },
        { "A failure five calls down", "void M() { _ = A(); } // ASG1001\nTask A() => B();\nasync Task B() => await C();\nasync Task C() { await D(); }\nTask D() => E();\nasync Task E() => await SaveAsync();" },
        { "A body of Task.Run that fails", "void M() { Task.Run(() => File.Delete(\"x\")); } // ASG1001" },
        { "A callee that catches one type", "void M() { _ = RunAsync(); } // ASG1001\nstatic async Task RunAsync() { try { await SaveAsync(); } catch (IOException) { } }" },
        { "A callee that works before its try", "void M() { _ = RunAsync(); } // ASG1001\nstatic async Task RunAsync() { await SaveAsync(); try { await SaveAsync(); } catch (Exception e) { Console.Error.WriteLine(e); } }" },
        { "A callee that logs and rethrows", "void M() { _ = RunAsync(); } // ASG1001\nstatic async Task RunAsync() { try { await SaveAsync(); } catch (Exception e) { Console.Error.WriteLine(e); throw; } }" },
        { "A callee whose handler saves the failure where it may fail again", "void M() { _ = RunAsync(); } // ASG1001\nstatic async Task RunAsync() { try { await SaveAsync(); } catch { await SaveAsync(); } }" },
        { "A callee with a finally only", "void M() { _ = RunAsync(); } // ASG1001\nstatic async Task RunAsync() { try { await SaveAsync(); } finally { Console.WriteLine(); } }" },
        { "A continuation for success only", "void M() { SaveAsync().ContinueWith(t => Console.WriteLine(), TaskContinuationOptions.OnlyOnRanToCompletion); } // ASG1001" },
        { "A continuation that never looks at the fault", "void M() { SaveAsync().ContinueWith(t => Console.WriteLine(t.Id)); } // ASG1011" },
        { "An awaited outer task", "async Task M() { await Task.Factory.StartNew(async () => await SaveAsync()); } // ASG1005" },
        { "A local task that nobody looks at", "void M() { var work = SaveAsync(); } // ASG1007" },
        { "A field task that nobody looks at", "private Task? _work;\nvoid M() { _work = SaveAsync(); } // ASG1007" },
        { "A list of tasks that nobody waits for", "void M() { var tasks = new List<Task>(); tasks.Add(SaveAsync()); } // ASG1007" },
        { "A second task that is lost when the first await fails", "async Task M() { var a = SaveAsync(); var b = SaveAsync(); await a; await b; } // ASG1014" },
        { "An async void method", "async void M() { await SaveAsync(); } // ASG1002" },
        { "An async void local function", "void M() { L(); async void L() { await SaveAsync(); } } // ASG1002" },
        { "An event handler that fails", "async void OnTick(object? sender, EventArgs e) { await SaveAsync(); } // ASG1003" },
        { "An async lambda of an event", "event EventHandler? Ticked;\nvoid M() { Ticked += async (_, _) => await SaveAsync(); } // ASG1003" },
        { "An async lambda for a plain delegate", "void M(List<int> l) { l.ForEach(async i => await SaveAsync()); } // ASG1004" },
        { "An async lambda in a plain delegate's local", "void M() { Action a = async () => await SaveAsync(); a(); } // ASG1004" },
        { "An async lambda of a thread", "void M() { new Thread(async () => await SaveAsync()).Start(); } // ASG1004" },
        { "A loop that its first error ends", "class S : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) {\nwhile (!t.IsCancellationRequested) // ASG2001\n{ await SaveAsync(); await Task.Delay(1000, t); } } }" },
        { "A loop inside its catch", "class S : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { try {\nwhile (!t.IsCancellationRequested) // ASG2002\n{ await SaveAsync(); await Task.Delay(1000, t); } } catch (Exception e) { Console.Error.WriteLine(e); } } }" },
        { "A loop that catches one type only", "class S : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) {\nwhile (!t.IsCancellationRequested) // ASG2001\n{ try { await SaveAsync(); } catch (IOException) { } await Task.Delay(1000, t); } } }" },
        { "An error that a loop swallows", "class S : BackgroundService { protected override async Task ExecuteAsync(CancellationToken t) { while (!t.IsCancellationRequested) {\ntry { await SaveAsync(); } catch (Exception) { } await Task.Delay(1000, t); // ASG2007\n} } }" },
        { "A service that works once", "class OrderChecker : BackgroundService {\nprotected override async Task ExecuteAsync(CancellationToken t) // ASG2003\n{ await GuardedAsync(); } }" },
    };
}
