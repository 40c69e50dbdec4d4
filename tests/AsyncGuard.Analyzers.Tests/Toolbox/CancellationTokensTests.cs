using AsyncGuard.Support;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Toolbox;

/// <summary>Which tokens code at a place can pass on, best first.</summary>
public sealed class CancellationTokensTests
{
    private const string Http = "namespace Microsoft.AspNetCore.Http { public abstract class HttpContext { public System.Threading.CancellationToken RequestAborted { get; set; } } }";
    private const string Host = "namespace Microsoft.Extensions.Hosting { public interface IHostApplicationLifetime { System.Threading.CancellationToken ApplicationStopping { get; } } }";

    [Fact]
    public void A_parameter_of_the_method() => Offers("token", "void Poll(CancellationToken token) { [|Work()|]; }");

    [Fact]
    public void A_parameter_that_is_not_the_last() => Offers("token", "void Poll(CancellationToken token, int times) { [|Work()|]; }");

    [Fact]
    public void A_parameter_in_an_expression_body() => Offers("token", "void Poll(CancellationToken token) => [|Work()|];");

    [Fact]
    public void Two_parameters_in_their_order() => Offers("first, second", "void Poll(CancellationToken first, CancellationToken second) { [|Work()|]; }");

    [Fact]
    public void The_innermost_function_s_parameter_first() => Offers("inner, outer",
        "void Poll(CancellationToken outer) { Func<CancellationToken, int> run = inner => { [|Work()|]; return 1; }; }");

    [Fact]
    public void A_parameter_from_outside_a_lambda() => Offers("token", "void Poll(CancellationToken token) { Action run = () => [|Work()|]; }");

    [Fact]
    public void A_parameter_from_outside_a_local_function() => Offers("token", "void Poll(CancellationToken token) { Run(); void Run() => [|Work()|]; }");

    [Fact]
    public void Nothing_from_outside_a_static_lambda() => Offers("", "void Poll(CancellationToken token) { Action run = static () => [|Subject.Rest()|]; } static void Rest() { }");

    [Fact]
    public void Nothing_from_outside_a_static_local_function() => Offers("", "void Poll(CancellationToken token) { Run(); static void Run() => [|Subject.Rest()|]; } static void Rest() { }");

    [Fact]
    public void A_static_local_function_s_own_parameter() => Offers("own",
        "void Poll(CancellationToken token) { Run(token); static void Run(CancellationToken own) => [|Subject.Rest()|]; } static void Rest() { }");

    [Fact]
    public void Nothing_from_outside_two_lambdas_of_which_the_outer_is_static() => Offers("own",
        "void Poll(CancellationToken token) { Action<CancellationToken> run = static own => { Action deeper = () => [|Subject.Rest()|]; }; } static void Rest() { }");

    [Fact]
    public void A_shadowing_parameter_once() => Offers("token", "CancellationToken token; void Poll(CancellationToken token) { [|Work()|]; }");

    [Fact]
    public void No_out_parameter() => Offers("", "void Poll(out CancellationToken token) { [|Work()|]; token = default; }");

    [Fact]
    public void A_ref_parameter_in_its_own_function() => Offers("token", "void Poll(ref CancellationToken token) { [|Work()|]; }");

    [Fact]
    public void A_nullable_parameter_by_its_value() => Offers("token.GetValueOrDefault()", "void Poll(CancellationToken? token) { [|Work()|]; }");

    [Fact]
    public void A_keyword_escaped() => Offers("@event", "void Poll(CancellationToken @event) { [|Work()|]; }");

    [Fact]
    public void A_local_after_a_parameter() => Offers("token, other",
        "void Poll(CancellationToken token) { var other = new CancellationToken(true); [|Work()|]; }");

    [Fact]
    public void The_nearest_local_first() => Offers("near, far", "void Poll() { var far = new CancellationToken(true); var near = new CancellationToken(false); [|Work()|]; }");

    [Fact]
    public void No_local_declared_later() => Offers("", "void Poll() { [|Work()|]; var token = new CancellationToken(true); }");

    [Fact]
    public void No_local_without_a_value() => Offers("", "void Poll() { CancellationToken token; [|Work()|]; token = new(true); }");

    [Fact]
    public void No_local_that_is_none() => Offers("", "void Poll() { var none = CancellationToken.None; CancellationToken nothing = default; [|Work()|]; }");

    [Fact]
    public void An_out_variable() => Offers("token", "void Poll() { Make(out var token); [|Work()|]; } void Make(out CancellationToken token) => token = default;");

    [Fact]
    public void No_pattern_variable() => Offers("", "void Poll(object state) { if (state is not CancellationToken token) { [|Work()|]; } }");

    [Fact]
    public void A_loop_variable_in_its_loop() => Offers("token", "void Poll(CancellationToken[] all) { foreach (var token in all) { [|Work()|]; } }");

    [Fact]
    public void The_token_of_a_local_source() => Offers("source.Token", "void Poll() { using var source = new CancellationTokenSource(); [|Work()|]; }");

    [Fact]
    public void The_token_of_a_parameter_source() => Offers("stop.Token", "void Poll(CancellationTokenSource stop) { [|Work()|]; }");

    [Fact]
    public void The_token_of_a_source_field() => Offers("_stop.Token", "readonly CancellationTokenSource _stop = new(); void Poll() { [|Work()|]; }");

    [Fact]
    public void The_token_of_a_source_field_with_an_initialiser() => Offers("_stop.Token", "CancellationTokenSource _stop = new(); void Poll() { [|Work()|]; }");

    [Fact]
    public void No_source_field_that_may_be_null() => Offers("", "#nullable enable\nCancellationTokenSource? _stop; void Poll() { [|Work()|]; }");

    [Fact]
    public void No_old_source_field_that_is_set_later() => Offers("", "CancellationTokenSource _stop; void Poll() { [|Work()|]; }");

    [Fact]
    public void A_field_and_a_property() => Offers("_token, Stopping", "CancellationToken _token; CancellationToken Stopping => _token; void Poll() { [|Work()|]; }");

    [Fact]
    public void No_property_inside_itself() => Offers("", "CancellationToken Stopping { get { [|Work()|]; return default; } }");

    [Fact]
    public void No_instance_field_in_a_static_method() => Offers("Shared", "CancellationToken _token; static CancellationToken Shared; static void Poll() { [|Rest()|]; } static void Rest() { }");

    [Fact]
    public void No_instance_field_in_an_initialiser() => Offers("", "CancellationToken _token; int _count = [|Rest()|]; static int Rest() => 1;");

    [Fact]
    public void An_inherited_protected_property() => OffersInFile("Stopping",
        "using System.Threading; class Base { protected CancellationToken Stopping { get; } } class Job : Base { void Poll() { [|Poll()|]; } }");

    [Fact]
    public void No_inherited_private_property() => OffersInFile("",
        "using System.Threading; class Base { private CancellationToken Stopping { get; } } class Job : Base { void Poll() { [|Poll()|]; } }");

    [Fact]
    public void A_primary_constructor_s_parameter() => OffersInFile("token", "using System.Threading; class Job(CancellationToken token) { void Poll() { [|Poll()|]; } }");

    [Fact]
    public void No_primary_constructor_s_parameter_in_a_static_method() => OffersInFile("",
        "using System.Threading; class Job(CancellationToken token) { CancellationToken Kept() => token; static void Poll() { [|Poll()|]; } }");

    [Fact]
    public void No_field_of_a_struct_in_its_lambda() => OffersInFile("",
        "using System; using System.Threading; struct Job { CancellationToken _token; void Poll() { Action run = () => [|Rest()|]; } static void Rest() { } }");

    [Fact]
    public void A_local_of_top_level_statements() => OffersInFile("source.Token",
        "using System.Threading; using var source = new CancellationTokenSource(); [|System.Console.Read()|];", OutputKind.ConsoleApplication);

    [Fact]
    public void The_request_s_own_in_middleware() => OffersInFile("context.RequestAborted",
        "class Middleware { void Invoke(Microsoft.AspNetCore.Http.HttpContext context) { [|Invoke(context)|]; } }", others: Http);

    [Fact]
    public void The_request_s_own_in_a_controller() => OffersInFile("HttpContext.RequestAborted",
        "class Controller { protected Microsoft.AspNetCore.Http.HttpContext HttpContext { get; } } class Home : Controller { void Index() { [|Index()|]; } }", others: Http);

    [Fact]
    public void An_action_s_token_before_the_request_s() => OffersInFile("token, HttpContext.RequestAborted",
        "class Controller { protected Microsoft.AspNetCore.Http.HttpContext HttpContext { get; } } class Home : Controller { void Index(System.Threading.CancellationToken token) { [|Index(token)|]; } }",
        others: Http);

    [Fact]
    public void The_application_s_stop_last() => OffersInFile("_own, lifetime.ApplicationStopping",
        "class Job(Microsoft.Extensions.Hosting.IHostApplicationLifetime lifetime) { System.Threading.CancellationToken _own; void Poll() { [|Poll()|]; } }", others: Host);

    [Fact]
    public void Nothing_where_there_is_nothing() => Offers("", "void Poll(int token) { [|Work()|]; }");

    private static void Offers(string expected, string members) => OffersAt(expected, Spot.In("void Work() { }\n" + members));

    private static void OffersInFile(string expected, string file, OutputKind kind = OutputKind.DynamicallyLinkedLibrary, params string[] others) =>
        OffersAt(expected, Spot.InFile(file, kind, others));

    private static void OffersAt(string expected, Spot spot) =>
        Assert.Equal(expected, string.Join(", ", CancellationTokens.At(spot.Node, spot.Model, TestContext.Current.CancellationToken).Select(each => each.Expression)));
}
