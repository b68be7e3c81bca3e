using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Tests.Data;

public class LabelTextTests
{
    [TestCase("cat", "cat")]
    [TestCase(" cat\u00A0", "cat")]
    [TestCase("polar  bear", "polar bear")]
    [TestCase("Ba\u0308r", "B\u00E4r")]
    [TestCase("e\u0323\u0302", "\u1EC7")]
    [TestCase("\u1112\u1161\u11AB", "\uD55C")]
    [TestCase("\u304B\u3099", "\u304C")]
    [TestCase("\uFEFFcat\u200B", "cat")]
    [TestCase("   ", "")]
    public void Clean_LooksAlike_IsOne(string label, string expected) => Assert.That(LabelText.Clean(label), Is.EqualTo(expected));

    [Test]
    public void Clean_Rows_JoinsAndCounts()
    {
        var notes = new List<string>();
        var rows = LabelText.Clean(Rows("cat", "cat ", "cat ", "Ba\u0308r", "B\u00E4r"), notes.Add);
        Assert.That(rows.Rows.Select(row => row.Label).Distinct(), Is.EqualTo(new[] { "cat", "B\u00E4r" }));
        Assert.That(notes.Single(), Does.Contain("3 rows").And.Contain("\"cat \" as \"cat\""));
    }

    [Test]
    public void Clean_OtherCaseOrLostCharacters_AreSaid()
    {
        var notes = new List<string>();
        LabelText.Clean(Rows("Cat", "cat", "cat", "B\uFFFDr"), notes.Add);
        Assert.That(notes, Has.Count.EqualTo(2));
        Assert.That(notes[0], Does.Contain("\"Cat\" (1 rows), \"cat\" (2 rows)"));
        Assert.That(notes[1], Does.Contain("1 rows").And.Contain("lost in decoding"));
    }

    [Test]
    public void Clean_PlainLabels_SaysNothing()
    {
        var notes = new List<string>();
        LabelText.Clean(Rows("a", "b", "a"), notes.Add);
        Assert.That(notes, Is.Empty);
    }

    private static SourceRows Rows(params string[] labels) => new("rows", [.. labels.Select((label, i) => new SourceRow($"{i}.png", label, null, []))], []);
}
