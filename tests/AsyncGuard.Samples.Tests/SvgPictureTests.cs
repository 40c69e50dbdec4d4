using System.Xml.Linq;
using AsyncGuard.Showcase.Drawing;
using Spectre.Console;

namespace AsyncGuard;

public sealed class SvgPictureTests
{
    [Fact]
    public async Task Is_well_formed_and_holds_every_word_in_its_colour()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await SvgPicture.WriteAsync(file, [new Markup("[red]a < b & c[/]"), new Markup("[bold]second[/]")], TestContext.Current.CancellationToken);

            var texts = XDocument.Load(file).Descendants().Where(each => each.Name.LocalName == "text").ToList();
            Assert.Contains(texts, each => each.Value == "a < b & c" && each.Attribute("style")?.Value == "fill:#ff7b72");
            Assert.Contains(texts, each => each.Value == "second" && each.Attribute("style")?.Value == "fill:#c9d1d9;font-weight:bold");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
