using System.Text.RegularExpressions;
using AsyncGuard.Toolbox;

namespace AsyncGuard.Rules;

/// <summary>Is an error meant to be ignored here: cleaning up, stopping, an attempt whose failure shows, or said so in a comment?</summary>
internal static class BestEffort
{
    private static readonly Regex Cleanup = new(
        "^(Try)?(Dispose|Close|Delete|Remove|Cancel|Kill|Rollback|Abort|Stop|Shutdown|Disconnect|Release|Unsubscribe|Unregister|Detach|Clear|Flush|Complete|Dequeue|Wait|Exists|ConfigureAwait)", RegexOptions.CultureInvariant);

    private static readonly Regex Stopping = new("^(Try)?(Dispose|Stop|Shutdown|Close|Cleanup|CleanUp|Finalize|Kill|Terminate|Cancel|Abort)", RegexOptions.CultureInvariant);

    private static readonly Regex Excuse = new(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static bool IsMeant(ITryOperation guard, CatchClauseSyntax clause, CompilationFacts facts, ISymbol containing) =>
        Says(clause) || IsCleanup(guard.Body) || Attempts.IsOne(guard) || IsInStop(guard, containing) || RunsALoop(guard.Body, facts);

    // A comment that says why, in the empty block, behind it or above the catch. A promise to do better is no reason.
    private static bool Says(CatchClauseSyntax clause) => Says(clause.Block.DescendantTrivia()) || Says(clause.GetLeadingTrivia());

    private static bool Says(IEnumerable<SyntaxTrivia> around)
    {
        foreach (var trivia in around)
        {
            if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                && !Excuse.IsMatch(trivia.ToString()) && HasWords(trivia.ToString()))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasWords(string comment)
    {
        foreach (var letter in comment)
        {
            if (char.IsLetter(letter))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCleanup(IBlockOperation body)
    {
        var any = false;
        foreach (var each in body.Descendants())
        {
            if (each is IInvocationOperation call && !LogCalls.IsLog(call) && !IsForAnother(call))
            {
                if (!Cleanup.IsMatch(call.TargetMethod.Name))
                {
                    return false;
                }

                any = true;
            }
        }

        return any || body.Operations.IsEmpty;
    }

    // The path that is deleted, the process that is killed.
    private static bool IsForAnother(IInvocationOperation call) => call.Parent is IArgumentOperation or IInvocationOperation { TargetMethod.Name: not "ConfigureAwait" }
        || (call.Parent is IConversionOperation { Parent: IForEachLoopOperation } && call.TargetMethod.Name.StartsWith("Get", StringComparison.Ordinal));

    private static bool IsInStop(ITryOperation guard, ISymbol containing)
    {
        IOperation child = guard;
        for (var it = guard.Parent; it is not null; child = it, it = it.Parent)
        {
            if ((it is ITryOperation outer && outer.Finally == child)
                || it is ICatchClauseOperation // the error that counts is handled already
                || (it is ILocalFunctionOperation { Symbol.Name: var local } && Stopping.IsMatch(local)))
            {
                return true;
            }
        }

        return Stopping.IsMatch(containing.Name.Substring(containing.Name.LastIndexOf('.') + 1));
    }

    // The errors that reach a catch around a loop are the loop's rules' business.
    private static bool RunsALoop(IBlockOperation body, CompilationFacts facts)
    {
        foreach (var each in body.Descendants())
        {
            if (facts.Loops.IsLongRunning(each))
            {
                return true;
            }
        }

        return false;
    }
}
