using System.Text.RegularExpressions;
using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>ASG2003: a background service that is named like a poller, or owns an interval, and does its work once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RunOnceServiceAnalyzer() : RuleAnalyzer(RunsOnce)
{
    public const string Id = "ASG2003";

    private static readonly DiagnosticDescriptor RunsOnce = Rule.Create(
        Id,
        title: "Let a background service go on",
        messageFormat: "'{0}' does its work once and is gone, although {1} says that it goes on; repeat the work until the service is stopped",
        category: "LongRunningWork",
        DiagnosticSeverity.Warning,
        description: "When ExecuteAsync returns, the service is over. The host says nothing and runs on without it, so what was to be checked or polled is never looked at again.",
        Rule.Essential);

    private static readonly Regex Poller = new(
        "(Checker|Monitor|Poller|Worker|Loop|Watcher|Watchdog|Consumer|Listener|Cleaner|Sync|Synchronizer|Scheduler|Refresher)(Hosted|Background)?(Service|Job|Task)?$",
        RegexOptions.CultureInvariant);

    private static readonly Regex PollerMethod = new(
        "^(Poll|Watch|Monitor|Listen|Consume)([A-Z]|Async$|$)|^Run\\w*(Checker|Monitor|Poller|Worker|Loop|Watcher|Consumer|Listener|Cleaner|Sync|Forever|Periodically)(Async)?$",
        RegexOptions.CultureInvariant);

    private static readonly Regex Interval = new(
        "(interval|period|frequency)(Ms|InMs|Seconds|InSeconds|Minutes|InMinutes|Milliseconds|TimeSpan)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private protected override void Watch(CompilationStartAnalysisContext context, CompilationFacts facts)
    {
        if (facts.Types.BackgroundService is not null)
        {
            context.RegisterOperationAction(body => Judge(body, facts), OperationKind.MethodBody);
        }
    }

    private static void Judge(OperationAnalysisContext context, CompilationFacts facts)
    {
        if (context.ContainingSymbol is IMethodSymbol { Name: "ExecuteAsync", IsOverride: true, ContainingType: { } type } execute
            && facts.Entries.IsExecute(execute)
            && ReasonOf(type, context.Operation) is { } reason
            && LastingWork.IsDoneIn(context.Operation)
            && !LastingWork.GoesOnElsewhere(type)
            && !new LastingWork(facts, context.CancellationToken).LastsIn(context.Operation))
        {
            context.ReportDiagnostic(Diagnostic.Create(RunsOnce, execute.Locations[0], type.Name + "." + execute.Name, reason));
        }
    }

    private static string? ReasonOf(INamedTypeSymbol type, IOperation body)
    {
        if (Poller.IsMatch(type.Name))
        {
            return "its type's name";
        }

        if (IntervalOf(type) is { } interval)
        {
            return $"its '{interval.Name}'";
        }

        foreach (var each in body.Descendants())
        {
            if (each is IInvocationOperation { TargetMethod: { Name: var name } target } && target.IsDeclaredHere(each) && PollerMethod.IsMatch(name))
            {
                return $"'{name}'";
            }
        }

        return null;
    }

    /// <summary>The interval that a service owns: a field, property or constant that its name and type make one.</summary>
    internal static ISymbol? IntervalOf(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol or IPropertySymbol && member.CanBeReferencedByName && Interval.IsMatch(member.Name) && IsDuration(member))
            {
                return member;
            }
        }

        return null;
    }

    private static bool IsDuration(ISymbol member) => ((member as IFieldSymbol)?.Type ?? ((IPropertySymbol)member).Type) is
    { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Double } or { Name: "TimeSpan" };
}
