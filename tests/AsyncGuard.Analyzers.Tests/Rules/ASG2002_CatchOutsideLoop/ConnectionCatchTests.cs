using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>The loop that reads one given connection is over when that breaks; the catch around it is where it belongs.</summary>
public sealed class ConnectionCatchTests : RuleTests<CatchOutsideLoopAnalyzer>
{
    [Fact]
    public Task Is_silent_where_the_connection_is_given() => SilentAsync(Reading("System.IO.Stream connection", "while (true)", "connection", "Exception e"));

    [Theory]
    [InlineData("System.IO.Stream connection", "_own", "Exception e")]
    [InlineData("System.IO.Stream connection", "connection", "Exception")]
    public Task Reports_where_it_is_the_service_s_own_or_nobody_hears(string parameter, string reads, string caught) =>
        ReportsAsync(Reading(parameter, "{|ASG2002:while (true)|}", reads, caught));

    private static string Reading(string parameter, string head, string reads, string caught) => $$"""
        void Start(System.IO.Stream opened) => _ = ReadAsync(opened);
        async Task ReadAsync({{parameter}})
        {
            try { {{head}} { await {{reads}}.ReadAsync(new byte[9]); System.IO.File.ReadAllBytes("x"); } }
            catch ({{caught}}) { {{(caught == "Exception" ? "" : "Console.WriteLine(e);")}} }
        }
        readonly System.IO.Stream _own = System.IO.Stream.Null;
        """;
}
