using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A command of a batch or a transaction is no work that runs: it is sent when the batch is executed, and to await it before would wait for ever.</summary>
public sealed class QueuedCommandTests : RuleTests<UnobservedTaskAnalyzer>
{
    private static readonly Given Redis = Has.Source("Redis.cs", """
        using System.Threading.Tasks;
        namespace StackExchange.Redis
        {
            public interface IDatabaseAsync { Task ExecuteAsync(string command); Task<bool> StringSetAsync(string key, string value); }
            public interface IDatabase : IDatabaseAsync { ITransaction CreateTransaction(); IBatch CreateBatch(); }
            public interface IBatch : IDatabaseAsync { void Execute(); }
            public interface ITransaction : IBatch { Task<bool> ExecuteAsync(); }
            public sealed class Batch : IBatch { public Task ExecuteAsync(string command) => Task.CompletedTask; public void Execute() { } public Task<bool> StringSetAsync(string key, string value) => Task.FromResult(true); }
        }
        """);

    [Theory]
    [InlineData("void M(IDatabase db) { var all = db.CreateTransaction(); all.StringSetAsync(\"a\", \"b\"); _ = all.StringSetAsync(\"c\", \"d\"); all.Execute(); }")]
    [InlineData("void M(IDatabase db) { var all = db.CreateBatch(); _ = all.StringSetAsync(\"a\", \"b\"); all.Execute(); }")]
    [InlineData("void M(ITransaction all) => all.ExecuteAsync(\"PING\");")]
    [InlineData("void M(Batch all) => all.StringSetAsync(\"a\", \"b\");")]
    [InlineData("void M(IBatch all) => _ = all.StringSetAsync(\"a\", \"b\");")]
    public Task Is_silent_on_a_command_of_a_batch(string member) => SilentAsync("using StackExchange.Redis;\n" + member, Redis);

    [Theory]
    [InlineData("void M(IDatabase db) => _ = [|db.StringSetAsync|](\"a\", \"b\");")]
    [InlineData("void M(IDatabase db) { var all = db.CreateTransaction(); all.StringSetAsync(\"a\", \"b\"); _ = [|all.ExecuteAsync|](); }")]
    public Task Reports_what_is_sent_at_once(string member) => ReportsAsync("using StackExchange.Redis;\n" + member, Redis);
}
