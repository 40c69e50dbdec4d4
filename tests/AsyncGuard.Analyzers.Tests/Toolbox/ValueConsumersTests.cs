using AsyncGuard.Rules;
using AsyncGuard.Support;

namespace AsyncGuard.Toolbox;

/// <summary>Every function of the table that takes an object for what it is worth, and those that only are called so: asked through ASG1015.</summary>
public sealed class ValueConsumersTests : RuleTests<TaskAsValueAnalyzer>
{
    private const string Consumers =
        """
        using System.Threading.Tasks;

        static class JsonConvert { public static string SerializeObject(object value) => ""; }
        static class JObject { public static object FromObject(object value) => value; }
        static class JToken { public static object FromObject(object value) => value; }
        static class JArray { public static object FromObject(object value) => value; }
        static class JsonContent { public static object Create(object value) => value; }
        static class JsonValue { public static object Create(object value) => value; }
        class XmlSerializer { public void Serialize(object value) { } }
        static class MessagePackSerializer { public static void Serialize<T>(T value) { } }
        static class Response { public static void WriteAsJsonAsync<T>(T value) { } }
        static class Results { public static void Ok(object value) { } }
        static class TypedResults { public static void Ok<T>(T value) { } }
        static class IResultExtensions { public static void Ok(object value) { } }
        class PageModel { public void Ok(object value) { } }
        class Page : PageModel { }
        class ControllerBase
        {
            public void Json(object value) { }
            public void BadRequest(object value) { }
            public void NotFound(object value) { }
            public void Created(string at, object value) { }
            public void CreatedAtAction(string at, object value) { }
            public void CreatedAtRoute(string at, object value) { }
            public void Accepted(string at, object value) { }
            public void AcceptedAtAction(string at, object value) { }
            public void AcceptedAtRoute(string at, object value) { }
            public void Conflict(object value) { }
            public void UnprocessableEntity(object value) { }
            public void StatusCode(int code, object value) { }
            public void View(string name, object value) { }
            public void PartialView(string name, object value) { }
            public void Unauthorized(object value) { }
        }
        class Users : ControllerBase { }
        class DbParameterCollection { public void AddWithValue(string name, object value) { } }
        class Parameters : DbParameterCollection { }
        class DbParameter { public DbParameter(object value = null) { } public object Value { get; set; } }
        class ActionResult { }
        class OkObjectResult : ActionResult { public OkObjectResult(object value) { } }
        class DbSet { public void Find(params object[] keys) { } public void FindAsync(params object[] keys) { } public void Attach(object entity) { } }
        class DbContext { public void Find(object key) { } }
        class Shop : DbContext { }
        static class SqlMapper { public static void Query(string sql, object param) { } }
        static class Assert { public static void Null(object value) { } public static void NotNull(object value) { } public static void IsNull(object value) { } public static void IsNotNull(object value) { } public static void Same(object value) { } }

        namespace Microsoft.EntityFrameworkCore
        {
            static class Raw
            {
                public static void FromSqlRaw(string sql, params object[] values) { }
                public static void SqlQueryRaw(string sql, params object[] values) { }
                public static void ExecuteSqlRaw(string sql, params object[] values) { }
                public static void ExecuteSqlRawAsync(string sql, params object[] values) { }
            }
        }

        class Own
        {
            public Own(object value = null) { }
            public object Value { get; set; }
            public static void Format(object value) { }
            public static void Append(object value) { }
            public static void Write(object value) { }
            public static void ToString(object value) { }
            public static void Serialize(object value) { }
            public static void Create(object value) { }
            public static void Ok(object value) { }
            public static void AddWithValue(string name, object value) { }
            public static void FromSqlRaw(string sql, params object[] values) { }
            public static void Find(params object[] keys) { }
            public static void Null(object value) { }
            public static void Anything(object value) { }
        }
        """;

    [Theory]
    [InlineData("GC.KeepAlive(string.Format(\"{0}\", [|FindAsync|](1)));")]
    [InlineData("GC.KeepAlive(string.Concat([|FindAsync|](1), 1));")]
    [InlineData("GC.KeepAlive(string.Join(\",\", 1, [|FindAsync|](1)));")]
    [InlineData("new System.Text.StringBuilder().Append([|FindAsync|](1));")]
    [InlineData("new System.Text.StringBuilder().AppendFormat(\"{0}\", [|FindAsync|](1));")]
    [InlineData("new System.Text.StringBuilder().AppendJoin(\",\", 1, [|FindAsync|](1));")]
    [InlineData("new System.Text.StringBuilder().Insert(0, [|FindAsync|](1));")]
    [InlineData("Console.Out.Write([|FindAsync|](1));")]
    [InlineData("Console.Out.WriteLine([|FindAsync|](1));")]
    [InlineData("new System.IO.StringWriter().Write([|FindAsync|](1));")]
    [InlineData("new System.IO.StringWriter().WriteLine([|FindAsync|](1));")]
    [InlineData("GC.KeepAlive(Convert.ToString([|FindAsync|](1)));")]
    [InlineData("GC.KeepAlive(System.Text.Json.JsonSerializer.Serialize([|FindAsync|](1)));")]
    [InlineData("GC.KeepAlive(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes([|FindAsync|](1)));")]
    [InlineData("GC.KeepAlive(System.Text.Json.JsonSerializer.SerializeToNode([|FindAsync|](1)));")]
    [InlineData("GC.KeepAlive(System.Text.Json.JsonSerializer.SerializeToElement([|FindAsync|](1)));")]
    [InlineData("GC.KeepAlive(System.Text.Json.JsonSerializer.SerializeToDocument([|FindAsync|](1)));")]
    [InlineData("await System.Text.Json.JsonSerializer.SerializeAsync(System.IO.Stream.Null, [|FindAsync|](1));")]
    [InlineData("GC.KeepAlive(JsonConvert.SerializeObject([|FindAsync|](1)));")]
    [InlineData("GC.KeepAlive(JObject.FromObject([|FindAsync|](1)));")]
    [InlineData("GC.KeepAlive(JToken.FromObject([|FindAsync|](1)));")]
    [InlineData("GC.KeepAlive(JArray.FromObject([|FindAsync|](1)));")]
    [InlineData("GC.KeepAlive(JsonContent.Create([|FindAsync|](1)));")]
    [InlineData("GC.KeepAlive(JsonValue.Create([|FindAsync|](1)));")]
    [InlineData("new XmlSerializer().Serialize([|FindAsync|](1));")]
    [InlineData("MessagePackSerializer.Serialize([|FindAsync|](1));")]
    [InlineData("await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(http, \"/\", [|FindAsync|](1));")]
    [InlineData("await System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(http, \"/\", [|FindAsync|](1));")]
    [InlineData("await System.Net.Http.Json.HttpClientJsonExtensions.PatchAsJsonAsync(http, \"/\", [|FindAsync|](1));")]
    [InlineData("Response.WriteAsJsonAsync([|FindAsync|](1));")]
    [InlineData("Results.Ok([|FindAsync|](1));")]
    [InlineData("TypedResults.Ok([|FindAsync|](1));")]
    [InlineData("IResultExtensions.Ok([|FindAsync|](1));")]
    [InlineData("new Page().Ok([|FindAsync|](1));")]
    [InlineData("new Users().Json([|FindAsync|](1));")]
    [InlineData("new Users().BadRequest([|FindAsync|](1));")]
    [InlineData("new Users().NotFound([|FindAsync|](1));")]
    [InlineData("new Users().Created(\"/\", [|FindAsync|](1));")]
    [InlineData("new Users().CreatedAtAction(\"/\", [|FindAsync|](1));")]
    [InlineData("new Users().CreatedAtRoute(\"/\", [|FindAsync|](1));")]
    [InlineData("new Users().Accepted(\"/\", [|FindAsync|](1));")]
    [InlineData("new Users().AcceptedAtAction(\"/\", [|FindAsync|](1));")]
    [InlineData("new Users().AcceptedAtRoute(\"/\", [|FindAsync|](1));")]
    [InlineData("new Users().Conflict([|FindAsync|](1));")]
    [InlineData("new Users().UnprocessableEntity([|FindAsync|](1));")]
    [InlineData("new Users().StatusCode(200, [|FindAsync|](1));")]
    [InlineData("new Users().View(\"x\", [|FindAsync|](1));")]
    [InlineData("new Users().PartialView(\"x\", [|FindAsync|](1));")]
    [InlineData("new Users().Unauthorized([|FindAsync|](1));")]
    [InlineData("new Parameters().AddWithValue(\"id\", [|FindAsync|](1));")]
    [InlineData("data.Value = [|FindAsync|](1);")]
    [InlineData("new DbParameter().Value = [|FindAsync|](1);")]
    [InlineData("new DbParameter([|FindAsync|](1));")]
    [InlineData("new OkObjectResult([|FindAsync|](1));")]
    [InlineData("Microsoft.EntityFrameworkCore.Raw.FromSqlRaw(\"select\", [|FindAsync|](1));")]
    [InlineData("Microsoft.EntityFrameworkCore.Raw.SqlQueryRaw(\"select\", [|FindAsync|](1));")]
    [InlineData("Microsoft.EntityFrameworkCore.Raw.ExecuteSqlRaw(\"delete\", [|FindAsync|](1));")]
    [InlineData("Microsoft.EntityFrameworkCore.Raw.ExecuteSqlRawAsync(\"delete\", [|FindAsync|](1));")]
    [InlineData("new DbSet().Find([|FindAsync|](1));")]
    [InlineData("new DbSet().FindAsync([|FindAsync|](1));")]
    [InlineData("new Shop().Find([|FindAsync|](1));")]
    [InlineData("SqlMapper.Query(\"select\", [|FindAsync|](1));")]
    [InlineData("SqlMapper.Query(\"select\", new object[] { [|FindAsync|](1) });")]
    [InlineData("Assert.Null([|FindAsync|](1));")]
    [InlineData("Assert.NotNull([|FindAsync|](1));")]
    [InlineData("Assert.IsNull([|FindAsync|](1));")]
    [InlineData("Assert.IsNotNull([|FindAsync|](1));")]
    public Task Takes_the_value(string statement) => In(statement);

    [Theory]
    [InlineData("Own.Format(FindAsync(1));")]
    [InlineData("Own.Append(FindAsync(1));")]
    [InlineData("Own.Write(FindAsync(1));")]
    [InlineData("Own.ToString(FindAsync(1));")]
    [InlineData("Own.Serialize(FindAsync(1));")]
    [InlineData("Own.Create(FindAsync(1));")]
    [InlineData("Own.Ok(FindAsync(1));")]
    [InlineData("Own.AddWithValue(\"id\", FindAsync(1));")]
    [InlineData("Own.FromSqlRaw(\"select\", FindAsync(1));")]
    [InlineData("Own.Find(FindAsync(1));")]
    [InlineData("Own.Null(FindAsync(1));")]
    [InlineData("Own.Anything(FindAsync(1));")]
    [InlineData("Assert.Same(FindAsync(1));")]
    [InlineData("new DbSet().Attach(FindAsync(1));")]
    [InlineData("new Own().Value = FindAsync(1);")]
    [InlineData("new Own(FindAsync(1));")]
    public Task Takes_the_task_as_it_is(string statement) => In(statement);

    private static Task In(string statement) => ReportsAsync(
        $$"""
        async Task M(System.Net.Http.HttpClient http, System.Data.IDbDataParameter data) { await Task.Yield(); {{statement}} }
        async Task<string> FindAsync(int id) { await Task.Yield(); return id.ToString(); }
        """,
        Has.Source("Consumers.cs", Consumers));
}
