using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>A <c>Dispose</c> that becomes <c>DisposeAsync</c>.</summary>
public sealed class AsyncDisposalTests : RuleTests<BlockingThatDeadlocksAnalyzer, BlockingThatDeadlocksFix>
{
    [Fact]
    public Task Whoever_disposes_of_it_awaits() => FixesAsync(
        """
        sealed class Writer : IDisposable
        {
            public void Dispose()
            {
                FlushAsync().[|Wait|]();
            }

            private static Task FlushAsync() => Task.Delay(1);
        }

        async Task InAsync()
        {
            using var a = new Writer();
            using (var b = new Writer())
            {
                await Task.Yield();
            }

            new Writer().Dispose();
        }

        void Sync()
        {
            using (Make())
            {
            }
        }

        static Writer Make() => new Writer();
        """,
        """
        sealed class Writer : IAsyncDisposable
        {
            public async ValueTask DisposeAsync()
            {
                await FlushAsync();
            }

            private static Task FlushAsync() => Task.Delay(1);
        }

        async Task InAsync()
        {
            await using var a = new Writer();
            await using (var b = new Writer())
            {
                await Task.Yield();
            }

            await new Writer().DisposeAsync();
        }

        async Task SyncAsync()
        {
            await using (Make())
            {
            }
        }

        static Writer Make() => new Writer();
        """);

    [Fact]
    public Task One_that_may_be_missing() => FixesAsync(
        """
        class C : IDisposable { public void Dispose() => Task.Delay(1).[|Wait|](); }
        C _c = new();

        void Close()
        {
            // if any
            _c?.Dispose(); // done
        }
        """,
        """
        class C : IAsyncDisposable { public async ValueTask DisposeAsync() => await Task.Delay(1); }
        C _c = new();

        async Task CloseAsync()
        {
            // if any
            if (_c != null)
            {
                await _c.DisposeAsync();
            } // done
        }
        """);

    [Fact]
    public Task An_explicit_implementation() => FixesAsync(
        "class C : IDisposable { void IDisposable.Dispose() => Task.Delay(1).[|Wait|](); } async Task M() { using var c = new C(); await Task.Yield(); }",
        "class C : IAsyncDisposable { async ValueTask IAsyncDisposable.DisposeAsync() => await Task.Delay(1); } async Task M() { await using var c = new C(); await Task.Yield(); }");

    [Fact]
    public Task What_it_calls_becomes_async_too() => FixesAsync(
        "class C : IDisposable { public void Dispose() { Stop(); Task.Delay(1).[|Wait|](); } void Stop() => Task.Delay(2).Wait(); } async Task M() { using var c = new C(); await Task.Yield(); }",
        "class C : IAsyncDisposable { public async ValueTask DisposeAsync() { await StopAsync(); await Task.Delay(1); } async Task StopAsync() => await Task.Delay(2); } async Task M() { await using var c = new C(); await Task.Yield(); }");

    [Fact]
    public Task A_function_that_blocks_on_what_it_is_given_is_not_asked_any_more() => FixesAsync(
        "class C : IDisposable { public void Dispose() { Task.Delay(1).[|Wait|](); Sync.[|Run|](() => Task.Delay(2)); } } C M() => new C(); static class Sync { public static void Run(Func<Task> work) => work().Wait(); }",
        "class C : IAsyncDisposable { public async ValueTask DisposeAsync() { await Task.Delay(1); await Task.Delay(2); } } C M() => new C(); static class Sync { public static void Run(Func<Task> work) => work().Wait(); }");

    [Fact]
    public Task Keeps_trivia() => FixesAsync(
        """
        /// <summary>Writes; <see cref="Dispose"/> flushes.</summary>
        class Writer : /* as */ IDisposable // one
        {
            /// <summary>Flushes.</summary>
            public void Dispose() // now
            {
                // all of it
                Task.Delay(1).[|Wait|](); // end
            }
        }

        async Task M()
        {
            // open
            using var w = new Writer(); // close
            await Task.Yield();
        }
        """,
        """
        /// <summary>Writes; <see cref="DisposeAsync"/> flushes.</summary>
        class Writer : /* as */ IAsyncDisposable // one
        {
            /// <summary>Flushes.</summary>
            public async ValueTask DisposeAsync() // now
            {
                // all of it
                await Task.Delay(1); // end
            }
        }

        async Task M()
        {
            // open
            await using var w = new Writer(); // close
            await Task.Yield();
        }
        """);

    [Fact]
    public Task One_that_only_a_container_makes() => FixesAsync(
        "using Microsoft.Extensions.DependencyInjection;\n\nclass C : IDisposable { public void Dispose() => Task.Delay(1).[|Wait|](); } void M(IServiceCollection services) => services.AddSingleton<C>();",
        "using Microsoft.Extensions.DependencyInjection;\n\nclass C : IAsyncDisposable { public async ValueTask DisposeAsync() => await Task.Delay(1); } void M(IServiceCollection services) => services.AddSingleton<C>();",
        Has.Library(typeof(Microsoft.Extensions.DependencyInjection.IServiceCollection)));

    [Theory]
    [InlineData("void M(IServiceCollection services, IServiceProvider provider) { services.AddSingleton<C>(); using var scope = provider.CreateScope(); }")]
    [InlineData("void M(IServiceCollection services) { services.AddSingleton(_ => new C()); using var all = services.BuildServiceProvider(); }")]
    public Task Is_not_offered_where_a_container_may_dispose_of_it_synchronously(string members) => NotFixedAsync(
        "using Microsoft.Extensions.DependencyInjection;\n\nclass C : IDisposable { public void Dispose() => Task.Delay(1).[|Wait|](); } " + members,
        Has.Library(typeof(Microsoft.Extensions.DependencyInjection.ServiceCollectionContainerBuilderExtensions)));

    [Theory]
    [InlineData("a constructor disposes of it", "class C : IDisposable { $ } class D { public D() { using var c = new C(); } }")]
    [InlineData("another Dispose disposes of it", "class C : IDisposable { $ } class D : IDisposable { readonly C _c = new C(); public void Dispose() => _c.Dispose(); }")]
    [InlineData("it is kept as IDisposable", "class C : IDisposable { $ } IDisposable M() => new C();")]
    [InlineData("somebody asks any object", "class C : IDisposable { $ } object M() => new C(); void End(object o) => (o as IDisposable)?.Dispose();")]
    [InlineData("somebody asks by pattern", "class C : IDisposable { $ } object M() => new C(); void End(object o) { if (o is IDisposable d) { d.Dispose(); } }")]
    [InlineData("somebody picks the disposable ones", "class C : IDisposable { $ } object M() => new C(); void End(object[] all) { foreach (var each in System.Linq.Enumerable.OfType<IDisposable>(all)) { each.Dispose(); } }")]
    [InlineData("its base is another", "class B { } class C : B, IDisposable { $ } async Task M() { await using var s = new System.IO.MemoryStream(); using var c = new C(); }")]
    [InlineData("it is a base", "class C : IDisposable { $ } class D : C { } async Task M() { await Task.Yield(); using var c = new C(); }")]
    [InlineData("another contract says so too", "interface I : IDisposable { } class C : I, IDisposable { $ } async Task M() { await Task.Yield(); using var c = new C(); }")]
    [InlineData("its Dispose can be overridden", "class C : IDisposable { public virtual void Dispose() => Task.Delay(1).[|Wait|](); } async Task M() { await Task.Yield(); using var c = new C(); }")]
    [InlineData("a part of it blocks", "class C : IDisposable { public void Dispose() => Dispose(true); void Dispose(bool all) => Task.Delay(1).[|Wait|](); } async Task M() { await Task.Yield(); using var c = new C(); }")]
    [InlineData("nobody here makes it", "class C : IDisposable { $ }")]
    [InlineData("its wait is asked for its outcome", "class C : IDisposable { public void Dispose() { if (Task.Delay(1).Wait(5)) { Task.Delay(1).[|Wait|](); } } } async Task M() { await Task.Yield(); using var c = new C(); }")]
    [InlineData("its Dispose is given away", "class C : IDisposable { $ } Action M() => new C().Dispose;")]
    public Task Is_not_offered_where(string reason, string members)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync(
            members.Replace("$", "public void Dispose() => Task.Delay(1).[|Wait|]();", StringComparison.Ordinal));
    }
}
