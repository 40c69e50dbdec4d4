using System.Runtime.CompilerServices;
using AsyncGuard.Toolbox.Databases;

namespace AsyncGuard.Toolbox;

/// <summary>What the rules know of one compilation. One object for all rules, so that what one has found out no other asks again.</summary>
/// <remarks>Thread-safe: rules run concurrently. It lives as long as the compilation and holds nothing else.</remarks>
internal sealed class CompilationFacts
{
    private static readonly ConditionalWeakTable<Compilation, CompilationFacts> Known = new();

    private readonly Lazy<DatabaseFacts> _databases;

    private CompilationFacts(Compilation compilation)
    {
        Compilation = compilation;
        Types = new(compilation);
        Bodies = new(compilation);
        Awaitables = new(Types);
        Targets = new(this);
        Waits = new(this);
        Harmless = new(Types);
        HarmlessCreations = new(compilation, Types);
        Errors = new(this);
        DelegateErrors = new(this);
        Continuations = new(this);
        Receivers = new(this);
        Observation = new(this);
        LostContinuations = new(this);
        LostErrors = new(this);
        CompletedTasks = new(this);
        InstantTasks = new(this);
        CompletingAwaits = new(this);
        CompletionTests = new(this);
        FailedTries = new(this);
        Completing = new(this);
        Completion = new(this);
        Blocking = new(this);
        BlockingPlaces = new(this);
        Loops = new(new(Bodies));
        References = new(compilation, Bodies);
        TaskValues = new(this);
        TaskUses = new(this);
        StoredTasks = new(this);
        ScopedServices = new(this);
        ScopeEscapes = new(this);
        Entries = new(this);
        Dying = new(this);
        Requests = new(this);
        UiHandlers = new(this);
        CentralHandlers = new(compilation);
        Handlers = new(this);
        VoidFunctions = new(this);
        FreeToBlock = new(this);
        Waiting = new(this);
        _databases = new(() => new(this));
    }

    public Compilation Compilation { get; }

    public KnownTypes Types { get; }

    public FunctionBodies Bodies { get; }

    public Awaitability Awaitables { get; }

    public CallTargets Targets { get; }

    public Waits Waits { get; }

    public HarmlessCalls Harmless { get; }

    public HarmlessCreations HarmlessCreations { get; }

    public ErrorHandling Errors { get; }

    public DelegateErrors DelegateErrors { get; }

    public Continuations Continuations { get; }

    public TaskReceivers Receivers { get; }

    public Observation Observation { get; }

    public LostContinuations LostContinuations { get; }

    public LostErrors LostErrors { get; }

    public CompletedTasks CompletedTasks { get; }

    public InstantTasks InstantTasks { get; }

    public CompletingAwaits CompletingAwaits { get; }

    public CompletionTests CompletionTests { get; }

    public FailedTries FailedTries { get; }

    public CompletingStatements Completing { get; }

    public Completion Completion { get; }

    public BlockingCalls Blocking { get; }

    public BlockingPlaces BlockingPlaces { get; }

    public LongRunningLoops Loops { get; }

    public References References { get; }

    public TaskValues TaskValues { get; }

    public TaskUses TaskUses { get; }

    public StoredTasks StoredTasks { get; }

    public ScopedServices ScopedServices { get; }

    public ScopeEscapes ScopeEscapes { get; }

    public BackgroundEntries Entries { get; }

    public DyingLoops Dying { get; }

    public RequestScope Requests { get; }

    public UiHandlers UiHandlers { get; }

    public CentralHandlers CentralHandlers { get; }

    public EventHandlers Handlers { get; }

    public AsyncVoidFunctions VoidFunctions { get; }

    public FreeToBlock FreeToBlock { get; }

    public Waiting Waiting { get; }

    public DatabaseFacts Databases => _databases.Value;

    public static CompilationFacts Of(Compilation compilation) => Known.GetValue(compilation, static it => new(it));
}
