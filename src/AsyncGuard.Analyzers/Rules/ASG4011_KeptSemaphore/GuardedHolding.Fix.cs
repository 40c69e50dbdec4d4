using AsyncGuard.Fixing;
using AsyncGuard.Toolbox;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Rules;

/// <summary>The statements that run while a semaphore is held, to stand in a <c>try</c> that releases it.</summary>
internal sealed class GuardedHolding
{
    private readonly FixSite _site;
    private readonly int _from;
    private readonly int _end;
    private readonly bool _takesReturn;

    private GuardedHolding(FixSite site, BlockSyntax block, int from, int end)
    {
        (_site, Block, _from, _end) = (site, block, from, end);
        _takesReturn = block.Statements[end] is not TryStatementSyntax
            && end == block.Statements.Count - 2
            && block.Statements[end + 1] is ReturnStatementSyntax { Expression: IdentifierNameSyntax };
    }

    /// <summary>The block that they stand in.</summary>
    public BlockSyntax Block { get; }

    /// <summary><see langword="null"/> where the release is not a statement beside them, or not the only one.</summary>
    public static GuardedHolding? Of(FixSite site, KeptSemaphore kept)
    {
        var (acquired, _, last) = kept;
        if (acquired.From >= acquired.Statements.Length
            || acquired.Statements[acquired.From].Syntax is not StatementSyntax { Parent: BlockSyntax block } first
            || last.Syntax is not (TryStatementSyntax or ExpressionStatementSyntax) || last.Syntax.Parent != block)
        {
            return null;
        }

        var (from, end) = (block.Statements.IndexOf(first), block.Statements.IndexOf((StatementSyntax)last.Syntax));
        return from < end && (last is ITryOperation || HasOneRelease(kept)) ? new(site, block, from, end) : null;
    }

    /// <summary>The block with the <c>try</c> in it.</summary>
    /// <param name="block">The block as it is now: its statements are the same in number.</param>
    public BlockSyntax Guard(BlockSyntax block)
    {
        var code = new Written(_site, Block);
        var hoisted = new List<StatementSyntax>();
        var moved = new List<StatementSyntax>();
        for (var at = _from; at < _end; at++)
        {
            moved.Add(Hoist(block.Statements[at], at, code, hoisted));
        }

        var blank = moved[0].GetLeadingTrivia().TakeWhile(each => each.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();
        moved[0] = moved[0].WithLeadingTrivia(moved[0].GetLeadingTrivia().Skip(blank.Count));
        var rest = _end + 1;
        var attempt = (TryStatementSyntax)code.Statement("try { } finally { }");
        FinallyClauseSyntax last;
        switch (block.Statements[_end])
        {
            case TryStatementSyntax { Finally: { } releasing } guard when guard.Catches.Count == 0:
                moved.AddRange(guard.Block.Statements);
                last = releasing;
                break;
            case TryStatementSyntax { Finally: { } releasing } guard:
                moved.Add(guard.WithFinally(null)); // its handlers are not for what stood before it
                last = releasing;
                break;
            case var release:
                last = attempt.Finally!.WithBlock(SyntaxFactory.Block(release.WithLeadingTrivia(Comments(release)))); // not null: it was written so
                if (_takesReturn)
                {
                    moved.Add(block.Statements[rest++]);
                }

                break;
        }

        hoisted.Add(attempt.WithBlock(SyntaxFactory.Block(moved)).WithFinally(last).WithAdditionalAnnotations(Formatter.Annotation));
        hoisted[0] = hoisted[0].WithLeadingTrivia(hoisted[0].GetLeadingTrivia().InsertRange(0, blank));
        return block.WithStatements([.. block.Statements.Take(_from), .. hoisted, .. block.Statements.Skip(rest)]);
    }

    private static SyntaxTriviaList Comments(StatementSyntax release) => TriviaList(release.GetLeadingTrivia().SkipWhile(each => each.IsKind(SyntaxKind.EndOfLineTrivia)));

    // A variable that is read behind the 'try' is declared before it.
    private StatementSyntax Hoist(StatementSyntax statement, int at, Written code, List<StatementSyntax> hoisted)
    {
        if (Block.Statements[at] is not LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, IsConst: false, Declaration.Variables: [{ Initializer: not null } variable] }
            || !IsReadBehind(variable.Identifier.ValueText)
            || _site.Model.GetDeclaredSymbol(variable) is not ILocalSymbol { IsRef: false, Type: { IsAnonymousType: false } type }
            || statement is not LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value }] })
        {
            return statement;
        }

        hoisted.Add(code.Statement($"{type.ToMinimalDisplayString(_site.Model, statement.SpanStart)} {variable.Identifier.Text};"));
        return ExpressionStatement(AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, IdentifierName(variable.Identifier.WithoutTrivia()), value)).WithTriviaFrom(statement);
    }

    private bool IsReadBehind(string name)
    {
        var behind = Block.Statements.Skip(_takesReturn ? _end + 2 : _end + 1).Cast<SyntaxNode>();
        if (Block.Statements[_end] is TryStatementSyntax { Finally: { } last })
        {
            behind = behind.Append(last);
        }

        return behind.SelectMany(each => each.DescendantNodes()).OfType<IdentifierNameSyntax>().Any(each => each.Identifier.ValueText == name);
    }

    private static bool HasOneRelease(KeptSemaphore kept)
    {
        var acquired = kept.Acquired;
        for (var at = acquired.From; at < acquired.Statements.Length && acquired.Statements[at] != kept.End; at++)
        {
            if (acquired.Statements[at].HasInFunction(each => Acquisition.IsRelease(each, acquired.Held, acquired.Release)))
            {
                return false;
            }
        }

        return true;
    }
}
