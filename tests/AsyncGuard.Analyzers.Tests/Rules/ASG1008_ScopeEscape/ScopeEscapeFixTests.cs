using AsyncGuard.Support;

namespace AsyncGuard.Rules;

public sealed class ScopeEscapeFixTests : RuleTests<ScopeEscapeAnalyzer, ScopeEscapeFix>
{
    private const string Registered = "\nvoid R(IServiceCollection services) { services.AddScoped<IMailer, Mailer>(); }";

    [Fact]
    public Task A_call_of_the_service() => Fixes(
        "class C(IMailer mailer) { string Name => mailer.ToString(); void M(int id) { _ = mailer.[|SendAsync|](id); } }" + Registered,
        "class C(IMailer mailer) { string Name => mailer.ToString(); void M(int id) { Supervisor.Default.Run<IMailer>(\"Send\", (scopedMailer, ct) => scopedMailer.SendAsync(id, ct)); } }" + Registered);

    [Fact]
    public Task A_field_gives_its_name() => Fixes(
        "class C(IMailer given) { readonly IMailer _mailer = given; void M(int id) { _ = _mailer.[|SendAsync|](id); } }" + Registered,
        "class C(IMailer given) { readonly IMailer _mailer = given; void M(int id) { Supervisor.Default.Run<IMailer>(\"Send\", (mailer, ct) => mailer.SendAsync(id, ct)); } }" + Registered);

    [Fact]
    public Task A_lambda_that_captures_the_context() => Fixes(
        """
        class C
        {
            readonly Shop _db;

            public C(Shop db) => _db = db;

            void M(int id)
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

            public C(Shop db) => _db = db;

            void M(int id)
            {
                // later
                Supervisor.Default.Run<Shop>("M", async (db, ct) =>
                {
                    db.Add(new Order { Id = id }); // the order
                    await db.SaveChangesAsync(ct);
                }); // done
            }
        }
        """);

    [Fact]
    public Task A_context_that_is_handed_over() => Fixes(
        "class C(Shop shop) { readonly Shop _db = shop; void M() { _ = [|SaveAsync|](_db, 1); } static async Task SaveAsync(Shop db, int id) => await db.SaveChangesAsync(); }",
        "class C(Shop shop) { readonly Shop _db = shop; void M() { Supervisor.Default.Run<Shop>(\"Save\", (db, _) => SaveAsync(db, 1)); } static async Task SaveAsync(Shop db, int id) => await db.SaveChangesAsync(); }");

    [Fact]
    public Task A_method_of_a_registered_type() => Fixes(
        "class Orders(Shop db) { public void M() { _ = [|SaveAsync|](1); } public async Task SaveAsync(int id) { await db.SaveChangesAsync(); } }\nvoid R(IServiceCollection services) { services.AddScoped<Orders>(); }",
        "class Orders(Shop db) { public void M() { Supervisor.Default.Run<Orders>(\"Save\", (orders, _) => orders.SaveAsync(1)); } public async Task SaveAsync(int id) { await db.SaveChangesAsync(); } }\nvoid R(IServiceCollection services) { services.AddScoped<Orders>(); }");

    [Fact]
    public Task A_method_of_a_registered_contract() => Fixes(
        "interface IOrders { Task SaveAsync(int id); }\nclass Orders(Shop db) : IOrders { public void M() { _ = [|SaveAsync|](1); } public async Task SaveAsync(int id) { await db.SaveChangesAsync(); } }\nvoid R(IServiceCollection services) { services.AddScoped<IOrders>(it => null); }",
        "interface IOrders { Task SaveAsync(int id); }\nclass Orders(Shop db) : IOrders { public void M() { Supervisor.Default.Run<IOrders>(\"Save\", (orders, _) => orders.SaveAsync(1)); } public async Task SaveAsync(int id) { await db.SaveChangesAsync(); } }\nvoid R(IServiceCollection services) { services.AddScoped<IOrders>(it => null); }");

    [Fact]
    public Task A_parameter_injected_for_the_work_alone_goes() => Fixes(
        "class C(Shop db, IMailer mailer) { string Name => mailer.ToString(); void M() { _ = db.[|SaveChangesAsync|](); } }",
        "class C(IMailer mailer) { string Name => mailer.ToString(); void M() { Supervisor.Default.Run<Shop>(\"SaveChanges\", (shop, ct) => shop.SaveChangesAsync(ct)); } }");

    [Fact]
    public Task The_last_parameter_leaves_an_empty_list() => Fixes(
        "class C(Shop db) { void M() { _ = db.[|SaveChangesAsync|](); } }",
        "class C() { void M() { Supervisor.Default.Run<Shop>(\"SaveChanges\", (shop, ct) => shop.SaveChangesAsync(ct)); } }");

    [Fact]
    public Task Not_where_somebody_gives_the_parameter_that_would_go() => NotFixed("class C(Shop db) { void M() { _ = db.[|SaveChangesAsync|](); } } C N() => new C(null);");

    [Fact]
    public Task Not_where_a_derived_type_gives_the_parameter_that_would_go() => NotFixed("class C(Shop db) { void M() { _ = db.[|SaveChangesAsync|](); } } class D(Shop db) : C(db);");

    [Fact]
    public Task Not_for_what_no_scope_can_give() => NotFixed("void M(HttpContext context) { _ = Task.[|Run|](() => Console.WriteLine(context.Request)); }");

    [Fact]
    public Task Two_services_come_from_one_scope() => Fixes(
        """
        class C(Shop db, IMailer mailer, Uri uri)
        {
            string Where => uri.Host;

            void M(int id)
            {
                _ = Task.[|Run|](async () =>
                {
                    await db.SaveChangesAsync(); // first
                    await mailer.SendAsync(id);
                });
            }
        }
        """ + Registered,
        """
        class C(Uri uri)
        {
            string Where => uri.Host;

            void M(int id)
            {
                Supervisor.Default.Run<IServiceProvider>("M", async (services, ct) =>
                {
                    var shop = services.GetRequiredService<Shop>();
                    var scopedMailer = services.GetRequiredService<IMailer>();
                    await shop.SaveChangesAsync(ct); // first
                    await scopedMailer.SendAsync(id, ct);
                });
            }
        }
        """ + Registered);

    [Fact]
    public Task Two_that_are_handed_over() => Fixes(
        """
        class C(Shop shop, IMailer mailer)
        {
            readonly Shop _db = shop;
            readonly IMailer _mailer = mailer;

            void M()
            {
                _ = [|SaveAsync|](_db, _mailer);
            }

            static async Task SaveAsync(Shop db, IMailer mailer) { await db.SaveChangesAsync(); await mailer.SendAsync(1); }
        }
        """ + Registered,
        """
        class C(Shop shop, IMailer mailer)
        {
            readonly Shop _db = shop;
            readonly IMailer _mailer = mailer;

            void M()
            {
                Supervisor.Default.Run<IServiceProvider>("Save", (services, _) =>
                {
                    var db = services.GetRequiredService<Shop>();
                    var scopedMailer = services.GetRequiredService<IMailer>();
                    return SaveAsync(db, scopedMailer);
                });
            }

            static async Task SaveAsync(Shop db, IMailer mailer) { await db.SaveChangesAsync(); await mailer.SendAsync(1); }
        }
        """ + Registered);

    [Fact]
    public Task The_object_itself_and_another_service() => Fixes(
        """
        class Orders(Shop db)
        {
            public void M(IMailer mailer)
            {
                _ = [|SaveAsync|](mailer);
            }

            public async Task SaveAsync(IMailer mailer) { await db.SaveChangesAsync(); await mailer.SendAsync(1); }
        }
        void R(IServiceCollection services) { services.AddScoped<Orders>(); services.AddScoped<IMailer, Mailer>(); }
        """,
        """
        class Orders(Shop db)
        {
            public void M(IMailer mailer)
            {
                Supervisor.Default.Run<IServiceProvider>("Save", (services, _) =>
                {
                    var scopedMailer = services.GetRequiredService<IMailer>();
                    var orders = services.GetRequiredService<Orders>();
                    return orders.SaveAsync(scopedMailer);
                });
            }

            public async Task SaveAsync(IMailer mailer) { await db.SaveChangesAsync(); await mailer.SendAsync(1); }
        }
        void R(IServiceCollection services) { services.AddScoped<Orders>(); services.AddScoped<IMailer, Mailer>(); }
        """);

    [Fact]
    public Task A_registered_type_goes_before_its_contract() => Fixes(
        "interface IOrders { Task SaveAsync(); }\nclass Orders(Shop db) : IOrders { public void M() { _ = [|SaveAsync|](); } public async Task SaveAsync() { await db.SaveChangesAsync(); } }\nvoid R(IServiceCollection services) { services.AddScoped<IOrders, Orders>(); services.AddScoped<Orders>(); }",
        "interface IOrders { Task SaveAsync(); }\nclass Orders(Shop db) : IOrders { public void M() { Supervisor.Default.Run<Orders>(\"Save\", (orders, _) => orders.SaveAsync()); } public async Task SaveAsync() { await db.SaveChangesAsync(); } }\nvoid R(IServiceCollection services) { services.AddScoped<IOrders, Orders>(); services.AddScoped<Orders>(); }");

    [Fact]
    public Task Another_object_s_member_keeps_its_name() => Fixes(
        "class Note { public string _db; }\nclass C(Shop db) { readonly Shop _db = db; void M(Note note) { _ = Task.[|Run|](async () => { await _db.SaveChangesAsync(); Console.WriteLine(note._db); }); } }",
        "class Note { public string _db; }\nclass C(Shop db) { readonly Shop _db = db; void M(Note note) { Supervisor.Default.Run<Shop>(\"M\", async (shop, ct) => { await shop.SaveChangesAsync(ct); Console.WriteLine(note._db); }); } }");

    [Fact]
    public Task Each_of_two_works_gets_its_own() => Fixes(
        "class C(IMailer mailer) { string Name => mailer.ToString(); void M() { _ = mailer.[|SendAsync|](1); } void N(Shop db) { _ = Task.[|Run|](async () => { await db.SaveChangesAsync(); await mailer.SendAsync(2); }); } }" + Registered,
        "class C(IMailer mailer) { string Name => mailer.ToString(); void M() { Supervisor.Default.Run<IMailer>(\"Send\", (scopedMailer, ct) => scopedMailer.SendAsync(1, ct)); } void N(Shop db) {\n        Supervisor.Default.Run<IServiceProvider>(\"N\", async (services, ct) =>\n{\n    var shop = services.GetRequiredService<Shop>();\n    var scopedMailer = services.GetRequiredService<IMailer>();\n    await shop.SaveChangesAsync(ct);\n    await scopedMailer.SendAsync(2, ct);\n}); } }" + Registered);

    [Fact]
    public Task Not_where_a_part_of_the_request_goes_along_too() => NotFixed("class C(Shop db) { void M(HttpContext context) { _ = Task.[|Run|](async () => { await db.SaveChangesAsync(); Console.WriteLine(context.Request); }); } }");

    [Fact]
    public Task Not_where_the_second_cannot_be_resolved() => NotFixed("class C(Shop db) { void M(System.Data.Common.DbConnection connection) { _ = Task.[|Run|](async () => { await db.SaveChangesAsync(); await connection.OpenAsync(); }); } }");

    [Fact]
    public Task Not_for_a_type_that_nobody_registers() => NotFixed("class C(Shop db) { void M() { _ = [|SaveAsync|](); } async Task SaveAsync() { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Not_for_a_work_item_of_the_pool() => NotFixed("void M(Shop db) { ThreadPool.[|QueueUserWorkItem|](_ => db.SaveChanges()); }");

    private static Task Fixes(string members, string repaired) => FixesAsync(members + ScopeEscapeTests.World, repaired + ScopeEscapeTests.World, WithRuntime);

    private static Task NotFixed(string members) => NotFixedAsync(members + ScopeEscapeTests.World, WithRuntime);

    private static Given[] WithRuntime => [.. ScopeEscapeTests.Libraries, Has.Runtime, Has.Source("Runtime.cs", "global using AsyncGuard;")];
}
