using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>An inner task that is lost with a scoped service is one defect.</summary>
public sealed class InnerTaskLeftToScopeEscapesTests : RuleTests<UnawaitedInnerTaskAnalyzer>
{
    [Fact]
    public Task Is_silent_where_a_scoped_service_goes_along() => SilentAsync("void M(System.Data.Common.DbConnection connection) { _ = Task.Factory.StartNew(async () => await connection.OpenAsync()); }");
}

/// <summary>A continuation that hides the fault of work with a scoped service is one defect.</summary>
public sealed class ContinuationLeftToScopeEscapesTests : RuleTests<FaultHidingContinuationAnalyzer>
{
    [Fact]
    public Task Is_silent_where_a_scoped_service_goes_along() => SilentAsync("void M(System.Data.Common.DbConnection connection) { _ = connection.OpenAsync().ContinueWith(_ => Console.Beep()); }");
}
