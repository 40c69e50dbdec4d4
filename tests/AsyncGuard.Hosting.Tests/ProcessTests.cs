namespace AsyncGuard.Hosting;

/// <summary>What only a real process shows: signals, exit codes, what reaches standard error.</summary>
public sealed class ProcessTests
{
    [Theory]
    [InlineData("drain")]
    [InlineData("default")]
    public async Task Loses_no_work_when_it_is_terminated(string mode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no SIGTERM here.");
        const int pieces = 200;
        for (var round = 0; round < Scale.Of(usual: 1, full: 100); round++)
        {
            using var program = TestProgram.Start(mode, $"{pieces}");
            await program.ReadyAsync();

            await program.TerminateAsync();

            Assert.Equal(pieces, program.Output.Count(line => line.StartsWith("done", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Ends_in_time_although_nobody_listens_and_names_who_did_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There is no SIGTERM here.");
        using var program = TestProgram.Start("deaf");
        await program.ReadyAsync();

        var took = await program.TerminateAsync();

        TestContext.Current.SendDiagnosticMessage("terminated after {0}", took);
        Assert.InRange(took, TimeSpan.FromSeconds(1.4), TimeSpan.FromSeconds(2));
        Assert.Contains(program.Output, line => line.Contains("deaf run did not stop in time and was abandoned", StringComparison.Ordinal));
        Assert.Contains(program.Output, line => line.Contains("deaf loop did not stop in time and was abandoned", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ends_with_exit_code_1_when_a_task_gives_up_for_all()
    {
        using var program = TestProgram.Start("stop-all");

        await program.EndAsync();

        Assert.Equal(1, program.ExitCode);
        Assert.Contains("host ended", program.Output);
        Assert.Contains(program.Output, line => line.Contains("doomed failed 1 times in a row; action: StopAll", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Writes_what_is_wrong_to_standard_error_where_no_logging_is_set_up()
    {
        using var program = TestProgram.Start("silent");

        await program.EndAsync();

        Assert.NotEqual(0, program.ExitCode);
        Assert.Contains("Critical: AsyncGuard.Supervisor[1103] doomed failed 1 times in a row; action: StopAll", program.Output);
    }
}
