namespace AsyncGuard.Rules;

/// <summary>Which of these words was meant?</summary>
internal static class Spelling
{
    /// <summary>The word that takes the fewest letters to change, if that is no more than a third of it.</summary>
    public static string? Nearest(string word, IEnumerable<string> words)
    {
        string? nearest = null;
        var least = (word.Length / 3) + 1;
        foreach (var candidate in words)
        {
            var distance = Distance(word, candidate);
            if (distance < least || (distance == least && nearest is not null && string.CompareOrdinal(candidate, nearest) < 0))
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>Levenshtein's, without regard to case: letters added, dropped or changed.</summary>
    private static int Distance(string one, string other)
    {
        var row = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]);
                var changed = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[other.Length];
    }
}
