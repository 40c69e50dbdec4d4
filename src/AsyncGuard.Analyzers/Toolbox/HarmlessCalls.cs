namespace AsyncGuard.Toolbox;

/// <summary>What of the libraries cannot reasonably fail? Everything else of theirs can.</summary>
internal sealed class HarmlessCalls(KnownTypes types)
{
    // A type alone: all its methods. A type with methods: only these.
    private static readonly ImmutableArray<(string Type, string Methods)> Harmless =
    [
        ("System.Threading.Interlocked", ""), ("System.Threading.Volatile", ""), ("System.Diagnostics.Stopwatch", ""), ("System.Random", ""),
        ("System.TimeSpan", ""), ("System.DateTime", " AddDays AddHours AddMilliseconds AddMinutes AddSeconds AddMonths AddYears Subtract Add ToUniversalTime ToLocalTime "),
        ("System.DateTimeOffset", " AddDays AddHours AddMilliseconds AddMinutes AddSeconds AddMonths AddYears Subtract Add ToUniversalTime ToLocalTime ToUnixTimeSeconds ToUnixTimeMilliseconds "),
        ("System.Math", ""), ("System.Guid", " NewGuid CreateVersion7 "), ("System.GC", ""), ("System.Enum", " HasFlag "), ("System.Array", " Clear Copy Fill IndexOf Reverse Resize "), ("System.Nullable`1", " GetValueOrDefault "),
        ("System.WeakReference`1", " TryGetTarget SetTarget "), ("System.Runtime.CompilerServices.Unsafe", ""), ("System.Environment", " Exit FailFast GetFolderPath GetEnvironmentVariable "), ("System.Text.Encoding", " GetBytes GetByteCount "), ("System.Text.StringBuilder", ""),
        ("System.String", " Concat IsNullOrEmpty IsNullOrWhiteSpace Join StartsWith EndsWith Contains Trim TrimStart TrimEnd ToUpperInvariant ToLowerInvariant Replace Split IndexOf "),
        ("System.Int32", " TryParse "), ("System.Int64", " TryParse "), ("System.Decimal", " TryParse "), ("System.Boolean", " TryParse "), ("System.IO.Path", " Combine Join GetFileName GetFileNameWithoutExtension GetDirectoryName GetExtension ChangeExtension GetTempPath HasExtension "), ("System.IO.File", " Exists "), ("System.IO.Directory", " Exists "),
        ("System.TimeProvider", ""), ("System.Threading.CancellationToken", ""), ("System.Threading.CancellationTokenSource", ""),
        ("System.Threading.SemaphoreSlim", ""), ("System.Threading.ManualResetEventSlim", ""), ("System.Threading.EventWaitHandle", ""), ("System.Threading.WaitHandle", ""), ("System.Threading.CountdownEvent", ""), ("System.Threading.Barrier", ""),
        ("System.Threading.PeriodicTimer", ""), ("System.Threading.Timer", ""), ("System.Threading.Thread", " Sleep Yield SpinWait Start Join "),
        ("System.Threading.Monitor", ""), ("System.Threading.Lock", ""), ("System.Threading.ReaderWriterLockSlim", ""), ("System.Threading.SpinLock", ""), ("System.Threading.SpinWait", ""),
        ("System.Timers.Timer", " Start Stop Close "), ("System.Net.Sockets.TcpClient", " Close "), ("System.Net.Sockets.Socket", " Close "), ("System.Net.Sockets.TcpListener", " Stop "), ("Microsoft.Extensions.Hosting.IHostApplicationLifetime", ""),
        ("System.Threading.Tasks.Task", " Delay Yield FromResult FromCanceled WhenAny Run ConfigureAwait ContinueWith GetAwaiter WhenAll WaitAsync Start Wait "),
        ("System.Threading.Tasks.Task`1", " ConfigureAwait ContinueWith GetAwaiter WaitAsync "),
        ("System.Threading.Tasks.TaskScheduler", " TryExecuteTask "),
        ("System.Threading.Tasks.TaskFactory", " StartNew "), ("System.Threading.Tasks.TaskFactory`1", " StartNew "),
        ("System.Threading.Tasks.ValueTask", " AsTask ConfigureAwait Preserve FromResult FromCanceled GetAwaiter "),
        ("System.Threading.Tasks.ValueTask`1", " AsTask ConfigureAwait Preserve GetAwaiter "),
        ("System.Runtime.CompilerServices.ConfiguredTaskAwaitable", " GetAwaiter "), ("System.Runtime.CompilerServices.ConfiguredTaskAwaitable`1", " GetAwaiter "),
        ("System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable", " GetAwaiter "), ("System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable`1", " GetAwaiter "),
        ("System.Threading.Tasks.TaskCompletionSource", ""), ("System.Threading.Tasks.TaskCompletionSource`1", ""),
        ("System.Threading.Tasks.TaskAsyncEnumerableExtensions", ""), ("System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable`1", ""),
        ("System.Threading.Channels.ChannelReader`1", ""), ("System.Threading.Channels.ChannelWriter`1", " TryWrite TryComplete Complete WaitToWriteAsync WriteAsync "), ("System.Threading.Channels.Channel", ""),
        ("System.Collections.Concurrent.BlockingCollection`1", " TryTake Take GetConsumingEnumerable CompleteAdding "),
        ("System.Collections.Concurrent.ConcurrentDictionary`2", " TryAdd TryGetValue TryRemove TryUpdate ContainsKey Clear GetOrAdd AddOrUpdate ToArray "),
        ("System.Collections.Generic.Dictionary`2", " TryAdd TryGetValue Remove ContainsKey Clear "),
        ("Microsoft.Extensions.DependencyInjection.IServiceScopeFactory", ""), ("Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions", " CreateScope CreateAsyncScope "),
        ("System.Threading.Tasks.UnobservedTaskExceptionEventArgs", ""), ("System.IProgress`1", ""), ("System.Progress`1", ""),
        ("AsyncGuard.Supervisor", ""), ("AsyncGuard.SupervisedTask", ""), ("AsyncGuard.Guard", " TryAsync "),
    ];

    // Awaiting these fails with nothing but cancellation.
    private static readonly ImmutableArray<(string Type, string Methods)> Awaited =
    [
        ("System.Threading.Tasks.Task", " Delay Yield FromResult FromCanceled WhenAny "), ("System.Threading.Tasks.ValueTask", " FromResult FromCanceled "),
        ("System.Threading.PeriodicTimer", ""), ("System.Threading.SemaphoreSlim", ""), ("System.Threading.CancellationTokenSource", ""),
        ("System.Threading.Channels.ChannelReader`1", ""), ("System.Threading.Channels.ChannelWriter`1", " WaitToWriteAsync WriteAsync "),
        ("AsyncGuard.Guard", " TryAsync "), ("AsyncGuard.SupervisedTask", " StopAsync WhenAsync "), ("AsyncGuard.Supervisor", " StopAsync DisposeAsync "),
    ];

    private readonly Lazy<Dictionary<ISymbol, string>> _harmless = new(() => Read(Harmless, types));
    private readonly Lazy<Dictionary<ISymbol, string>> _awaited = new(() => Read(Awaited, types));

    /// <summary>Members that by their contract do not fail, whoever implements them.</summary>
    public static bool ByName(IMethodSymbol method) => method.Name is "Dispose" or "DisposeAsync" or "ToString" or "Equals" or "GetHashCode" or "GetType" or "ReferenceEquals" or "CompareTo";

    public bool WhenAwaited(IMethodSymbol method) => ByName(method) || Knows(_awaited.Value, method);

    public bool AtCall(IInvocationOperation call) =>
        Knows(_harmless.Value, call.TargetMethod) || IsOfCollection(call.TargetMethod) || IsPredicate(call.TargetMethod) || IsOfMemory(call.TargetMethod) || (call.TargetMethod.IsExtern && call.TargetMethod.GetDllImportData() is not null) || TakesLock(call.TargetMethod) || ArgumentChecks.IsOne(call) || Resolutions.AreHarmless(call) || FormatsByConstant(call);

    /// <summary>Whether the call runs the delegates it is given before it returns.</summary>
    public static bool RunsItsDelegates(IMethodSymbol method) => SystemNamespaces.IsIn(method.ContainingType, "Collections");

    /// <summary>Reading or setting a property is harmless, an index is not.</summary>
    public static bool AtProperty(IPropertySymbol property, bool isWritten) => !property.IsIndexer || (isWritten && SystemNamespaces.IsIn(property.ContainingType, "Collections"));

    /// <summary>A function of this compilation without a body: what the compiler writes does not fail; what others write may.</summary>
    public static bool WithoutBody(IMethodSymbol method) =>
        method.IsImplicitlyDeclared || method.MethodKind is MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.Constructor && !method.IsAbstract && !method.IsExtern;

    /// <summary>Whether enumerating a value of this type runs code that its making did not: a query, a stream.</summary>
    public static bool IsQuery(ITypeSymbol? type) => type switch
    {
        null or IArrayTypeSymbol or { SpecialType: SpecialType.System_String } or { TypeKind: TypeKind.Error } => false,
        INamedTypeSymbol { Name: "IEnumerable" or "IQueryable" or "IOrderedEnumerable" or "IOrderedQueryable" } => true,
        INamedTypeSymbol named => !SystemNamespaces.IsIn(named, "Collections") && !SystemNamespaces.IsSystem(named.ContainingNamespace),
        _ => true,
    };

    // Lists and sets that grow; what they look up by key or index may be missing.
    private static bool IsOfCollection(IMethodSymbol method) => SystemNamespaces.IsIn(method.ContainingType, "Collections")
        && (method.Name.StartsWith("Try", StringComparison.Ordinal)
            || (method.Name is "Add" or "AddRange" or "Enqueue" or "Push" or "Clear" or "Contains" or "ContainsKey" or "Remove" or "ForEach" or "RemoveAll" or "RemoveWhere" or "ToArray" or "Count" or "Any"
                && method.ContainingType.Name is not "BlockingCollection" && !(method.Name == "Add" && method.ContainingType.Name.EndsWith("Dictionary", StringComparison.Ordinal))));

    // IsEmpty(id), IsAssignableFrom(type): a question with a plain answer.
    private static bool IsPredicate(IMethodSymbol method) =>
        method is { ReturnType.SpecialType: SpecialType.System_Boolean, Name: ['I', 's', >= 'A' and <= 'Z', ..] };

    // GetEncodingOptions(), ClearIgnoreRuleCache(): settings and caches that a network holds give a task.
    private static bool IsOfMemory(IMethodSymbol method) => method.ReturnsVoid
        ? method.Parameters.IsEmpty && method.Name.StartsWith("Clear", StringComparison.Ordinal) && method.Name.EndsWith("Cache", StringComparison.Ordinal)
        : method.Name.StartsWith("Get", StringComparison.Ordinal)
            && (method.Name.EndsWith("Configuration", StringComparison.Ordinal) || method.Name.EndsWith("Options", StringComparison.Ordinal) || method.Name.EndsWith("Settings", StringComparison.Ordinal));

    // A lock of somebody else's, in whatever words: _gate.WriteLock(), _gate.ReadUnlock(). One that is asked for over a network gives a task.
    private static bool TakesLock(IMethodSymbol method) =>
        (method.ReturnsVoid || method.ReturnType.SpecialType == SpecialType.System_Boolean)
        && (method.Name is "Lock" or "Unlock" or "Enter" or "TryEnter" or "Exit" or "Release"
            || method.Name.EndsWith("ReadLock", StringComparison.Ordinal) || method.Name.EndsWith("WriteLock", StringComparison.Ordinal)
            || method.Name.EndsWith("Unlock", StringComparison.Ordinal));

    // A format that stands there has been seen to work; one that is read from elsewhere may be wrong.
    private static bool FormatsByConstant(IInvocationOperation call)
    {
        if (call is not { TargetMethod: { Name: "Format", ContainingType.SpecialType: SpecialType.System_String } })
        {
            return false;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == "format")
            {
                return argument.Value.ConstantValue.HasValue;
            }
        }

        return false;
    }

    private static bool Knows(Dictionary<ISymbol, string> table, IMethodSymbol method) =>
        method.ContainingType is { } type
        && table.TryGetValue(type.OriginalDefinition, out var methods)
        && (methods.Length == 0 || methods.Contains(" " + method.Name + " "));

    private static Dictionary<ISymbol, string> Read(ImmutableArray<(string Type, string Methods)> rows, KnownTypes types)
    {
        var table = new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default);
        foreach (var (name, methods) in rows)
        {
            if (types[name] is { } type)
            {
                table[type] = methods;
            }
        }

        return table;
    }
}
