namespace AsyncGuard.Toolbox.Databases;

/// <summary>What has been read so far of an object or an array of a JSON file.</summary>
internal sealed class JsonLevel(bool isObject)
{
    public bool IsObject { get; } = isObject;

    public string? Name { get; set; }

    public bool HasColon { get; set; }

    public bool HasValue { get; set; }

    /// <summary>Whether no value is owed, so that the level may end here.</summary>
    public bool IsBetween => Name is null;

    public void Finish() => (Name, HasColon, HasValue) = (null, false, true);
}
