using AsyncGuard.Showcase.Drawing;

namespace AsyncGuard;

public sealed class DiffViewTests
{
    [Fact]
    public void Shows_what_changed_with_a_line_around_it() => Assert.Equal(
        ["C.cs", "  ⋯", "  c", "- d[0]", "+ d[1]", "  e", "  ⋯"],
        Plain.Lines(DiffView.Of("C.cs", "a\nb\nc\nd[0]\ne\nf\ng", "a\nb\nc\nd[1]\ne\nf\ng")));

    [Fact]
    public void Cuts_what_is_too_long_for_a_line()
    {
        var lines = Plain.Lines(DiffView.Of("C.cs", "a", new string('x', 500)));

        Assert.Equal(["C.cs", "- a", "+ " + new string('x', SvgPicture.Columns - 3) + "…"], lines);
    }
}
