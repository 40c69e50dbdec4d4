using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Toolbox.Databases;

/// <summary>A text, and where in its file each of its characters stands.</summary>
internal sealed class PlacedText
{
    private readonly ImmutableArray<Place> _places;
    private readonly Func<TextSpan, Location> _locate;

    private PlacedText(string text, ImmutableArray<Place> places, Func<TextSpan, Location> locate) =>
        (Text, _places, _locate) = (text, places, locate);

    /// <summary>What is known of the text; <see cref="ConnectionString.Hole"/> stands for what is not.</summary>
    public string Text { get; }

    /// <summary>Whether these characters stand in the file one after the other as they are, so that they can be replaced there.</summary>
    public bool IsLiteral(TextSpan part)
    {
        for (var i = part.Start; i < part.End; i++)
        {
            if (!_places[i].IsLiteral || (i > part.Start && _places[i].Span.Start != _places[i - 1].Span.End))
            {
                return false;
            }
        }

        return part.Length > 0;
    }

    public TextSpan SpanOf(TextSpan part) => TextSpan.FromBounds(_places[part.Start].Span.Start, Math.Max(_places[part.Start].Span.End, _places[part.End - 1].Span.End));

    public Location LocationOf(TextSpan part) => _locate(SpanOf(part));

    private readonly record struct Place(TextSpan Span, bool IsLiteral);

    internal sealed class Builder
    {
        private readonly System.Text.StringBuilder _text = new();
        private readonly ImmutableArray<Place>.Builder _places = ImmutableArray.CreateBuilder<Place>();

        public void Add(char character, TextSpan at)
        {
            _text.Append(character);
            _places.Add(new(at, IsLiteral: true));
        }

        /// <summary>A text that is written elsewhere and only named here, or not known at all.</summary>
        public void AddForeign(string text, TextSpan at)
        {
            foreach (var character in text)
            {
                _text.Append(character);
                _places.Add(new(at, IsLiteral: false));
            }
        }

        public void AddHole(TextSpan at) => AddForeign(ConnectionString.Hole.ToString(), at);

        public PlacedText Build(Func<TextSpan, Location> locate) => new(_text.ToString(), _places.ToImmutable(), locate);
    }
}
