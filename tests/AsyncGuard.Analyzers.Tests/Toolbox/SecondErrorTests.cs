namespace AsyncGuard.Toolbox;

/// <summary>What stands around the work: reading in a handler, telling somebody, settings and signals in memory.</summary>
public sealed class SecondErrorTests
{
    private const string Members = """

        Action<string> _log, logError; Action<Exception> OnLogCallback; Action<string> _catalog, login; Func<string, int> LogAndCount;
        interface ISettings { string GetOptions(); string GetWebSettings(string key); Task<string> GetRemoteSettings(); string GetText(); void ClearCache(); void ClearIgnoreRuleCache(); void ClearCache(string key); void Reset(); }
        ISettings _settings; CountdownEvent _left;
        Func<bool> _isOver;
        bool IsOver => _isOver();
        """;

    [Theory]
    [InlineData("try { File.Delete(\"x\"); } catch (Exception) { if (IsOver) { Console.WriteLine(F.Text); } }")]
    [InlineData("_log(\"x\"); logError?.Invoke(\"x\"); OnLogCallback(null);")]
    [InlineData("var o = _settings.GetOptions(); o = _settings.GetWebSettings(\"x\");")]
    [InlineData("_settings.ClearCache(); _settings.ClearIgnoreRuleCache();")]
    [InlineData("_left.Signal();")]
    public void Is_no_error_of_the_work(string work) => ErrorQuestions.Guarded($"void M() {{ {work} }}{Members}");

    [Theory]
    [InlineData("Console.WriteLine([|IsOver|]);")]
    [InlineData("try { File.Delete(\"x\"); } catch (Exception) { [|File.ReadAllText(F.Text)|]; }")]
    [InlineData("try { File.Delete(\"x\"); } catch (Exception) { [|_isOver()|]; }")]
    [InlineData("[|_catalog(\"x\")|];")]
    [InlineData("[|login(\"x\")|];")]
    [InlineData("[|LogAndCount(\"x\")|];")]
    [InlineData("[|_settings.GetText()|];")]
    [InlineData("[|_settings.ClearCache(\"x\")|];")]
    [InlineData("[|_settings.Reset()|];")]
    public void Is_one(string work) => ErrorQuestions.Escapes($"void M() {{ {work} }}{Members}");

    [Fact]
    public void Settings_that_are_asked_for_over_a_network_can_fail() => ErrorQuestions.Escapes($"async Task M() {{ await [|_settings.GetRemoteSettings()|]; }}{Members}");
}
