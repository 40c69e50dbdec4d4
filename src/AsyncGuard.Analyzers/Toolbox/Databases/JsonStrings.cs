using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>Which string values has a JSON file, and under which names? Comments and trailing commas are allowed, as .NET's configuration allows them.</summary>
/// <remarks>Reading stops at the first mistake; what stands before it has been read.</remarks>
internal sealed class JsonStrings
{
    private readonly JsonCursor _at;
    private readonly Func<TextSpan, Location> _locate;
    private readonly Stack<JsonLevel> _levels = new();
    private readonly ImmutableArray<JsonString>.Builder _found = ImmutableArray.CreateBuilder<JsonString>();

    private JsonStrings(SourceText source, Func<TextSpan, Location> locate) => (_at, _locate) = (new(source), locate);

    public static ImmutableArray<JsonString> Read(SourceText source, Func<TextSpan, Location> locate)
    {
        var reader = new JsonStrings(source, locate);
        while (reader._at.SkipBlank() && reader.ReadNext())
        {
        }

        return reader._found.ToImmutable();
    }

    private bool ReadNext()
    {
        switch (_at.Current)
        {
            case '{' or '[' when ExpectsValue:
                _levels.Push(new(isObject: _at.Take() == '{'));
                return true;
            case '}' or ']' when _levels.Count > 0 && _levels.Peek() is var level && level.IsObject == (_at.Current == '}') && level.IsBetween:
                _levels.Pop();
                _at.Take();
                return Complete();
            case ',' when _levels.Count > 0 && _levels.Peek().HasValue:
                _levels.Peek().HasValue = false;
                _at.Take();
                return true;
            case ':' when _levels.Count > 0 && _levels.Peek() is { Name: not null, HasColon: false }:
                _levels.Peek().HasColon = true;
                _at.Take();
                return true;
            case '"':
                return ReadString();
            default:
                return ExpectsValue && _at.SkipWord() && Complete();
        }
    }

    private bool ExpectsValue => _levels.Count == 0 || _levels.Peek() is { HasValue: false } level && (!level.IsObject || level.HasColon);

    private bool Complete()
    {
        if (_levels.Count == 0)
        {
            return false;
        }

        _levels.Peek().Finish();
        return true;
    }

    private bool ReadString()
    {
        if (_at.SkipString() is not { } span)
        {
            return false;
        }

        var text = new PlacedText.Builder();
        EscapedText.Read(_at.TextOf(TextSpan.FromBounds(span.Start + 1, span.End - 1)), span.Start + 1, "", text);
        var read = text.Build(_locate);
        if (ExpectsValue)
        {
            _found.Add(new(Path(), read, _locate(span)));
            return Complete();
        }

        if (_levels.Peek() is not { IsObject: true, Name: null, HasValue: false } level)
        {
            return false;
        }

        level.Name = read.Text;
        return true;
    }

    private ImmutableArray<string> Path()
    {
        var path = ImmutableArray.CreateBuilder<string>();
        foreach (var level in _levels)
        {
            if (level.Name is { } name)
            {
                path.Insert(0, name);
            }
        }

        return path.ToImmutable();
    }
}
