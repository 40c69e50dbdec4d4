using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>The tasks that a batch makes are complete once it is sent and awaited.</summary>
public sealed class BatchedTaskTests : RuleTests<BlockingInAsyncAnalyzer>
{
    private static readonly Given Libraries = Has.Source("Batches.cs", """
        using System.Threading.Tasks;
        class Client { public Task<int> SendAsync(int value) => Task.Run(() => value); public Task SendBatchAsync() => Task.Delay(9); public Task SaveAsync() => Task.Delay(9); public Task<bool> ExecuteAsync() => Task.Run(() => true); }
        namespace StackExchange.Redis
        {
            public interface IBatch { Task<int> AddAsync(string key); }
            public interface ITransaction : IBatch { Task<bool> ExecuteAsync(); }
        }
        """);

    [Theory]
    [InlineData("var all = new List<Task<int>>(); foreach (var n in numbers) { all.Add(batch.SendAsync(n)); } await batch.SendBatchAsync(); foreach (var s in all) { return s.Result; } return 0;")]
    [InlineData("List<Task<int>> all = []; all.Add(batch.SendAsync(1)); await batch.SendBatchAsync().ConfigureAwait(false); return all[0].Result;")]
    [InlineData("var one = batch.SendAsync(1); await batch.SendBatchAsync(); return one.Result;")]
    [InlineData("var one = redis.AddAsync(\"x\"); await redis.ExecuteAsync(); return one.Result;")]
    public Task Is_silent_once_it_is_sent(string body) => SilentAsync(With(body), Libraries);

    [Theory]
    [InlineData("var one = batch.SendAsync(1); await batch.SaveAsync(); return one.[|Result|];")]
    [InlineData("var one = batch.SendAsync(1); await batch.ExecuteAsync(); return one.[|Result|];")]
    [InlineData("var one = batch.SendAsync(1); await other.SendBatchAsync(); return one.[|Result|];")]
    [InlineData("var one = batch.SendAsync(1); _ = batch.SendBatchAsync(); await Task.Yield(); return one.[|Result|];")]
    [InlineData("var all = new List<Task<int>>(); all.Add(batch.SendAsync(1)); all.Add(other.SendAsync(1)); await batch.SendBatchAsync(); foreach (var s in all) { return s.[|Result|]; } return 0;")]
    [InlineData("var all = new List<Task<int>>(); await batch.SendBatchAsync(); foreach (var s in all) { return s.[|Result|]; } return 0;")]
    [InlineData("var all = new List<Task<int>> { other.SendAsync(1) }; all.Add(batch.SendAsync(1)); await batch.SendBatchAsync(); return all[0].[|Result|];")]
    public Task Reports_what_is_not(string body) => ReportsAsync(With(body), Libraries);

    private static string With(string body) => $$"""
        using System.Collections.Generic;
        using StackExchange.Redis;

        async Task<int> M(Client batch, Client other, ITransaction redis, int[] numbers) { {{body}} }
        """;
}
