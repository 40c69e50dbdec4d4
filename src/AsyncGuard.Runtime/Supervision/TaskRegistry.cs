namespace AsyncGuard;

/// <summary>The tasks of one supervisor by name. Its lock guards all fields; nothing is called under it.</summary>
internal sealed class TaskRegistry
{
    private readonly object _lock = new();
    private readonly Dictionary<string, Entry> _tasks = new(StringComparer.Ordinal);
    private long _nextOrder;
    private bool _isClosed;

    /// <exception cref="InvalidOperationException">The supervisor stops.</exception>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(SupervisedTask task)
    {
        if (!TryAdd(task))
        {
            throw new InvalidOperationException($"'{task.Name}' cannot be started: the supervisor is stopping or has stopped.");
        }
    }

    /// <summary>Takes a task in, again or for the first time; false when the supervisor stops.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public bool TryAdd(SupervisedTask task)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            if (_tasks.TryGetValue(task.Name, out var known))
            {
                return known.Task == task ? true : throw NameTaken(task.Name);
            }

            _tasks.Add(task.Name, new Entry(_nextOrder++, task));
            return true;
        }
    }

    public void Remove(SupervisedTask task)
    {
        lock (_lock)
        {
            if (_tasks.TryGetValue(task.Name, out var known) && known.Task == task)
            {
                _tasks.Remove(task.Name);
            }
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    /// <summary>The tasks in the order in which they were added.</summary>
    public SupervisedTask[] Snapshot()
    {
        lock (_lock)
        {
            return _tasks.Values.OrderBy(static entry => entry.Order).Select(static entry => entry.Task).ToArray();
        }
    }

    private static ArgumentException NameTaken(string name) => new(
        $"A task named '{name}' already exists. Names address tasks in logs, metrics and health data, so each must be unique within its supervisor: choose another, or stop the first with StopAsync.",
        nameof(name));

    private readonly record struct Entry(long Order, SupervisedTask Task);
}
