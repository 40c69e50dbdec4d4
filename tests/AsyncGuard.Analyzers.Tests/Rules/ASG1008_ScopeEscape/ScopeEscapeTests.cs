using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace AsyncGuard.Rules;

public sealed class ScopeEscapeTests : RuleTests<ScopeEscapeAnalyzer>
{
    [Fact]
    public Task Names_the_work_and_the_service() => Says(
        "'Run' goes on when the request is over, and its '_db' is disposed by then; run it supervised with a scope of its own",
        "class C(Shop db) { readonly Shop _db = db; void M() { _ = Task.{|#0:Run|}(() => _db.SaveChangesAsync()); } }");

    [Theory]
    [InlineData("_db", "class C(Shop db) { readonly Shop _db = db; void M() { _ = Task.{|#0:Run|}(() => this._db.SaveChangesAsync()); } }")]
    [InlineData("@class", "void M(Shop @class) { _ = Task.{|#0:Run|}(() => @class.SaveChangesAsync()); }")]
    public Task Names_the_service(string use, string members) => Says(
        $"'Run' goes on when the request is over, and its '{use.TrimStart('@')}' is disposed by then; run it supervised with a scope of its own", members);

    [Fact]
    public Task Asks_to_copy_what_no_scope_can_give() => Says(
        "'Run' goes on when the request is over, and its 'context' is disposed by then; copy what it needs before",
        "void M(HttpContext context) { _ = Task.{|#0:Run|}(() => Console.WriteLine(context.Request)); }");

    [Fact]
    public Task Is_silent_in_a_type_that_holds_its_scope() => Silent(
        "class C(Shop db, IServiceScope scope) { readonly Shop _db = db; readonly IServiceScope _scope = scope; void M() { _ = Task.Run(() => _db.SaveChangesAsync()); } void End() => _scope.Dispose(); }");

    [Fact]
    public Task Reports_what_is_the_request_s_in_one_too() => Reports(
        "class C(HttpContext context, IServiceScope scope) { readonly HttpContext _context = context; readonly IServiceScope _scope = scope; void M() { _ = Task.[|Run|](() => Console.WriteLine(_context.Request)); } void End() => _scope.Dispose(); }");

    [Fact]
    public Task Reports_a_context_in_a_lambda() => Reports("class C(Shop db) { void M() { Task.[|Run|](async () => { await Task.Yield(); await db.SaveChangesAsync(); }); } }");

    [Fact]
    public Task Reports_a_context_of_the_constructor() => Reports("class C { readonly Shop _db; public C(Shop db) { _db = db; } void M() { _ = Task.[|Run|](() => _db.SaveChangesAsync()); } }");

    [Fact]
    public Task Reports_a_parameter_in_a_lambda() => Reports("void M(Shop db) { _ = Task.[|Run|](() => db.SaveChangesAsync()); }");

    [Fact]
    public Task Reports_a_connection() => Reports("void M(System.Data.Common.DbConnection connection) { _ = Task.[|Run|](() => connection.OpenAsync()); }");

    [Fact]
    public Task Reports_a_connection_s_interface() => Reports("void M(System.Data.IDbConnection connection) { _ = Task.[|Run|](() => connection.Open()); }");

    [Fact]
    public Task Reports_a_transaction() => Reports("void M(System.Data.Common.DbTransaction transaction) { _ = Task.[|Run|](() => transaction.CommitAsync()); }");

    [Fact]
    public Task Reports_a_part_of_the_request() => Reports("void M(HttpContext context) { var request = context.Request; _ = Task.[|Run|](() => Console.WriteLine(request.Path)); }");

    [Fact]
    public Task Reports_the_request_s_services() => Reports("void M(HttpContext context) { var services = context.RequestServices; _ = Task.[|Run|](() => services.GetService(typeof(Shop))); }");

    [Fact]
    public Task Reports_the_controller_s_context() => Reports("class ControllerBase { public HttpContext HttpContext { get; } }\nclass C : ControllerBase { void M() { _ = Task.[|Run|](() => Console.WriteLine(HttpContext.Request)); } }");

    [Fact]
    public Task Reports_a_service_that_is_registered_as_scoped() => Reports(
        "class C(IMailer mailer) { void M() { _ = mailer.[|SendAsync|](1); } }\nvoid R(IServiceCollection services) => services.AddScoped<IMailer, Mailer>();");

    [Fact]
    public Task Reports_a_service_that_is_registered_by_its_type() => Reports(
        "class C(IMailer mailer) { void M() { _ = Task.[|Run|](() => mailer.SendAsync(1)); } }\nvoid R(IServiceCollection services) => services.AddScoped(typeof(IMailer), typeof(Mailer));");

    [Fact]
    public Task Reports_a_dropped_call_of_the_context() => Reports("class C(Shop db) { void M() { _ = db.[|SaveChangesAsync|](); } }");

    [Fact]
    public Task Reports_a_dropped_query() => Reports("using Microsoft.EntityFrameworkCore;\n\nclass C(Shop db) { void M() { _ = db.Orders.[|ToListAsync|](); } }");

    [Fact]
    public Task Reports_a_context_that_is_handed_over() => Reports("class C(Shop db) { void M() { _ = [|SaveAsync|](db, 1); } static async Task SaveAsync(Shop db, int id) => await db.SaveChangesAsync(); }");

    [Fact]
    public Task Reports_a_method_of_the_type_that_uses_its_context() => Reports("class C(Shop db) { readonly Shop _db = db; void M() { _ = [|SaveAsync|](); } async Task SaveAsync() { await Task.Yield(); await _db.SaveChangesAsync(); } }");

    [Fact]
    public Task Reports_a_method_that_calls_another() => Reports("class C(Shop db) { void M() { _ = [|OneAsync|](); } async Task OneAsync() { await TwoAsync(); } Task TwoAsync() => db.SaveChangesAsync(); }");

    [Fact]
    public Task Reports_a_method_group() => Reports("class C(Shop db) { void M() { _ = Task.[|Run|](SaveAsync); } async Task SaveAsync() { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Reports_a_method_called_in_a_lambda() => Reports("class C(Shop db) { void M() { _ = Task.[|Run|](() => SaveAsync()); } async Task SaveAsync() { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Reports_a_local_function() => Reports("void M(Shop db) { _ = [|SaveAsync|](); async Task SaveAsync() { await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Reports_a_statement_of_an_async_function() => Reports("class C(Shop db) { async Task M() { Task.[|Run|](() => db.SaveChangesAsync()); await Task.Yield(); } }");

    [Fact]
    public Task Reports_a_work_item_of_the_pool() => Reports("void M(Shop db) { ThreadPool.[|QueueUserWorkItem|](_ => db.SaveChanges()); }");

    [Theory]
    [InlineData("ThreadPool.[|UnsafeQueueUserWorkItem|](_ => db.SaveChanges(), null);")]
    [InlineData("db.SaveChangesAsync().[|SafeFireAndForget|]();")]
    [InlineData("db.SaveChangesAsync().[|FireAndForget|]();")]
    [InlineData("db.SaveChangesAsync().[|NoAwait|]();")]
    public Task Reports_work_that_is_left_behind(string start) => ReportsAsync($"void M(Shop db) {{ {start} }}" + World, [.. Libraries, Others]);

    [Theory]
    [InlineData("Own.QueueUserWorkItem(() => db.SaveChanges());")]
    [InlineData("new Own().Run(() => db.SaveChanges());")]
    [InlineData("db.SaveChanges().Forget();")]
    public Task Is_silent_on_what_is_only_called_so(string call) => SilentAsync($"void M(Shop db) {{ {call} }}" + World, [.. Libraries, Others]);

    [Fact]
    public Task Is_silent_on_what_another_container_calls_scoped() => SilentAsync(
        "class C(IMailer mailer) { void M() { _ = mailer.SendAsync(1); } }\nvoid R(Own own) => own.AddScoped<IMailer>();" + World, [.. Libraries, Others]);

    private static Given Others => Has.Source("Others.cs", """
        using System;
        using System.Threading.Tasks;

        static class Others
        {
            public static void SafeFireAndForget(this Task task) { }
            public static void FireAndForget(this Task task) { }
            public static void NoAwait(this Task task) { }
            public static void Forget(this int count) { }
        }

        class Own
        {
            public static void QueueUserWorkItem(Action work) { }
            public void Run(Action work) { }
            public void AddScoped<T>() { }
        }
        """);

    [Fact]
    public Task Reports_a_task_that_is_forgotten() => Reports("void M(Shop db) { db.SaveChangesAsync().[|Forget|](); }");

    [Fact]
    public Task Reports_a_supervised_run_without_a_scope() => ReportsAsync("void M(Shop db) { AsyncGuard.Supervisor.Default.[|Run|](\"Save\", ct => db.SaveChangesAsync(ct)); }" + World, [.. Libraries, Has.Runtime]);

    [Fact]
    public Task Is_silent_for_a_supervised_run_with_a_scope() => SilentAsync("void M() { AsyncGuard.Supervisor.Default.Run<Shop>(\"Save\", (db, ct) => db.SaveChangesAsync(ct)); }" + World, [.. Libraries, Has.Runtime]);

    [Fact]
    public Task Reports_a_context_that_a_using_disposes() => Reports("void M() { using var db = new Shop(); _ = Task.[|Run|](() => db.SaveChangesAsync()); }");

    [Fact]
    public Task Reports_a_service_of_a_scope_that_a_using_disposes() => Reports("void M(IServiceProvider services) { using var scope = services.CreateScope(); var db = scope.ServiceProvider.GetRequiredService<Shop>(); _ = Task.[|Run|](() => db.SaveChangesAsync()); }");

    [Fact]
    public Task Reports_work_that_handles_its_errors() => Reports("void M(Shop db) { _ = Task.[|Run|](async () => { try { await db.SaveChangesAsync(); } catch (Exception e) { Console.WriteLine(e); } }); }");

    [Fact]
    public Task Reports_a_member_of_the_body_of_an_expression() => Reports("class C(Shop db) { void M() => Task.[|Run|](() => db.SaveChangesAsync()); }");

    [Fact]
    public Task Is_silent_where_the_work_is_awaited() => Silent("class C(Shop db) { async Task M() { await Task.Run(() => db.SaveChangesAsync()); await db.SaveChangesAsync(); } }");

    [Fact]
    public Task Is_silent_where_the_context_is_made_inside() => Silent("void M() { _ = Task.Run(async () => { using var db = new Shop(); await db.SaveChangesAsync(); }); }");

    [Fact]
    public Task Is_silent_where_the_scope_is_made_inside() => Silent("void M(IServiceScopeFactory scopes) { _ = Task.Run(async () => { using var scope = scopes.CreateScope(); await scope.ServiceProvider.GetRequiredService<Shop>().SaveChangesAsync(); }); }");

    [Fact]
    public Task Is_silent_where_the_context_belongs_to_the_work() => Silent("void M() { var db = new Shop(); _ = Task.Run(async () => { await db.SaveChangesAsync(); db.Dispose(); }); }");

    [Fact]
    public Task Is_silent_where_the_type_made_its_context() => Silent("class C { readonly Shop _db = new(); Shop _other; public C() { _other = new Shop(); } void M() { _ = Task.Run(() => _db.SaveChangesAsync()); _ = Task.Run(() => _other.SaveChangesAsync()); } }");

    [Fact]
    public Task Is_silent_for_a_factory() => Silent("using Microsoft.EntityFrameworkCore;\n\nclass C(IDbContextFactory<Shop> shops) { void M() { _ = Task.Run(async () => { await using var db = await shops.CreateDbContextAsync(); await db.SaveChangesAsync(); }); } }");

    [Fact]
    public Task Is_silent_for_loggers_and_data_sources() => Silent("class C(System.Data.Common.DbDataSource data, Microsoft.Extensions.Logging.ILogger log) { void M() { _ = Task.Run(async () => { await using var connection = await data.OpenConnectionAsync(); log.GetHashCode(); }); } }");

    [Fact]
    public Task Is_silent_for_a_singleton() => Silent("class C(IMailer mailer) { void M() { _ = mailer.SendAsync(1); } }\nvoid R(IServiceCollection services) => services.AddSingleton<IMailer, Mailer>();");

    [Fact]
    public Task Is_silent_for_a_service_that_is_registered_in_two_ways() => Silent(
        "class C(IMailer mailer) { void M() { _ = mailer.SendAsync(1); } }\nvoid R(IServiceCollection services, bool b) { if (b) { services.AddScoped<IMailer, Mailer>(); } else { services.AddSingleton<IMailer, Mailer>(); } }");

    [Fact]
    public Task Is_silent_for_a_service_that_nobody_registers() => Silent("class C(IMailer mailer) { void M() { _ = mailer.SendAsync(1); } }");

    [Fact]
    public Task Is_silent_for_what_is_read_before_the_work_begins() => Silent("class C(Shop db) { void M() { var id = db.Orders.GetHashCode(); _ = Task.Run(() => SendAsync(id)); _ = SendAsync(db.GetHashCode()); } static async Task SendAsync(int id) => await Task.Delay(id); }");

    [Fact]
    public Task Is_silent_for_what_a_method_reads_before_its_first_wait() => Silent("class C(HttpContext context) { void M() { _ = SendAsync(); } async Task SendAsync() { var path = context.Request.Path; await Task.Delay(path.Length); } }");

    [Fact]
    public Task Is_silent_for_a_name() => Silent("class C(Shop db) { void M() { _ = Task.Run(() => Console.WriteLine(nameof(db))); } }");

    [Fact]
    public Task Is_silent_for_a_static_context() => Silent("static Shop _db;\nvoid M() { _ = Task.Run(() => _db.SaveChangesAsync()); }");

    [Fact]
    public Task Is_silent_for_an_added_entity() => Silent("class C(Shop db) { void M() { _ = db.AddAsync(new object()); } }");

    [Fact]
    public Task Is_silent_in_a_Blazor_component() => Silent("class ComponentBase { }\nclass C : ComponentBase { Shop Db { get; set; } void M() { _ = Task.Run(() => Db.SaveChangesAsync()); } }");

    [Fact]
    public Task Is_silent_for_functions_that_call_each_other() => Silent("class C { void M() { _ = OneAsync(); } async Task OneAsync() { await TwoAsync(); } async Task TwoAsync() { await OneAsync(); } }");

    [Fact]
    public Task Is_silent_for_a_parameter_of_the_work_itself() => Silent("void M(Func<Func<Shop, Task>, Task> use) { _ = use(async db => await db.SaveChangesAsync()); }");

    [Theory]
    [InlineData("services.TryAddScoped<IMailer, Mailer>();")]
    [InlineData("services.AddKeyedScoped<IMailer, Mailer>(\"x\");")]
    [InlineData("services.Add(ServiceDescriptor.Scoped<IMailer, Mailer>());")]
    public Task Reports_a_service_that_is_registered_by(string registration) => Reports(
        $"using Microsoft.Extensions.DependencyInjection.Extensions;\n\nclass C(IMailer mailer) {{ void M() {{ _ = mailer.[|SendAsync|](1); }} }}\nvoid R(IServiceCollection services) {{ {registration} }}");

    [Theory]
    [InlineData("AddDbContext")]
    [InlineData("AddDbContextPool")]
    public Task Reports_a_context_behind_an_interface_of_its_own(string registration) => Reports(
        "public interface IStore { Task SaveAsync(); }\npublic class Store : Microsoft.EntityFrameworkCore.DbContext, IStore { public Task SaveAsync() => SaveChangesAsync(); }\n"
        + $"class C(IStore store) {{ void M() {{ _ = store.[|SaveAsync|](); }} }}\nvoid R(IServiceCollection services) => services.{registration}<IStore, Store>(_ => {{ }});");

    [Theory]
    [InlineData("TryAddSingleton")]
    [InlineData("AddTransient")]
    [InlineData("TryAddTransient")]
    public Task Is_silent_for_a_service_that_is_registered_otherwise_too(string registration) => Silent(
        $"using Microsoft.Extensions.DependencyInjection.Extensions;\n\nclass C(IMailer mailer) {{ void M() {{ _ = mailer.SendAsync(1); }} }}\nvoid R(IServiceCollection services) {{ services.AddScoped<IMailer, Mailer>(); services.{registration}<IMailer, Mailer>(); }}");

    [Theory]
    [InlineData("System.Data", "IDbTransaction", true)]
    [InlineData("System.Data.Entity", "DbContext", true)]
    [InlineData("Microsoft.AspNetCore.Http", "HttpResponse", true)]
    [InlineData("Microsoft.AspNetCore.Http", "ISession", true)]
    [InlineData("System.Web", "HttpContextBase", true)]
    [InlineData("System.Web", "HttpRequestBase", true)]
    [InlineData("System.Web", "HttpResponseBase", true)]
    [InlineData("Mine", "DbContext", false)]
    [InlineData("Mine", "DbConnection", false)]
    [InlineData("Mine", "IDbConnection", false)]
    [InlineData("Mine", "HttpContext", false)]
    public Task Goes_by_the_whole_name_of_a_type(string space, string type, bool reported) => ReportsAsync(
        $"void M({space}.{type} it) {{ _ = Task.{(reported ? "[|Run|]" : "Run")}(() => Console.WriteLine(it.ToString())); }}",
        Has.Source("Type.cs", type == "IDbTransaction" ? "" : $"namespace {space} {{ public class {type} {{ }} }}"));

    [Theory]
    [InlineData("async Task SaveAsync() { await foreach (var order in db.Orders.AsAsyncEnumerable()) { Console.WriteLine(order.Id); } }", true)]
    [InlineData("async Task SaveAsync() { await Task.Yield(); db.SaveChanges(); }", true)]
    [InlineData("async Task SaveAsync() { db.SaveChanges(); await Task.Yield(); }", false)]
    [InlineData("Task SaveAsync() { db.SaveChanges(); return Task.Delay(1); }", false)]
    public Task Goes_by_whether_the_context_is_used_when_the_call_is_back(string method, bool reported) => Reports(
        $"using Microsoft.EntityFrameworkCore;\n\nclass C(Shop db) {{ void M() {{ _ = {(reported ? "[|SaveAsync|]" : "SaveAsync")}(); }} {method} }}");

    [Fact]
    public Task Reports_a_service_that_may_be_missing_from_a_scope_that_a_using_disposes() => Reports(
        "void M(IServiceProvider services) { using (var scope = services.CreateScope()) { var db = scope.ServiceProvider.GetService<Shop>(); _ = Task.[|Run|](() => db.SaveChangesAsync()); } }");

    [Fact]
    public Task Is_silent_for_several_added_entities() => Silent("class C(Shop db) { void M() { _ = db.AddRangeAsync(new object(), new object()); } }");

    [Fact]
    public Task Is_silent_where_a_call_is_only_described() => Silent(
        "class C(Shop db) { System.Linq.Expressions.Expression<Action> M() => () => db.SaveChangesAsync(default); }");

    internal const string World =
        """


        public class Shop : Microsoft.EntityFrameworkCore.DbContext { public Microsoft.EntityFrameworkCore.DbSet<Order> Orders { get; set; } }
        public class Order { public int Id { get; set; } }
        public interface IMailer { Task SendAsync(int id, CancellationToken cancel = default); }
        public class Mailer : IMailer { public Task SendAsync(int id, CancellationToken cancel) => System.IO.File.ReadAllTextAsync("x", cancel); }
        """;

    internal static Given[] Libraries { get; } =
    [
        Has.Library(typeof(Microsoft.EntityFrameworkCore.DbContext)),
        Has.Library(typeof(Microsoft.Extensions.DependencyInjection.IServiceCollection)),
        Has.Source("Web.cs", "namespace Microsoft.AspNetCore.Http { public class HttpContext { public HttpRequest Request { get; } public System.IServiceProvider RequestServices { get; } } public class HttpRequest { public string Path { get; } } }"),
        Has.Source("Usings.cs", "global using Microsoft.AspNetCore.Http;\nglobal using Microsoft.Extensions.DependencyInjection;"),
        Has.Source("Forget.cs", "static class Forgetting { public static void Forget(this System.Threading.Tasks.Task task) { } }"),
    ];

    private static Task Says(string message, string members) => ReportsAsync(
        members + World,
        [.. Libraries, project => ((SolutionState)project).ExpectedDiagnostics.Add(
            new DiagnosticResult(ScopeEscapeAnalyzer.Id, DiagnosticSeverity.Warning).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithMessage(message))]);

    private static Task Reports(string members) => ReportsAsync(members + World, Libraries);

    private static Task Silent(string members) => SilentAsync(members + World, Libraries);
}
