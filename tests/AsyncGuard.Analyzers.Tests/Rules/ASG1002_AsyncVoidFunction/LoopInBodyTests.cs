namespace AsyncGuard.Rules;

/// <summary>A guard around a loop that its first error ends would only hide the end: ASG2001's fix goes into the loop.</summary>
public sealed class LoopInBodyTests : Support.RuleTests<AsyncVoidFunctionAnalyzer, AsyncVoidFunctionFix>
{
    [Theory]
    [InlineData("while (true) { await System.IO.File.ReadAllTextAsync(\"x\"); await Task.Delay(9); }")]
    [InlineData("await Task.Yield(); do { await System.IO.File.ReadAllTextAsync(\"x\"); await Task.Delay(9); } while (true);")]
    public Task Is_not_guarded_around_a_loop_that_dies(string body) => NotFixedAsync($"Action M() {{ Work(); return Work; }} async void [|Work|]()\n{{ {body} }}");

    [Fact]
    public Task Is_guarded_around_a_loop_that_ends() => FixesAsync(
        """
        Action M()
        {
            Work();
            return Work;
        }

        async void [|Work|]()
        {
            for (var n = 0; n < 9; n++)
            {
                await System.IO.File.ReadAllTextAsync("x");
            }
        }
        """,
        """
        Action M()
        {
            Work();
            return Work;
        }

        async void Work()
        {
            try
            {
                for (var n = 0; n < 9; n++)
                {
                    await System.IO.File.ReadAllTextAsync("x");
                }
            }
            catch (Exception ex)
            {
                Console.Error.WriteLine(ex);
            }
        }
        """);
}
