using FeatureTransfer.Cli.Terminal;

namespace FeatureTransfer.Cli.Tests.Terminal;

public class TableTests
{
    private static readonly IReadOnlyList<IReadOnlyList<string>> _rows = [["a.png", "[cat]"], ["longer.png", "dog"]];

    [Test]
    public void Plain_Columns_AreAsWideAsTheyNeed()
    {
        using var text = new StringWriter();
        PlainTable.Write(text, ["input", "label"], _rows);
        Assert.That(text.ToString().ReplaceLineEndings("\n"), Is.EqualTo("input       label\n----------  -----\na.png       [cat]\nlonger.png  dog\n"));
    }

    [Test]
    public void Drawn_Cells_AreTextAndNotMarkup()
    {
        using var text = new StringWriter();
        DrawnTable.Write(text, ["input", "label"], _rows);
        Assert.That(text.ToString(), Does.Contain("[cat]").And.Contain("longer.png").And.Contain("─"));
    }
}
