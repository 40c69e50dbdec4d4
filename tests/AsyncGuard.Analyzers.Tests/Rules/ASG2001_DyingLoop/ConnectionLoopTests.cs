using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>On a broken connection no further round can succeed: a loop that serves one that it is given ends rightly, where somebody says so.</summary>
public sealed class ConnectionLoopTests : RuleTests<DyingLoopAnalyzer>
{
    [Theory]
    [InlineData("System.IO.Stream", "await connection.ReadAsync(_buffer);")]
    [InlineData("System.IO.StreamReader", "await connection.ReadLineAsync();")]
    [InlineData("System.Net.Sockets.UdpClient", "await connection.ReceiveAsync();")]
    [InlineData("System.Net.Sockets.Socket", "await connection.ReceiveAsync(_buffer);")]
    [InlineData("System.Net.WebSockets.ClientWebSocket", "await connection.ReceiveAsync(_buffer, default);")]
    [InlineData("System.IO.Pipelines.PipeReader", "await connection.ReadAsync();")]
    public Task Is_silent_where_the_caller_says_so(string type, string read) => SilentAsync($$"""
        void Start({{type}} opened) => _ = ServeAsync(opened);
        async Task ServeAsync({{type}} opened) { try { await ReadAsync(opened).ConfigureAwait(false); } catch (Exception e) { Console.WriteLine(e); } }
        async Task ReadAsync({{type}} connection) { while (true) { {{read}} Handle(); } }
        {{Members}}
        """);

    [Theory]
    [InlineData("_ = ReadAsync(opened);")]
    [InlineData("_ = Task.Run(async () => { try { await ReadAsync(opened); } catch (System.IO.IOException e) { Console.WriteLine(e); } });")]
    [InlineData("_ = Task.Run(async () => { try { await ReadAsync(opened); } catch { } });")]
    [InlineData("_ = Task.Run(async () => { try { await ReadAsync(opened); } catch (Exception e) { Console.WriteLine(e); } }); _ = ReadAsync(opened);")]
    public Task Reports_where_not_every_caller_does(string start) => ReportsAsync($$"""
        void Start(System.IO.Stream opened) { {{start}} }
        async Task ReadAsync(System.IO.Stream connection) { {|ASG2001:while (true)|} { await connection.ReadAsync(_buffer); Handle(); } }
        {{Members}}
        """);

    [Theory]
    [InlineData("System.IO.Stream connection", "await _own.ReadAsync(_buffer);")]
    [InlineData("string connection", "await System.IO.File.ReadAllTextAsync(connection);")]
    public Task Reports_where_the_loop_serves_something_else(string parameter, string read) => ReportsAsync($$"""
        void Start() => _ = ServeAsync();
        async Task ServeAsync() { try { await ReadAsync(null); } catch (Exception e) { Console.WriteLine(e); } }
        async Task ReadAsync({{parameter}}) { {|ASG2001:while (true)|} { {{read}} Handle(); } }
        readonly System.IO.Stream _own = System.IO.Stream.Null;
        {{Members}}
        """);

    private const string Members = "readonly byte[] _buffer = new byte[9]; static void Handle() => System.IO.File.ReadAllBytes(\"x\");";
}
