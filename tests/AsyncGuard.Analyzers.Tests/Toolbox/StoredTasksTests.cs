using AsyncGuard.Support;

namespace AsyncGuard.Toolbox;

/// <summary>Who looks at a task that is put away.</summary>
public sealed class StoredTasksTests
{
    [Theory]
    [InlineData("_t = null;")]
    [InlineData("_t = F();")]
    [InlineData("_t ??= F();")]
    [InlineData("_ = _t;")]
    [InlineData("_t.Dispose();")]
    [InlineData("_t?.Dispose();")]
    [InlineData("_t.ConfigureAwait(false);")]
    [InlineData("lock (_t) { }")]
    [InlineData("Use(nameof(_t));")]
    [InlineData("if (_t == null) { }")]
    [InlineData("if (null != _t) { }")]
    [InlineData("if (_t is null) { }")]
    [InlineData("if (_t is not null) { }")]
    [InlineData("if (_t is { }) { }")]
    [InlineData("if (_t.IsCompleted) { }")]
    [InlineData("if (_t?.IsCompleted == true) { }")]
    [InlineData("if (this._t.IsCanceled) { }")]
    [InlineData("Use(_t.Id);")]
    [InlineData("if (_t is { IsCompleted: false }) { }")]
    [InlineData("if (_t is not { IsCompleted: true, IsCanceled: false }) { }")]
    [InlineData("_t.ContinueWith(_ => { });")]
    [InlineData("_ = _t?.ContinueWith(_ => { });")]
    [InlineData("Use(_t.AsyncState);")]
    [InlineData("Use(_t.CreationOptions);")]
    [InlineData("_t.Start();")]
    [InlineData("_t.RunSynchronously();")]
    [InlineData("Use(_t.GetHashCode());")]
    [InlineData("Action<object> a = _ => { _ = _t; };")]
    [InlineData("_t.WaitAsync(CancellationToken.None);")]
    [InlineData("_t?.ConfigureAwait(false);")]
    public void It_is_not_looked_at_by(string statement) => Assert.False(IsObserved("Task _t;", statement));

    [Theory]
    [InlineData("foreach (var pair in _t) { Use(pair.Key); }", false)]
    [InlineData("foreach (var pair in _t.ToArray()) { _t.Remove(pair.Key); }", false)]
    [InlineData("foreach (var pair in _t.ToList()) { if (pair.Value.IsCompleted) { _t.Remove(pair.Key); } }", false)]
    [InlineData("foreach (var pair in _t) { await pair.Value; }", true)]
    [InlineData("foreach (var pair in _t.ToArray()) { Use(pair); }", true)]
    [InlineData("foreach (var (key, task) in _t) { await task; }", true)]
    [InlineData("var copy = _t.ToArray();", true)]
    [InlineData("foreach (var task in _t.Values) { await task; }", true)]
    public void A_dictionary_of_tasks_is_looked_at_by_its_values(string statement, bool isObserved) =>
        Assert.Equal(isObserved, IsObserved("System.Collections.Generic.Dictionary<string, Task> _t = new();", statement));

    [Theory]
    [InlineData("await _t;")]
    [InlineData("await _t.ConfigureAwait(false);")]
    [InlineData("await Task.WhenAny(_t, F());")]
    [InlineData("await (_t ?? F());")]
    [InlineData("await (_t ??= F());")]
    [InlineData("_t.Wait();")]
    [InlineData("_t?.Wait();")]
    [InlineData("_t.GetAwaiter().GetResult();")]
    [InlineData("_t.ContinueWith(t => Use(t.Exception));")]
    [InlineData("await _t.ContinueWith(_ => { });")]
    [InlineData("if (_t.IsFaulted) { }")]
    [InlineData("if (_t.IsCompletedSuccessfully) { }")]
    [InlineData("if (_t?.Exception != null) { }")]
    [InlineData("if (_t.Status == TaskStatus.Faulted) { }")]
    [InlineData("if (_t is { IsFaulted: true }) { }")]
    [InlineData("if (_t is { } task) { await task; }")]
    [InlineData("if (_t == F()) { }")]
    [InlineData("var copy = _t;")]
    [InlineData("Task copy; copy = _t; await copy;")]
    [InlineData("Take(_t);")]
    [InlineData("Take(Interlocked.Exchange(ref _t, null));")]
    [InlineData("Func<Task> later = () => _t;")]
    [InlineData("(_t, _) = (null, 1);")]
    [InlineData("_t?.Watch();")]
    [InlineData("_t?.ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("await ((Task)_t);")]
    public void It_is_looked_at_by(string statement) => Assert.True(IsObserved("Task _t;", statement));

    [Theory]
    [InlineData("Use(_t.Capacity);")]
    [InlineData("Use(_t.IndexOf(F()));")]
    [InlineData("Use(_t.Remove(F()));")]
    [InlineData("_t.Add(F());")]
    [InlineData("_t?.Add(F());")]
    [InlineData("_t = new();")]
    [InlineData("_t.Clear();")]
    [InlineData("_t.RemoveAt(0);")]
    [InlineData("_t.RemoveAll(t => t.IsCompleted);")]
    [InlineData("_t?.RemoveAll(t => t.IsCompleted);")]
    [InlineData("if (_t?[0].IsCompleted == true) { }")]
    [InlineData("Use(_t?.Count);")]
    [InlineData("_t[0] = F();")]
    [InlineData("Use(_t.Count);")]
    [InlineData("if (_t.Count(t => !t.IsCompleted) > 9) { }")]
    [InlineData("if (_t[0].IsCompleted) { }")]
    [InlineData("lock (_t) { }")]
    public void A_list_is_not_looked_at_by(string statement) => Assert.False(IsObserved("System.Collections.Generic.List<Task> _t;", statement));

    [Theory]
    [InlineData("await Task.WhenAll(_t);")]
    [InlineData("foreach (var task in _t) { await task; }")]
    [InlineData("await _t[0];")]
    [InlineData("Take(_t[0]);")]
    [InlineData("_t.RemoveAll(t => t.IsFaulted);")]
    [InlineData("_t.RemoveAll(IsOver);")]
    [InlineData("_t?.RemoveAll(t => t.IsFaulted);")]
    [InlineData("if (_t?[0].IsFaulted == true) { }")]
    [InlineData("if (_t?.Any(t => t.IsFaulted) == true) { }")]
    [InlineData("_t.ForEach(t => t.Wait());")]
    [InlineData("await Task.WhenAll(_t.Where(t => t.IsCompleted));")]
    [InlineData("var copy = _t.ToArray();")]
    public void A_list_is_looked_at_by(string statement) => Assert.True(IsObserved("System.Collections.Generic.List<Task> _t;", statement));

    [Theory]
    [InlineData("Use(_t.Length);", false)]
    [InlineData("Use(_t.LongLength);", false)]
    [InlineData("Use(_t.IsReadOnly);", false)]
    [InlineData("Use(_t.SyncRoot);", false)]
    [InlineData("if (_t[0].IsCompleted) { }", false)]
    [InlineData("await _t[0];", true)]
    [InlineData("Take(_t[0]);", true)]
    public void An_array_is_looked_at_or_not_by(string statement, bool observed) => Assert.Equal(observed, IsObserved("Task[] _t;", statement));

    [Theory]
    [InlineData("_t.Enqueue(F());", false)]
    [InlineData("Use(_t.IsEmpty);", false)]
    [InlineData("if (_t.TryDequeue(out var task)) { await task; }", true)]
    public void A_queue_is_looked_at_or_not_by(string statement, bool observed) =>
        Assert.Equal(observed, IsObserved("System.Collections.Concurrent.ConcurrentQueue<Task> _t;", statement));

    [Theory]
    [InlineData("Generic.Queue", "_t.TryDequeue(out _);", false)]
    [InlineData("Generic.Stack", "while (_t.TryPop(out _)) { }", false)]
    [InlineData("Concurrent.ConcurrentQueue", "_t.TryDequeue(out _);", false)]
    [InlineData("Concurrent.ConcurrentStack", "_t.TryPop(out _);", false)]
    [InlineData("Concurrent.ConcurrentBag", "while (_t.TryTake(out _)) { }", false)]
    [InlineData("Concurrent.BlockingCollection", "_t.TryTake(out _);", false)]
    [InlineData("Concurrent.ConcurrentBag", "_t.TryTake(out var _);", false)]
    [InlineData("Concurrent.ConcurrentBag", "_t?.TryTake(out _);", false)]
    [InlineData("Concurrent.BlockingCollection", "_t.Take();", false)]
    [InlineData("Concurrent.BlockingCollection", "await _t.Take();", true)]
    [InlineData("Concurrent.ConcurrentBag", "_t.TryTake(out var task);", true)]
    [InlineData("Concurrent.ConcurrentStack", "if (_t.TryPop(out var task)) { await task; }", true)]
    [InlineData("Generic.Queue", "if (_t.TryPeek(out var task)) { await task; }", true)]
    [InlineData("Generic.Queue", "_t.Dequeue();", false)]
    [InlineData("Generic.Queue", "await _t.Dequeue();", true)]
    [InlineData("Generic.Stack", "_ = _t.Pop();", false)]
    [InlineData("Generic.Stack", "if (_t.Pop().IsCompleted) { }", false)]
    [InlineData("Generic.Stack", "Take(_t.Pop());", true)]
    public void What_is_taken_out_is_looked_at_or_not_by(string type, string statement, bool observed) =>
        Assert.Equal(observed, IsObserved($"System.Collections.{type}<Task> _t;", statement));

    [Theory]
    [InlineData("Stack", "_t.Push(F());", false)]
    [InlineData("Queue", "_t.Enqueue(F());", false)]
    [InlineData("LinkedList", "_t.AddLast(F()); _t.AddFirst(F()); _t.RemoveFirst(); _t.RemoveLast();", false)]
    [InlineData("List", "_t.Insert(0, F()); _t.RemoveRange(0, 1); _t.EnsureCapacity(9); _t.TrimExcess();", false)]
    [InlineData("List", "if (_t.Contains(F())) { }", false)]
    [InlineData("List", "if (_t.Exists(t => t.IsCompleted) || _t.TrueForAll(t => t.IsCompleted)) { }", false)]
    [InlineData("List", "if (_t.Any(t => t.IsCompleted) || _t.All(t => t.IsCompleted)) { }", false)]
    [InlineData("List", "if (_t.Exists(t => t.IsFaulted)) { }", true)]
    [InlineData("List", "if (_t.Any(t => t.IsFaulted)) { }", true)]
    [InlineData("HashSet", "_t.RemoveWhere(t => t.IsCompleted);", false)]
    public void A_collection_is_looked_at_or_not_by(string type, string statement, bool observed) =>
        Assert.Equal(observed, IsObserved($"System.Collections.Generic.{type}<Task> _t;", statement));

    [Theory]
    [InlineData("System.Collections.ObjectModel.Collection<Task> _t;", false)]
    [InlineData("Own<Task> _t; class Own<T> { public void Add(T item) { } }", true)]
    public void A_collection_of_one_s_own_may_look(string declaration, bool observed) => Assert.Equal(observed, IsObserved(declaration, "_t.Add(F());"));

    [Theory]
    [InlineData("_t.Take();")]
    [InlineData("_t.RemoveAll(t => t.IsCompleted);")]
    public void What_one_s_own_collection_is_asked_it_may_look_at(string statement) =>
        Assert.True(IsObserved("Own<Task> _t; class Own<T> { public T Take() => default; public void RemoveAll(Func<T, bool> all) { } }", statement));

    [Fact]
    public void Another_of_the_same_name_is_another() => Assert.False(IsObserved("Task _t; class Inner { internal Task _t; }", "new Inner()._t.Wait();"));

    [Theory]
    [InlineData("_t.TryAdd(1, F());", false)]
    [InlineData("if (_t.TryAdd(1, F())) { }", false)]
    [InlineData("_t.TryRemove(1, out _);", false)]
    [InlineData("if (_t.ContainsKey(1)) { }", false)]
    [InlineData("Use(_t.Keys);", false)]
    [InlineData("_t[1] = F();", false)]
    [InlineData("_t.TryRemove(1, out var task);", true)]
    [InlineData("Take(_t.GetOrAdd(1, _ => F()));", true)]
    [InlineData("await Task.WhenAll(_t.Values);", true)]
    public void A_dictionary_is_looked_at_or_not_by(string statement, bool observed) =>
        Assert.Equal(observed, IsObserved("System.Collections.Concurrent.ConcurrentDictionary<int, Task> _t;", statement));

    [Theory]
    [InlineData("internal Task _t;")]
    [InlineData("protected Task _t;")]
    [InlineData("public Task _t { get; private set; }")]
    [InlineData("Task _t { get => null; set { } }")]
    [InlineData("Task _t { get => null; set { } } Task Other { get; set; }")]
    public void It_counts_as_looked_at_where_more_than_its_type_has_a_say(string declaration) => Assert.True(IsObserved(declaration, "_t = F();"));

    [Theory]
    [InlineData("_t = F();", "async Task StopAsync() => await _t;", true)]
    [InlineData("_t = F();", "async ValueTask DisposeAsync() => await _t;", true)]
    [InlineData("_t = F();", "", true)]
    [InlineData("_t = F();", "async Task StopAsync() => await _t; Task Running() => _t;", false)]
    [InlineData("await (_t = F());", "async Task StopAsync() => await _t;", true)]
    [InlineData("_t = F();", "async Task ShutdownAsync() => await _t;", true)]
    [InlineData("_t = F();", "async Task CloseAsync() => await _t;", true)]
    [InlineData("_t = F();", "void Reset() { this._t = null; }", true)]
    [InlineData("_t = F();", "class Inner { Task _t; Task G() => _t; void H() => _t = null; }", true)]
    [InlineData("_t = F();", "Task _other; void Copy() { _other = _t; }", false)]
    [InlineData("_t = F();", "Task Running(Subject other) => other._t;", false)]
    [InlineData("_t = F();", "void Reset(Subject other) { other._t = null; }", false)]
    public void It_is_seen_at_the_stop_only(string statement, string members, bool atStopOnly)
    {
        var spot = Spot.In($"Task _t; async Task M() {{ await Task.Yield(); {statement.Replace("F()", "[|F()|]", StringComparison.Ordinal)} }} {members} Task F() => Task.CompletedTask;");
        var value = spot.Model.GetOperation(spot.Node, TestContext.Current.CancellationToken)!; // a call is an operation
        Assert.Equal(atStopOnly, CompilationFacts.Of(spot.Model.Compilation).StoredTasks.IsSeenAtStopOnly(value));
    }

    private static bool IsObserved(string declaration, string statement)
    {
        var spot = Spot.In($$"""
            using System.Linq;

            {{declaration}}
            async Task M() { await Task.Yield(); {{statement}} }
            void N() { var [|local|] = 1; }
            Task F() => Task.CompletedTask;
            void Take(Task task) { }
            void Use(object value) { }
            bool IsOver(Task task) => task.IsCompleted;
            """, "static class Tasks { public static async void Watch(this System.Threading.Tasks.Task task) { try { await task; } catch { } } }");
        var field = spot.Model.Compilation.GetTypeByMetadataName("Subject")!.GetMembers("_t").Single();
        return CompilationFacts.Of(spot.Model.Compilation).StoredTasks.IsObserved(field, spot.Model.GetOperation(spot.Node, TestContext.Current.CancellationToken)!, TestContext.Current.CancellationToken);
    }
}
