using AsyncGuard.Toolbox;
using AsyncGuard.Toolbox.Databases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Support;

/// <summary>One expression in a project that has every library, and what the database toolbox makes of it.</summary>
internal static class DatabaseCode
{
    private const string Around =
        """
        using System;
        using System.Threading;
        using Dapper;
        using LinqToDB;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Configuration;
        using Npgsql;

        class Subject
        {
            const string Constant = "Host=constant";
            readonly string _readOnly = "Host=field";
            string _writable = "Host=writable";
            string Arrow => "Host=arrow";
            string Automatic { get; } = "Host=automatic";
            string Changing { get; set; } = "Host=changing";

            object Run(string given, NpgsqlConnection db, NpgsqlCommand command, NpgsqlConnectionStringBuilder builder, DbContext context,
                DbContextOptionsBuilder options, IConfiguration configuration, System.Data.IDbConnection any)
            {
                var local = "Host=local";
                var wrapped = ("Host=wrapped")!;
                var changed = "Host=changed";
                changed = given;
                var aliased = configuration.GetConnectionString("Aliased");
                return /*here*/;
            }
        }
        """;

    /// <summary>The operation of an expression, and the toolbox of its compilation.</summary>
    public static (IOperation Operation, DatabaseFacts Databases) Of(string expression)
    {
        var tree = CSharpSyntaxTree.ParseText(Around.Replace("/*here*/", expression, StringComparison.Ordinal), cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Code", [tree], Workbench.Everything, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(each => each.Severity == DiagnosticSeverity.Error));
        var returned = tree.GetRoot().DescendantNodes().OfType<ReturnStatementSyntax>().Single().Expression!;
        return (compilation.GetSemanticModel(tree).GetOperation(returned)!, CompilationFacts.Of(compilation).Databases);
    }
}
