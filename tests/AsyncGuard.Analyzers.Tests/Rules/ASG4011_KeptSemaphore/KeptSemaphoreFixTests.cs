using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class KeptSemaphoreFixTests : RuleTests<KeptSemaphoreAnalyzer, KeptSemaphoreFix>
{
    [Fact]
    public Task Moves_the_try_up_to_the_wait() => FixesAsync(
        In("""
        await _gate.[|WaitAsync|]();

        // first the old
        var old = await ReadAsync(); // all of it
        try
        {
            // then the new
            await WriteAsync(old);
        }
        finally
        {
            _gate.Release(); // next
        }
        """),
        In("""
        await _gate.WaitAsync();

        try
        {
            // first the old
            var old = await ReadAsync(); // all of it
            // then the new
            await WriteAsync(old);
        }
        finally
        {
            _gate.Release(); // next
        }
        """));

    [Fact]
    public Task Makes_a_try() => FixesAsync(
        In("""
        await _gate.[|WaitAsync|]();
        var old = await ReadAsync();
        await WriteAsync(old);
        // next
        _gate.Release();
        """),
        In("""
        await _gate.WaitAsync();
        try
        {
            var old = await ReadAsync();
            await WriteAsync(old);
        }
        finally
        {
            // next
            _gate.Release();
        }
        """));

    [Fact]
    public Task Takes_the_return_along() => FixesAsync(
        """
        readonly SemaphoreSlim _gate = new(1);
        async Task<string> RunAsync()
        {
            await _gate.[|WaitAsync|]();
            var text = await System.IO.File.ReadAllTextAsync("x");
            _gate.Release();
            return text;
        }
        """,
        """
        readonly SemaphoreSlim _gate = new(1);
        async Task<string> RunAsync()
        {
            await _gate.WaitAsync();
            try
            {
                var text = await System.IO.File.ReadAllTextAsync("x");
                return text;
            }
            finally
            {
                _gate.Release();
            }
        }
        """);

    [Fact]
    public Task Declares_before_it_what_is_read_behind_it() => FixesAsync(
        In("""
        await _gate.[|WaitAsync|]();
        var old = await ReadAsync();
        _gate.Release();
        await WriteAsync(old);
        """),
        In("""
        await _gate.WaitAsync();
        string old;
        try
        {
            old = await ReadAsync();
        }
        finally
        {
            _gate.Release();
        }

        await WriteAsync(old);
        """));

    [Fact]
    public Task Keeps_handlers_for_what_they_were_written_for() => FixesAsync(
        In("""
        await _gate.[|WaitAsync|]();
        var old = await ReadAsync();
        try
        {
            await WriteAsync(old);
        }
        catch (FormatException)
        {
            await WriteAsync("");
        }
        finally
        {
            _gate.Release();
        }
        """),
        In("""
        await _gate.WaitAsync();
        try
        {
            var old = await ReadAsync();
            try
            {
                await WriteAsync(old);
            }
            catch (FormatException)
            {
                await WriteAsync("");
            }
        }
        finally
        {
            _gate.Release();
        }
        """));

    [Fact]
    public Task Begins_behind_the_branch_that_did_not_get_it() => FixesAsync(
        In("""
        if (!await _gate.[|WaitAsync|](0))
        {
            return;
        }

        await ReadAsync();
        _gate.Release();
        """),
        In("""
        if (!await _gate.WaitAsync(0))
        {
            return;
        }

        try
        {
            await ReadAsync();
        }
        finally
        {
            _gate.Release();
        }
        """));

    [Fact]
    public Task Awaits_the_wait_too() => FixesAsync(
        In("""
        _gate.[|Wait|]();
        await ReadAsync();
        _gate.Release();
        """),
        In("""
        await _gate.WaitAsync();
        try
        {
            await ReadAsync();
        }
        finally
        {
            _gate.Release();
        }
        """));

    [Fact]
    public Task Fixes_two_in_one_function() => FixesAsync(
        In("""
        await _gate.[|WaitAsync|]();
        await ReadAsync();
        _gate.Release();
        await _other.[|WaitAsync|]();
        await ReadAsync();
        _other.Release();
        """),
        In("""
        await _gate.WaitAsync();
        try
        {
            await ReadAsync();
        }
        finally
        {
            _gate.Release();
        }

        await _other.WaitAsync();
        try
        {
            await ReadAsync();
        }
        finally
        {
            _other.Release();
        }
        """));

    [Fact]
    public Task Fixes_a_monitor() => FixesAsync(
        """
        readonly object _lock = new();
        void Run()
        {
            Monitor.[|Enter|](_lock);
            System.IO.File.Delete("x");
            Monitor.Exit(_lock);
        }
        """,
        """
        readonly object _lock = new();
        void Run()
        {
            Monitor.Enter(_lock);
            try
            {
                System.IO.File.Delete("x");
            }
            finally
            {
                Monitor.Exit(_lock);
            }
        }
        """);

    [Fact]
    public Task A_variable_that_is_given_back_behind_the_try_is_declared_before_it() => FixesAsync(
        Giving("await _gate.[|WaitAsync|](); var text = await ReadAsync(); try { await WriteAsync(text); } finally { _gate.Release(); } return text;"),
        Giving("await _gate.WaitAsync(); string text;\n    try\n    {\n        text = await ReadAsync(); await WriteAsync(text);\n    }\n    finally { _gate.Release(); }\n    return text;"));

    [Fact]
    public Task Is_not_fixed_where_several_places_release() => NotFixedAsync(In("await _gate.[|WaitAsync|](); if (1 > DateTime.Now.Day) { _gate.Release(); return; } await ReadAsync(); _gate.Release();"));

    private static string Giving(string code) => In("await Task.Yield();") + $"\nasync Task<object> GiveAsync() {{ {code} }}";

    private static string In(string code) =>
        $$"""
        readonly SemaphoreSlim _gate = new(1), _other = new(1);
        async Task RunAsync()
        {
            {{code.Replace("\n", "\n    ", StringComparison.Ordinal).Replace("    \n", "\n", StringComparison.Ordinal)}}
        }
        async Task<string> ReadAsync() => await System.IO.File.ReadAllTextAsync("x");
        async Task WriteAsync(string text) => await System.IO.File.WriteAllTextAsync("x", text);
        """;
}
