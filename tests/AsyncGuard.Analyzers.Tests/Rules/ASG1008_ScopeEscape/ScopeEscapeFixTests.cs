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
    public Task Not_where_two_services_go_along() => NotFixed("class C(Shop db, IMailer mailer) { void M() { _ = Task.[|Run|](async () => { await db.SaveChangesAsync(); await mailer.SendAsync(1); }); } }" + Registered);

    [Fact]
    public Task Not_for_a_type_that_nobody_registers() => NotFixed("class C(Shop db) { void M() { _ = [|SaveAsync|](); } async Task SaveAsync() { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Not_for_a_work_item_of_the_pool() => NotFixed("void M(Shop db) { ThreadPool.[|QueueUserWorkItem|](_ => db.SaveChanges()); }");

    private static Task Fixes(string members, string repaired) => FixesAsync(members + ScopeEscapeTests.World, repaired + ScopeEscapeTests.World, WithRuntime);

    private static Task NotFixed(string members) => NotFixedAsync(members + ScopeEscapeTests.World, WithRuntime);

    private static Given[] WithRuntime => [.. ScopeEscapeTests.Libraries, Has.Runtime, Has.Source("Runtime.cs", "global using AsyncGuard;")];
}
