using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Inputs.Text.Tokenizers;

namespace FeatureTransfer.Tests.Inputs.Text;

/// <summary>Texts of the tokens 10, 11, ... and pairs of those with 20, 21, ...; 1 is put before, 2 between and 3 behind.</summary>
public class TokenWindowsTests
{
    [TestCase(3, LongText.Truncate, "1 10 11 12 3")]
    [TestCase(6, LongText.Truncate, "1 10 11 12 13 14 15 3")]
    [TestCase(7, LongText.Truncate, "1 10 11 12 13 14 15 3")]
    [TestCase(6, LongText.Windows, "1 10 11 12 13 14 15 3")]
    [TestCase(7, LongText.Windows, "1 10 11 12 13 14 15 3|1 14 15 16 3")]
    [TestCase(10, LongText.Windows, "1 10 11 12 13 14 15 3|1 14 15 16 17 18 19 3")]
    public void Of_Text_IsCutOrOverlaps(int count, LongText longText, string expected)
    {
        var windows = new TokenWindows(Around(true), 8, longText, 2).Of(Tokens(10, count));
        Assert.That(Shown(windows), Is.EqualTo(expected));
        Assert.That(windows.Cast<TokenWindow>().Select(window => window.Second), Is.EqualTo(windows.Select(window => window.Length)));
    }

    [TestCase(0, 0, "1 2 3")]
    [TestCase(2, 3, "1 10 11 2 20 21 22 3")]
    [TestCase(2, 4, "1 10 11 2 20 21 22 3")]
    [TestCase(4, 2, "1 10 11 12 2 20 21 3")]
    [TestCase(9, 9, "1 10 11 2 20 21 22 3")]
    [TestCase(9, 1, "1 10 11 12 13 2 20 3")]
    [TestCase(5, 0, "1 10 11 12 13 14 2 3")]
    public void Of_Pair_TheLongerGivesFirst(int first, int second, string expected) =>
        Assert.That(Shown(new TokenWindows(Around(true), 8, LongText.Truncate, 2).Of(Tokens(10, first), Tokens(20, second))), Is.EqualTo(expected));

    [Test]
    public void Of_PairInWindows_HasTheFirstTextInEach() => Assert.That(
        Shown(new TokenWindows(Around(true), 8, LongText.Windows, 1).Of(Tokens(10, 2), Tokens(20, 5))),
        Is.EqualTo("1 10 11 2 20 21 22 3|1 10 11 2 22 23 24 3"));

    [TestCase(true, 4)]
    [TestCase(false, 6)]
    public void Of_Pair_SecondBeginsBehindWhatIsBetween(bool segmentIds, int second) => Assert.That(
        ((TokenWindow)new TokenWindows(Around(segmentIds), 8, LongText.Truncate, 2).Of(Tokens(10, 2), Tokens(20, 1)).Single()).Second,
        Is.EqualTo(second));

    [Test]
    public void Of_NoTokensAtAll_IsOneOfFilling()
    {
        var window = (TokenWindow)new TokenWindows(new SpecialTokens([], [], [], 9, SegmentIds: false), 8, LongText.Truncate, 2).Of([]).Single();
        Assert.That((window.Ids, window.Second), Is.EqualTo((new[] { 9 }, 1)));
    }

    [TestCase(new[] { 1 }, new int[0], "1")]
    [TestCase(new int[0], new[] { 3 }, "3")]
    public void Of_EmptyText_IsWhatStandsAround(int[] start, int[] end, string expected) =>
        Assert.That(Shown(new TokenWindows(new SpecialTokens(start, [], end, 9, SegmentIds: false), 8, LongText.Truncate, 2).Of([])), Is.EqualTo(expected));

    private static SpecialTokens Around(bool segmentIds) => new([1], [2], [3], 0, segmentIds);

    private static List<int> Tokens(int first, int count) => [.. Enumerable.Range(first, count)];

    private static string Shown(IReadOnlyList<Window> windows) => string.Join('|', windows.Cast<TokenWindow>().Select(window => string.Join(' ', window.Ids)));
}
