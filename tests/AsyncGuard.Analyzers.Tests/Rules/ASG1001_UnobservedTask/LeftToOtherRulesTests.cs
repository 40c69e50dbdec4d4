using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Where a rule that says more speaks of the statement.</summary>
public sealed class LeftToOtherRulesTests : RuleTests<UnobservedTaskAnalyzer>
{
    [Fact]
    public Task Is_silent_where_a_scoped_service_goes_along() => SilentAsync("void M(System.Data.Common.DbConnection connection) { _ = connection.OpenAsync(); Task.Run(() => connection.OpenAsync()); }");

    [Fact]
    public Task Is_silent_where_a_continuation_takes_a_scoped_service_along() => SilentAsync("void M(System.Data.Common.DbConnection connection) { _ = connection.OpenAsync().ContinueWith(_ => Console.Beep(), TaskContinuationOptions.OnlyOnRanToCompletion); }");

    [Fact]
    public Task Speaks_of_a_connection_of_one_s_own() => ReportsAsync("void M(System.Data.Common.DbDataSource data) { var connection = data.CreateConnection(); _ = [|connection.OpenAsync|](); }");

    [Fact]
    public Task Is_silent_where_a_task_among_the_arguments_is_used_as_a_value() => SilentAsync(
        "void M(System.IO.Stream stream) { _ = System.Text.Json.JsonSerializer.SerializeAsync(stream, System.IO.File.ReadAllTextAsync(\"x\")); }");
}
