using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using AsyncGuard.Support;
using AsyncGuard.Testing;

namespace AsyncGuard;

/// <summary>What is in the packed files.</summary>
public sealed partial class ContentTests(Workshop workshop)
{
    private static readonly Version OldestCompiler = new(4, 14, 0, 0);

    [Fact]
    public void The_files_and_the_description_of_each_package_are_those_approved()
    {
        foreach (var id in workshop.Packages.Ids)
        {
            using var package = workshop.Packages.Open(id);
            var files = package.Entries.Select(entry => entry.FullName).Where(IsOurs).Order(StringComparer.Ordinal);
            GeneratedFile.IsCurrent($"tests/AsyncGuard.Package.Tests/Approved/{id}.txt", $"{string.Join('\n', files)}\n\n{Nuspec(package)}\n");
        }
    }

    [Fact]
    public void Every_package_that_is_approved_is_packed() =>
        Assert.Equal(
            Directory.GetFiles(Repository.PathOf("tests/AsyncGuard.Package.Tests/Approved")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            workshop.Packages.Ids);

    [Fact]
    public void The_analyzers_refer_to_nothing_that_the_oldest_compiler_lacks()
    {
        using var package = workshop.Packages.Open("AsyncGuard.CSharp.Analyzers");
        var assemblies = package.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(assemblies);

        foreach (var (name, version) in assemblies.SelectMany(References))
        {
            var isFound = name switch
            {
                "netstandard" => version == new Version(2, 0, 0, 0),
                "AsyncGuard.Analyzers" => true,
                "System.Collections.Immutable" or "System.Composition.AttributedModel" => version <= new Version(9, 0, 0, 0), // what 4.14 stands on
                "System.Memory" => version <= new Version(4, 0, 1, 2), // what that stands on
                _ => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) && version <= OldestCompiler,
            };
            Assert.True(isFound, $"A compiler 4.14 has no {name} {version}.");
        }
    }

    [Fact]
    public void The_compiler_side_knows_no_workspaces()
    {
        using var package = workshop.Packages.Open("AsyncGuard.CSharp.Analyzers");
        var analyzers = package.Entries.Single(entry => entry.Name == "AsyncGuard.Analyzers.dll");
        Assert.DoesNotContain(References(analyzers), reference => reference.Name.Contains("Workspaces", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_assembly_brings_its_symbols_and_names_no_path_of_the_machine_that_built_it()
    {
        foreach (var id in workshop.Packages.Ids)
        {
            using var package = workshop.Packages.Open(id);

            foreach (var assembly in package.Entries.Where(entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal)))
            {
                using var image = new PEReader(Read(assembly));
                var debug = image.ReadDebugDirectory();
                Assert.Contains(debug, entry => entry.Type is DebugDirectoryEntryType.Reproducible);
                Assert.Contains(debug, entry => entry.Type is DebugDirectoryEntryType.CodeView);
                Assert.Equal(id == "AsyncGuard.CSharp.Analyzers", debug.Any(entry => entry.Type is DebugDirectoryEntryType.EmbeddedPortablePdb));
                Assert.All(debug.Where(entry => entry.Type is DebugDirectoryEntryType.CodeView), entry =>
                    Assert.DoesNotContain(Repository.Root, image.ReadCodeViewDebugDirectoryData(entry).Path, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Every_library_has_its_symbols_in_a_package_beside_it()
    {
        foreach (var id in workshop.Packages.Ids.Where(id => id != "AsyncGuard.CSharp.Analyzers"))
        {
            using var package = workshop.Packages.Open(id);
            using var symbols = workshop.Packages.OpenSymbols(id);
            var expected = package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)).Select(entry => Path.ChangeExtension(entry.FullName, ".pdb"));
            Assert.Equal(expected.Order(), symbols.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(".pdb", StringComparison.Ordinal)).Order());
        }
    }

    private static bool IsOurs(string entry) =>
        !entry.StartsWith("_rels/", StringComparison.Ordinal) && !entry.StartsWith("package/", StringComparison.Ordinal) && entry != "[Content_Types].xml";

    // The commit changes with every commit, and the address with every fork.
    private static string Nuspec(ZipArchive package)
    {
        using var reader = new StreamReader(package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
        return Commit.Replace(reader.ReadToEnd().ReplaceLineEndings("\n"), "");
    }

    private static IEnumerable<(string Name, Version Version)> References(ZipArchiveEntry assembly)
    {
        using var image = new PEReader(Read(assembly));
        var metadata = image.GetMetadataReader();
        return
        [
            .. from handle in metadata.AssemblyReferences
               let reference = metadata.GetAssemblyReference(handle)
               select (metadata.GetString(reference.Name), reference.Version),
        ];
    }

    private static MemoryStream Read(ZipArchiveEntry entry)
    {
        var copy = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    [GeneratedRegex(" (commit|branch)=\"[^\"]*\"")]
    private static partial Regex Commit { get; }
}
