using AsyncGuard.Support;

namespace AsyncGuard.Rules;

/// <summary>Without the runtime the work opens its scope itself.</summary>
public sealed class OwnScopeFixTests : RuleTests<ScopeEscapeAnalyzer, ScopeEscapeFix>
{
    private const string Registered = "\nvoid R(IServiceCollection services) { services.AddScoped<IMailer, Mailer>(); }";

    [Fact]
    public Task A_factory_at_hand_and_a_logger() => Fixes(
        """
        class C
        {
            readonly Shop _db;
            readonly IServiceScopeFactory _scopes;
            readonly Microsoft.Extensions.Logging.ILogger _logger;

            public C(Shop db, IServiceScopeFactory scopes, Microsoft.Extensions.Logging.ILogger logger) => (_db, _scopes, _logger) = (db, scopes, logger);

            void Place(int id)
            {
                // later
                _ = Task.[|Run|](async () =>
                {
                    this._db.Add(new Order { Id = id }); // the order
                    await _db.SaveChangesAsync();
                }); // done
            }
        }
        """,
        """
        class C
        {
            readonly Shop _db;
            readonly IServiceScopeFactory _scopes;
            readonly Microsoft.Extensions.Logging.ILogger _logger;

            public C(Shop db, IServiceScopeFactory scopes, Microsoft.Extensions.Logging.ILogger logger) => (_db, _scopes, _logger) = (db, scopes, logger);

            void Place(int id)
            {
                // later
                _ = Task.Run(async () =>
                {
                    try
                    {
                        await using var scope = _scopes.CreateAsyncScope();
                        var db = scope.ServiceProvider.GetRequiredService<Shop>();
                        db.Add(new Order { Id = id }); // the order
                        await db.SaveChangesAsync();
                    }
                    catch (Exception ex)
                    {
                        Microsoft.Extensions.Logging.LoggerExtensions.LogError(_logger, ex, "Place failed");
                    }
                }); // done
            }
        }
        """,
        Has.Library(typeof(Microsoft.Extensions.Logging.ILogger)));

    [Fact]
    public Task A_primary_constructor_takes_the_factory_instead_of_the_service() => Fixes(
        """
        class C(Shop shop)
        {
            void M()
            {
                _ = shop.[|SaveChangesAsync|]();
            }
        }
        """,
        """
        class C(IServiceScopeFactory scopeFactory)
        {
            void M()
            {
                _ = Task.Run(async () =>
                {
                    try
                    {
                        await using var scope = scopeFactory.CreateAsyncScope();
                        var scopedShop = scope.ServiceProvider.GetRequiredService<Shop>();
                        await scopedShop.SaveChangesAsync();
                    }
                    catch (Exception ex)
                    {
                        Console.Error.WriteLine(ex);
                    }
                });
            }
        }
        """);

    [Fact]
    public Task A_primary_constructor_keeps_a_service_that_is_read_elsewhere() => Fixes(
        """
        class C(IMailer mailer)
        {
            string Name => mailer.ToString();
            void M(int id)
            {
                Task.[|Run|](() => mailer.SendAsync(id));
            }
        }
        """ + Registered,
        """
        class C(IMailer mailer, IServiceScopeFactory scopeFactory)
        {
            string Name => mailer.ToString();
            void M(int id)
            {
                Task.Run(async () =>
                {
                    try
                    {
                        await using var scope = scopeFactory.CreateAsyncScope();
                        var scopedMailer = scope.ServiceProvider.GetRequiredService<IMailer>();
                        await scopedMailer.SendAsync(id);
                    }
                    catch (Exception ex)
                    {
                        Console.Error.WriteLine(ex);
                    }
                });
            }
        }
        """ + Registered);

    [Fact]
    public Task A_constructor_is_given_the_factory() => Fixes(
        """
        class C
        {
            readonly Shop _db;

            public C(Shop db)
            {
                _db = db;
            }

            void M()
            {
                _ = Task.[|Run|](() => _db.SaveChanges());
            }
        }
        """,
        """
        class C
        {
            readonly Shop _db;
            private readonly IServiceScopeFactory _scopeFactory;

            public C(Shop db, IServiceScopeFactory scopeFactory)
            {
                _db = db;
                _scopeFactory = scopeFactory;
            }

            void M()
            {
                _ = Task.Run(() =>
                {
                    try
                    {
                        using var scope = _scopeFactory.CreateScope();
                        var db = scope.ServiceProvider.GetRequiredService<Shop>();
                        db.SaveChanges();
                    }
                    catch (Exception ex)
                    {
                        Console.Error.WriteLine(ex);
                    }
                });
            }
        }
        """);

    [Fact]
    public Task An_action_s_parameter() => Fixes(
        """
        class C(IServiceScopeFactory scopes)
        {
            void Place(Shop shop)
            {
                _ = shop.[|SaveChangesAsync|]();
            }
        }
        """,
        """
        class C(IServiceScopeFactory scopes)
        {
            void Place(Shop shop)
            {
                _ = Task.Run(async () =>
                {
                    try
                    {
                        await using var scope = scopes.CreateAsyncScope();
                        var scopedShop = scope.ServiceProvider.GetRequiredService<Shop>();
                        await scopedShop.SaveChangesAsync();
                    }
                    catch (Exception ex)
                    {
                        Console.Error.WriteLine(ex);
                    }
                });
            }
        }
        """);

    [Fact]
    public Task A_method_of_the_type_itself() => Fixes(
        """
        class Orders(Shop db, IServiceScopeFactory scopes)
        {
            public void M()
            {
                _ = [|SaveAsync|](1);
            }

            public async Task SaveAsync(int id) { await db.SaveChangesAsync(); }
        }
        void R(IServiceCollection services) { services.AddScoped<Orders>(); }
        """,
        """
        class Orders(Shop db, IServiceScopeFactory scopes)
        {
            public void M()
            {
                _ = Task.Run(async () =>
                {
                    try
                    {
                        await using var scope = scopes.CreateAsyncScope();
                        var orders = scope.ServiceProvider.GetRequiredService<Orders>();
                        await orders.SaveAsync(1);
                    }
                    catch (Exception ex)
                    {
                        Console.Error.WriteLine(ex);
                    }
                });
            }

            public async Task SaveAsync(int id) { await db.SaveChangesAsync(); }
        }
        void R(IServiceCollection services) { services.AddScoped<Orders>(); }
        """);

    [Fact]
    public Task Three_services_come_from_one_scope() => Fixes(
        """
        class C(Shop db, IMailer mailer, Orders orders)
        {
            void M()
            {
                _ = Task.[|Run|](async () =>
                {
                    await db.SaveChangesAsync();
                    await mailer.SendAsync(orders.Count);
                });
            }
        }
        class Orders { public int Count; }
        void R(IServiceCollection services) { services.AddScoped<Orders>(); services.AddScoped<IMailer, Mailer>(); }
        """,
        """
        class C(IServiceScopeFactory scopeFactory)
        {
            void M()
            {
                _ = Task.Run(async () =>
                {
                    try
                    {
                        await using var scope = scopeFactory.CreateAsyncScope();
                        var shop = scope.ServiceProvider.GetRequiredService<Shop>();
                        var scopedMailer = scope.ServiceProvider.GetRequiredService<IMailer>();
                        var scopedOrders = scope.ServiceProvider.GetRequiredService<Orders>();
                        await shop.SaveChangesAsync();
                        await scopedMailer.SendAsync(scopedOrders.Count);
                    }
                    catch (Exception ex)
                    {
                        Console.Error.WriteLine(ex);
                    }
                });
            }
        }
        class Orders { public int Count; }
        void R(IServiceCollection services) { services.AddScoped<Orders>(); services.AddScoped<IMailer, Mailer>(); }
        """);

    [Theory]
    [InlineData("somebody makes the type", "class C(Shop shop) { void M() { _ = shop.[|SaveChangesAsync|](); } } C N() => new C(null);")]
    [InlineData("a derived type calls its constructor", "class C(Shop shop) { void M() { _ = shop.[|SaveChangesAsync|](); } } class D(Shop shop) : C(shop);")]
    [InlineData("the function is static", "static void M(Shop shop) { _ = shop.[|SaveChangesAsync|](); }")]
    [InlineData("the type has two constructors", "class C { readonly Shop _db; public C(Shop db) { _db = db; } public C() : this(null) { } void M() { _ = _db.[|SaveChangesAsync|](); } }")]
    [InlineData("the type's constructor takes nothing", "void M(Shop shop) { _ = shop.[|SaveChangesAsync|](); }")]
    [InlineData("a record's parameter would be a property", "record C(Shop Db) { public void M() { _ = Db.[|SaveChangesAsync|](); } }")]
    [InlineData("the request goes along too", "class C(Shop db, IServiceScopeFactory scopes) { void M(HttpContext context) { _ = Task.[|Run|](async () => { await db.SaveChangesAsync(); Console.WriteLine(context.Request); }); } }")]
    [InlineData("the call's argument changes later", "class C(IMailer mailer, IServiceScopeFactory scopes) { int _next; void M() { _ = mailer.[|SendAsync|](_next++); } }" + Registered)]
    [InlineData("the lambda gives a value", "class C(Shop db, IServiceScopeFactory scopes) { void M() { _ = Task.[|Run|](async () => { await db.SaveChangesAsync(); return 1; }); } }")]
    [InlineData("nobody registers the type", "class C(Shop db, IServiceScopeFactory scopes) { void M() { _ = [|SaveAsync|](); } async Task SaveAsync() { await db.SaveChangesAsync(); } }")]
    [InlineData("it is the request itself", "class C(IServiceScopeFactory scopes) { void M(HttpContext context) { _ = Task.[|Run|](() => Console.WriteLine(context.Request)); } }")]
    public Task Is_not_offered_where(string reason, string members)
    {
        Assert.NotEmpty(reason);
        return NotFixedAsync(members + ScopeEscapeTests.World, ScopeEscapeTests.Libraries);
    }

    private static Task Fixes(string members, string repaired, params Given[] given) => FixesAsync(members + ScopeEscapeTests.World, repaired + ScopeEscapeTests.World, [.. ScopeEscapeTests.Libraries, .. given]);
}
