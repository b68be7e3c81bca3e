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
    public void Plain_Width_WrapsTheLastColumn()
    {
        using var text = new StringWriter();
        PlainTable.Write(text, ["part", "found"], [["a", "one two three"], ["b", "/long/path/to/x.so"]], width: 15);
        Assert.That(text.ToString().ReplaceLineEndings("\n"), Is.EqualTo("part  found\n----  ---------\na     one two\n      three\nb     /long/\n      path/to/\n      x.so\n"));
    }

    [TestCase("", ExpectedResult = "")]
    [TestCase("abcdef", ExpectedResult = "abcde|f")]
    [TestCase("abcde", ExpectedResult = "abcde")]
    [TestCase("abcde fg", ExpectedResult = "abcde|fg")]
    [TestCase("a b c d e f", ExpectedResult = "a b c|d e f")]
    [TestCase("/abcdefg/h", ExpectedResult = "/|abcde|fg/h")]
    public string Lines_Text_AreAtMostFiveLong(string text) => string.Join('|', TextWrap.Lines(text, 5));

    [Test]
    public void Drawn_Cells_AreTextAndNotMarkup()
    {
        using var text = new StringWriter();
        DrawnTable.Write(text, ["input", "label"], _rows);
        Assert.That(text.ToString(), Does.Contain("[cat]").And.Contain("longer.png").And.Contain("─"));
    }
}
