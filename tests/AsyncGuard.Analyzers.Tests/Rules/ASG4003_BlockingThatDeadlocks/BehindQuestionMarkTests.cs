using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>What blocks, or uses what did, where there may be nothing to use.</summary>
public sealed class BehindQuestionMarkTests : RuleTests<BlockingThatDeadlocksAnalyzer, BlockingThatDeadlocksFix>
{
    private const string Store = "#nullable enable\nclass Store { public Task SaveAsync() => Task.Delay(1); public Task<string> LoadAsync() => System.IO.File.ReadAllTextAsync(\"x\"); }\nStore? _store;\n\n";

    [Theory]
    [InlineData("_store?.SaveAsync().GetAwaiter().[|GetResult|]();", "if (_store != null)\n        {\n            await _store.SaveAsync();\n        }")]
    [InlineData("_store?.SaveAsync().[|Wait|]();", "if (_store != null)\n        {\n            await _store.SaveAsync();\n        }")]
    [InlineData("_text = _store?.LoadAsync().[|Result|];", "_text = _store is null ? null : await _store.LoadAsync();")]
    [InlineData("Find()?.SaveAsync().[|Wait|]();", "await (Find()?.SaveAsync() ?? Task.CompletedTask);")]
    public Task Under_a_lock(string blocking, string awaiting) => FixesAsync(
        $$"""
        {{Store}}Store? Find() => _store;
        string? _text;
        readonly object _gate = new();

        void M()
        {
            lock (_gate)
            {
                {{blocking}}
            }
        }
        """,
        $$"""
        {{Store}}Store? Find() => _store;
        string? _text;
        readonly SemaphoreSlim _gate = new(1, 1);

        async Task MAsync()
        {
            await _gate.WaitAsync();
            try
            {
                {{awaiting}}
            }
            finally
            {
                _gate.Release();
            }
        }
        """);

    [Theory]
    [InlineData("a lazy value", "readonly Lazy<string?> _lazy; Subject() { _lazy = new(() => _store?.LoadAsync().[|Result|]); } string? M() => _lazy.Value;", "readonly Lazy<Task<string?>> _lazy; Subject() { _lazy = new(async () => _store is null ? null : await _store.LoadAsync()); } async Task<string?> MAsync() => await _lazy.Value;")]
    [InlineData("a property", "string? Text => _store?.LoadAsync().[|Result|]; int M() => Text!.Length;", "async Task<string?> GetTextAsync() => _store is null ? null : await _store.LoadAsync(); async Task<int> MAsync() => (await GetTextAsync())!.Length;")]
    [InlineData("a reader", "class C { public string Text => System.IO.File.ReadAllTextAsync(\"x\").[|Result|]; } string? M(C? c) => c?.Text;", "class C { public async Task<string> GetTextAsync() => await System.IO.File.ReadAllTextAsync(\"x\"); } async Task<string?> MAsync(C? c) => c is null ? null : await c.GetTextAsync();")]
    [InlineData("Dispose", "class C(Store? store) : IDisposable { public void Dispose() => store?.SaveAsync().[|Wait|](); } async Task M() { await Task.Yield(); using var c = new C(null); }", "class C(Store? store) : IAsyncDisposable { public async ValueTask DisposeAsync() => await (store?.SaveAsync() ?? Task.CompletedTask); } async Task M() { await Task.Yield(); await using var c = new C(null); }")]
    [InlineData("a disposer", "class C : IDisposable { public void Dispose() => Task.Delay(1).[|Wait|](); } C[] _all = [new C()]; void M() => _all[0]?.Dispose();", "class C : IAsyncDisposable { public async ValueTask DisposeAsync() => await Task.Delay(1); } C[] _all = [new C()]; async Task MAsync() => await (_all[0]?.DisposeAsync() ?? default);")]
    [InlineData("a constructor's value", "class C { string? _text; public C(Store? store) { _text = store?.LoadAsync().[|Result|]; } public override string ToString() => _text ?? \"\"; } C M() => new C(null);", "class C { string? _text; private C(string? text) { _text = text; }\n    public static async Task<C> CreateAsync(Store? store)\n    {\n        var text = store is null ? null : await store.LoadAsync();\n        return new C(text);\n    }\n\n    public override string ToString() => _text ?? \"\"; } async Task<C> MAsync() => await C.CreateAsync(null);")]
    public Task In(string place, string members, string repaired)
    {
        Assert.NotEmpty(place);
        return FixesAsync(Store + members, Store + repaired);
    }
}
