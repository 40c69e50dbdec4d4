using AsyncGuard.Fixing;
using AsyncGuard.Support;
using Microsoft.Extensions.Logging;

namespace AsyncGuard.Rules;

/// <summary>What a guarded handler looks like, with the runtime and without it.</summary>
public sealed class UnguardedHandlerFixTests : RuleTests<UnguardedHandlerAnalyzer, UnguardedHandlerFix>
{
    private const string Save = "\nTask SaveAsync(CancellationToken token = default) => System.IO.File.WriteAllTextAsync(\"x\", \"\", token);\nevent EventHandler Saved;\nevent Action<int> Counted;";

    private static readonly Given Logging = Has.Library(typeof(ILogger));

    [Fact]
    public Task The_body_of_a_method_is_caught() => CaughtAsync(
        """
        async void OnClick(object sender, EventArgs e)
        {
            // save first
            await SaveAsync(); // then tell

            Console.WriteLine("saved");
        }
        """,
        """
        async void OnClick(object sender, EventArgs e)
        {
            try
            {
                // save first
                await SaveAsync(); // then tell

                Console.WriteLine("saved");
            }
            catch (Exception ex)
            {
                Console.Error.WriteLine(ex);
            }
        }
        """,
        "OnClick");

    [Fact]
    public Task The_body_of_a_method_is_guarded_by_the_runtime() => GuardedAsync(
        """
        async void OnClick(object sender, EventArgs e)
        {
            // save first
            await SaveAsync(); // then tell

            Console.WriteLine("saved");
        }
        """,
        """
        async void OnClick(object sender, EventArgs e)
        {
            await Guard.TryAsync("OnClick", async ct =>
            {
                // save first
                await SaveAsync(ct); // then tell

                Console.WriteLine("saved");
            });
        }
        """,
        "OnClick");

    [Fact]
    public Task A_lambda_of_one_line_is_guarded_by_the_runtime() => GuardedAsync(
        "void M() { Counted += async n => await SaveAsync(); }",
        "void M() { Counted += async n => await Guard.TryAsync(\"Counted\", ct => SaveAsync(ct)); }",
        "async");

    [Fact]
    public Task An_arrow_that_awaits_something_else_stays_an_arrow() => GuardedAsync(
        "async void OnClick(object sender, EventArgs e) => await SaveAsync().ConfigureAwait(false);",
        "async void OnClick(object sender, EventArgs e) => await Guard.TryAsync(\"OnClick\", async ct => await SaveAsync(ct).ConfigureAwait(false));",
        "OnClick");

    [Fact]
    public Task An_arrow_becomes_a_block_to_catch() => CaughtAsync(
        """
        async void OnClick(object sender, EventArgs e) => await SaveAsync(); // at once

        void Next() { }
        """,
        """
        async void OnClick(object sender, EventArgs e)
        {
            try
            {
                await SaveAsync();
            }
            catch (Exception ex)
            {
                Console.Error.WriteLine(ex);
            }
        } // at once

        void Next() { }
        """,
        "OnClick");

    [Fact]
    public Task A_lambda_s_body_is_caught() => CaughtAsync(
        """
        void M()
        {
            Saved += async (s, e) =>
            {
                await SaveAsync();
            };
        }
        """,
        """
        void M()
        {
            Saved += async (s, e) =>
            {
                try
                {
                    await SaveAsync();
                }
                catch (Exception ex)
                {
                    Console.Error.WriteLine(ex);
                }
            };
        }
        """,
        "async");

    [Fact]
    public Task An_anonymous_method_s_body_is_guarded() => GuardedAsync(
        """
        void M()
        {
            Saved += async delegate
            {
                await SaveAsync();
            };
        }
        """,
        """
        void M()
        {
            Saved += async delegate
            {
                await Guard.TryAsync("Saved", async ct =>
                {
                    await SaveAsync(ct);
                });
            };
        }
        """,
        "async");

    [Fact]
    public Task A_local_function_s_body_is_guarded() => GuardedAsync(
        """
        void M()
        {
            Saved += OnSaved;

            async void OnSaved(object sender, EventArgs e)
            {
                await System.IO.File.ReadAllTextAsync("x", CancellationToken.None);
            }
        }
        """,
        """
        void M()
        {
            Saved += OnSaved;

            async void OnSaved(object sender, EventArgs e)
            {
                await Guard.TryAsync("OnSaved", async _ =>
                {
                    await System.IO.File.ReadAllTextAsync("x", CancellationToken.None);
                });
            }
        }
        """,
        "OnSaved(object");

    [Fact]
    public Task A_body_that_throws_values_away_gives_its_token_a_name() => GuardedAsync(
        """
        async void OnClick(object sender, EventArgs e)
        {
            _ = await System.IO.File.ReadAllTextAsync("x", CancellationToken.None);
        }
        """,
        """
        async void OnClick(object sender, EventArgs e)
        {
            await Guard.TryAsync("OnClick", async ct =>
            {
                _ = await System.IO.File.ReadAllTextAsync("x", CancellationToken.None);
            });
        }
        """,
        "OnClick");

    [Fact]
    public Task A_return_stays_one() => GuardedAsync(
        """
        async void OnClick(object sender, EventArgs e)
        {
            if (sender is null)
            {
                return;
            }

            await SaveAsync();
        }
        """,
        """
        async void OnClick(object sender, EventArgs e)
        {
            await Guard.TryAsync("OnClick", async ct =>
            {
                if (sender is null)
                {
                    return;
                }

                await SaveAsync(ct);
            });
        }
        """,
        "OnClick");

    [Fact]
    public Task What_makes_loggers_is_none() => ChangesAsync(
        GuardedBody.ByCatch,
        """
        private readonly ILoggerFactory _loggers;

        async void OnClick(object sender, EventArgs e)
        {
            await SaveAsync();
        }
        """,
        """
        private readonly ILoggerFactory _loggers;

        async void OnClick(object sender, EventArgs e)
        {
            try
            {
                await SaveAsync();
            }
            catch (Exception ex)
            {
                Console.Error.WriteLine(ex);
            }
        }
        """,
        "OnClick",
        "using Microsoft.Extensions.Logging;\n",
        Logging);

    [Fact]
    public Task The_type_s_own_logger_is_used() => ChangesAsync(
        GuardedBody.ByCatch,
        """
        private readonly ILogger _logger;

        async void OnClick(object sender, EventArgs e)
        {
            await SaveAsync();
        }
        """,
        """
        private readonly ILogger _logger;

        async void OnClick(object sender, EventArgs e)
        {
            try
            {
                await SaveAsync();
            }
            catch (Exception ex)
            {
                _logger.LogError(ex, "OnClick failed");
            }
        }
        """,
        "OnClick",
        "using Microsoft.Extensions.Logging;\n",
        Logging);

    [Fact]
    public Task A_name_that_is_taken_is_left_alone() => CaughtAsync(
        """
        async void OnClick(object ex, EventArgs e)
        {
            await SaveAsync();
        }
        """,
        """
        async void OnClick(object ex, EventArgs e)
        {
            try
            {
                await SaveAsync();
            }
            catch (Exception error)
            {
                Console.Error.WriteLine(error);
            }
        }
        """,
        "OnClick");

    [Fact]
    public Task A_struct_s_body_cannot_move_into_a_lambda() => FixesAsync(
        "using AsyncGuard;\nstruct Button\n{\n    int _count;\n    async void [|OnClick|](object s, EventArgs e)\n    {\n        await Task.Run(Console.Beep);\n        Console.WriteLine(_count);\n    }\n}",
        "using AsyncGuard;\nstruct Button\n{\n    int _count;\n    async void OnClick(object s, EventArgs e)\n    {\n        try\n        {\n            await Task.Run(Console.Beep);\n            Console.WriteLine(_count);\n        }\n        catch (Exception ex)\n        {\n            Console.Error.WriteLine(ex);\n        }\n    }\n}",
        Has.Runtime);

    [Fact]
    public Task All_handlers_of_a_document_are_guarded() => FixesAsync(
        GuardedBody.ByRuntime,
        "using AsyncGuard;\nasync void [|OnA|](object s, EventArgs e) => await SaveAsync();\nasync void [|OnB|](object s, EventArgs e) => await SaveAsync();" + Save,
        "using AsyncGuard;\nasync void OnA(object s, EventArgs e) => await Guard.TryAsync(\"OnA\", ct => SaveAsync(ct));\nasync void OnB(object s, EventArgs e) => await Guard.TryAsync(\"OnB\", ct => SaveAsync(ct));" + Save,
        Has.Runtime);

    [Fact]
    public Task A_handler_inside_a_handler_is_guarded_too() => FixesAsync(
        GuardedBody.ByRuntime,
        "using AsyncGuard;\nvoid M()\n{\n    Counted += [|async|] n => { await SaveAsync(CancellationToken.None); Counted += [|async|] m => await SaveAsync(CancellationToken.None); };\n}" + Save,
        "using AsyncGuard;\nvoid M()\n{\n    Counted += async n =>\n    {\n        await Guard.TryAsync(\"Counted\", async _ => { await SaveAsync(CancellationToken.None); Counted += async m => await Guard.TryAsync(\"Counted\", _ => SaveAsync(CancellationToken.None)); });\n    };\n}" + Save,
        Has.Runtime);

    [Fact]
    public Task The_runtime_is_named_in_full_where_nobody_uses_it_yet() => FixesAsync(
        GuardedBody.ByRuntime,
        "async void [|OnA|](object s, EventArgs e) => await SaveAsync();" + Save,
        "async void OnA(object s, EventArgs e) => await AsyncGuard.Guard.TryAsync(\"OnA\", ct => SaveAsync(ct));" + Save,
        Has.Runtime);

    private static Task CaughtAsync(string before, string after, string marked) => ChangesAsync(GuardedBody.ByCatch, before, after, marked, "");

    private static Task GuardedAsync(string before, string after, string marked) => ChangesAsync(GuardedBody.ByRuntime, before, after, marked, "using AsyncGuard;\n", Has.Runtime);

    private static Task ChangesAsync(string offer, string before, string after, string marked, string usings, params Given[] given)
    {
        var word = marked.Split('(')[0];
        var at = before.IndexOf(marked, StringComparison.Ordinal);
        return FixesAsync(offer, $"{usings}{before[..at]}[|{word}|]{before[(at + word.Length)..]}{Save}", usings + after + Save, given);
    }
}
