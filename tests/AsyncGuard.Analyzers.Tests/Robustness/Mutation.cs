using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Robustness;

/// <summary>Code as it might stand in an editor that something has gone wrong in: tokens lost, doubled or swapped, the end missing, another file in the middle.</summary>
internal static class Mutation
{
    private const int MostRepeats = 30; // deeper than anyone writes; at 120 the compiler itself runs out of stack

    /// <summary>One change mostly: what breaks in too many places binds to nothing, and no rule looks at it.</summary>
    public static string Of(string code, string other, Random random)
    {
        var tokens = Tokens(code);
        do
        {
            Change(tokens, other, random);
        }
        while (tokens.Count > 0 && random.Next(3) == 0);

        return string.Concat(tokens);
    }

    private static void Change(List<string> tokens, string other, Random random)
    {
        var at = random.Next(tokens.Count);
        var length = Math.Min(random.Next(1, 9), tokens.Count - at);
        switch (random.Next(7))
        {
            case 0 or 1:
                tokens.RemoveRange(at, random.Next(2) == 0 ? 1 : length);
                break;
            case 2:
                tokens.InsertRange(at, tokens.GetRange(at, length));
                break;
            case 3:
                tokens.InsertRange(at, Enumerable.Repeat(tokens.GetRange(at, length), random.Next(2, MostRepeats)).SelectMany(each => each).ToList());
                break;
            case 4:
                var with = random.Next(3) == 0 ? random.Next(tokens.Count) : Math.Min(at + 1, tokens.Count - 1);
                (tokens[at], tokens[with]) = (tokens[with], tokens[at]);
                break;
            case 5:
                tokens.RemoveRange(at, tokens.Count - at);
                break;
            default:
                Merge(tokens, Tokens(other), at, random);
                break;
        }
    }

    // At the end as a second file, or a part of it where it does not belong.
    private static void Merge(List<string> tokens, List<string> others, int at, Random random)
    {
        if (random.Next(2) == 0)
        {
            tokens.AddRange(others);
            return;
        }

        var from = random.Next(others.Count + 1);
        tokens.InsertRange(at, others.GetRange(from, Math.Min(random.Next(40), others.Count - from)));
    }

    private static List<string> Tokens(string code) => [.. SyntaxFactory.ParseTokens(code).Select(token => token.ToFullString())];
}
