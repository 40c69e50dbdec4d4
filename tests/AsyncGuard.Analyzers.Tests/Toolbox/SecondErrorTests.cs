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
        async Task LoadAsync() => await F.ReadAsync();
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

    [Theory]
    [InlineData("await _dialogs.ShowAsync(e.Message);")]
    [InlineData("await _page.DisplayAlert(e.Message);")]
    [InlineData("_page.ShowError(e.Message);")]
    public void A_handler_may_show_the_error(string tells) => ErrorQuestions.Guarded($"async Task M() {{ try {{ await F.ReadAsync(); }} catch (Exception e) {{ {tells} }} }}{Screens}");

    [Theory]
    [InlineData("try { await F.ReadAsync(); } catch (Exception e) { await [|_page.ShowAsync(e.Message)|]; }")]
    [InlineData("try { await F.ReadAsync(); } catch (Exception e) { await [|_mail.NotifyErrorAsync(e.Message)|]; }")]
    [InlineData("await [|_dialogs.ShowAsync(\"x\")|];")]
    public void Nothing_else_may_it_do(string work) => ErrorQuestions.Escapes($"async Task M() {{ {work} }}{Screens}");

    private const string Screens = """

        interface IDialogService { Task ShowAsync(string text); } interface IPage { Task ShowAsync(string page); Task DisplayAlert(string text); void ShowError(string text); } interface IMail { Task NotifyErrorAsync(string text); }
        IDialogService _dialogs; IPage _page; IMail _mail;
        """;

    [Theory]
    [InlineData("await LoadAsync().ContinueWith(t => Console.WriteLine(t.Exception));")]
    [InlineData("await Task.Delay(9).ContinueWith(_ => _left.Signal());")]
    public void A_continuation_ends_as_its_own_work_does(string work) => ErrorQuestions.Guarded($"async Task M() {{ {work} }}{Members}");

    [Theory]
    [InlineData("await [|LoadAsync().ContinueWith(_ => _left.Signal())|];")]
    [InlineData("await [|LoadAsync().ContinueWith(t => { Console.WriteLine(t.Exception); File.Delete(\"x\"); })|];")]
    [InlineData("await [|Task.Delay(9).ContinueWith(_ => _left.Signal(), TaskContinuationOptions.OnlyOnCanceled)|];")]
    [InlineData("await [|Task.Delay(9).ContinueWith(_ => File.Delete(\"x\"))|];")]
    public void Or_else_as_what_it_hides(string work) => ErrorQuestions.Escapes($"async Task M() {{ {work} }}{Members}");

    [Fact]
    public void Settings_that_are_asked_for_over_a_network_can_fail() => ErrorQuestions.Escapes($"async Task M() {{ await [|_settings.GetRemoteSettings()|]; }}{Members}");
}
