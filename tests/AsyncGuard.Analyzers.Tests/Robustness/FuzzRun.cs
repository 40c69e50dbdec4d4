using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using AsyncGuard.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Robustness;

/// <summary>Shows broken code to every rule, and what they and the compiler find in it to every fix: none may throw, none may take long.</summary>
/// <remarks>A round follows from its seed alone, so that the seed is all that a report needs.</remarks>
internal sealed class FuzzRun(FuzzSources sources, ImmutableArray<DiagnosticAnalyzer> rules, IReadOnlyList<CodeFixProvider> fixes) : IDisposable
{
    // Of the process's own time: on a busy machine a clock would blame the rules for what others do.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    // What makes the settings beside it a matter of ours.
    private const string OpensOrders =
        """
        using Microsoft.Extensions.Configuration;

        class Subject { object Open(IConfiguration configuration) => new Npgsql.NpgsqlConnection(configuration.GetConnectionString("Orders")); }
        """;

    private readonly AdhocWorkspace _workspace = new(MefHostServices.DefaultHost);
    private Document[] _places = [];

    /// <summary>How many findings of rules have been shown to fixes, and how many changes these offered.</summary>
    public (int Findings, int Offers) Seen { get; private set; }

    public void Dispose() => _workspace.Dispose();

    /// <summary>What went wrong with the code of this seed, or null.</summary>
    public async Task<string?> RoundAsync(int seed)
    {
        var random = new Random(seed);
        var (source, other) = (sources.Next(random), sources.Next(random));
        var trouble = await TroubleAsync(Mutation.Of(source.Text(), other.Text(), random), random.Next(), source.IsCode);
        return trouble is null ? null : $"seed {seed}, from {source.Name} and {other.Name}: {trouble}";
    }

    /// <summary>What goes wrong with this code, or with these settings, or null.</summary>
    public async Task<string?> TroubleAsync(string text, int place, bool isCode = true)
    {
        _places = _places.Length > 0 ? _places : [.. Places()];
        var code = _places[(uint)place % _places.Length];
        var file = isCode ? code.WithText(SourceText.From(text)) : code.WithText(SourceText.From(OpensOrders)).Project.AddAdditionalDocument("appsettings.json", text, filePath: "/project/appsettings.json");
        var found = ImmutableArray<Diagnostic>.Empty;
        var trouble = await WithinLimitAsync("The rules", async stop => found = await FindAsync(file.Project, stop));
        if (trouble is not null && await IsTheCompilersAsync(file.Project))
        {
            return null;
        }

        trouble ??= found.FirstOrDefault(each => each.Id == "AD0001")?.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var finding in found.Where(each => each.Location.IsInSource ? isCode : each.Location.GetLineSpan().Path == file.FilePath))
        {
            trouble ??= await TroubleAsync(file, finding);
        }

        return trouble;
    }

    private async Task<string?> TroubleAsync(TextDocument file, Diagnostic finding)
    {
        var trouble = (string?)null;
        foreach (var fix in fixes.Where(each => each.FixableDiagnosticIds.Contains(finding.Id) && KindsOf(each).Contains(file is Document ? nameof(TextDocumentKind.Document) : nameof(TextDocumentKind.AdditionalDocument))))
        {
            Seen = (Seen.Findings + 1, Seen.Offers);
            trouble ??= await WithinLimitAsync(fix.GetType().Name, async stop =>
            {
                var offers = new List<CodeAction>();
                await fix.RegisterCodeFixesAsync(new(file, finding, (offer, _) => offers.Add(offer), stop));
                foreach (var offer in offers)
                {
                    await offer.GetOperationsAsync(stop);
                }

                Seen = (Seen.Findings, Seen.Offers + offers.Count);
            });
        }

        return trouble;
    }

    // An editor asks a fix about the files only that it says it is for.
    private static string[] KindsOf(CodeFixProvider fix) => fix.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>()?.DocumentKinds ?? [nameof(TextDocumentKind.Document)];

    private async Task<ImmutableArray<Diagnostic>> FindAsync(Project project, CancellationToken stop) =>
        await (await CompilationOfAsync(project, stop)).WithAnalyzers(rules, project.AnalyzerOptions).GetAllDiagnosticsAsync(stop);

    // Lambdas within calls within lambdas: it tries every overload of each for every overload of the one around it.
    private static async Task<bool> IsTheCompilersAsync(Project project) =>
        await WithinLimitAsync("The compiler", async stop => (await CompilationOfAsync(project.WithAssemblyName("Alone"), stop)).GetDiagnostics(stop)) is not null;

    private static async Task<Compilation> CompilationOfAsync(Project project, CancellationToken stop) =>
        await project.GetCompilationAsync(stop) ?? throw new InvalidOperationException("C# has compilations.");

    // What hangs is told to stop, and goes on where it does not listen.
    private static async Task<string?> WithinLimitAsync(string who, Func<CancellationToken, Task> work)
    {
        using var stop = new CancellationTokenSource();
        using var process = Process.GetCurrentProcess();
        var start = process.TotalProcessorTime;
        var running = Task.Run(() => work(stop.Token));
        while (await Task.WhenAny(running, Task.Delay(100)) != running || !running.IsCompleted)
        {
            process.Refresh();
            if (process.TotalProcessorTime - start > Limit)
            {
                await stop.CancelAsync();
                return $"{who} took more than {Limit.TotalSeconds} seconds of processor time.";
            }
        }

        return running.Exception?.InnerException is { } error ? $"{who}: {error}" : null;
    }

    // With all libraries and with .NET alone, in new and in old C#: what a rule may ask for is not always there.
    private IEnumerable<Document> Places()
    {
        foreach (var (libraries, version) in new[] { (Workbench.Everything, LanguageVersion.Preview), (Workbench.Everything, LanguageVersion.CSharp7_3), ([.. Workbench.Net10], LanguageVersion.Latest) })
        {
            var project = _workspace.AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(), VersionStamp.Default, $"{version}", $"{version}", LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Annotations),
                parseOptions: new CSharpParseOptions(version),
                metadataReferences: libraries));
            yield return project.AddDocument("Mutated.cs", "");
        }
    }
}
