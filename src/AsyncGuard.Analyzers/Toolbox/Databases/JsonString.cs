namespace AsyncGuard.Toolbox.Databases;

/// <summary>A string value of a JSON file and the names that lead to it.</summary>
internal sealed record JsonString(ImmutableArray<string> Path, PlacedText Value, Location Location);
