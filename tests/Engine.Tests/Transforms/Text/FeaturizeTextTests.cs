using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace Engine.Tests.Transforms.Text;

/// <summary>What the golden files do not say of FeaturizeText and its parts.</summary>
[TestFixture]
public class FeaturizeTextTests
{
    private readonly MLContext _ml = new(1);

    [Test]
    public void Fit_CharactersAfterStopWords_CountsTheWordsThatAreLeft()
    {
        var options = new TextFeaturizingEstimator.Options
        {
            StopWordsRemoverOptions = new CustomStopWordsRemovingEstimator.Options { StopWords = ["the"] },
            WordFeatureExtractor = null,
            CharFeatureExtractor = new() { NgramLength = 1 },
            Norm = TextFeaturizingEstimator.NormFunction.None,
        };

        Assert.That(SlotNames(options, "The cab"), Is.EqualTo(new[] { "<␂>", "c", "a", "b", "<␃>" }));
    }

    [Test]
    public void Fit_HelperNamesTaken_LeavesTheColumnsOfTheInput()
    {
        var view = _ml.Transforms.CopyColumns("F_Text", "Text").Fit(Rows("a b")).Transform(Rows("a b"));

        var schema = _ml.Transforms.Text.FeaturizeText("F", "Text").Fit(view).GetOutputSchema(view.Schema);

        Assert.That(schema.Where(c => !c.IsHidden).Select(c => c.Name), Is.EqualTo(new[] { "Text", "F_Text", "F" }));
    }

    [Test]
    public void FeaturizeText_NothingToCount_SaysSo()
    {
        var options = new TextFeaturizingEstimator.Options { WordFeatureExtractor = null, CharFeatureExtractor = null };

        Assert.That(() => _ml.Transforms.Text.FeaturizeText("F", options, "Text"), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("WordFeatureExtractor"));
    }

    [Test]
    public void ProduceWordBags_FewerSingleWordsWanted_StillCountsLongerSequencesThatBeginWithThem()
    {
        var options = new TextFeaturizingEstimator.Options
        {
            WordFeatureExtractor = new() { NgramLength = 2, MaximumNgramsCount = [1, 10] },
            CharFeatureExtractor = null,
            Norm = TextFeaturizingEstimator.NormFunction.None,
        };

        Assert.That(SlotNames(options, "a b c"), Is.EqualTo(new[] { "a", "a|b", "b|c" }));
    }

    [Test]
    public void ProduceWordBags_SkipsInLongSequences_AreCountedTogether()
    {
        var view = Rows("a b c d");

        var schema = _ml.Transforms.Text.ProduceWordBags("B", "Text", ngramLength: 3, skipLength: 1, useAllLengths: false).Fit(view).GetOutputSchema(view.Schema);

        Assert.That(SlotNames(schema["B"]), Is.EqualTo(new[] { "a|b|c", "a|b|d", "a|c|d", "b|c|d" }));
    }

    [TestCaseSource(nameof(Languages))]
    public void RemoveDefaultStopWords_EachLanguage_HasWordsOfItsOwn(StopWordsRemovingEstimator.Language language, string stop)
    {
        var view = Rows($"{stop} FeatureTransfer {stop.ToUpperInvariant()}");
        var chain = _ml.Transforms.Text.TokenizeIntoWords("W", "Text").Append(_ml.Transforms.Text.RemoveDefaultStopWords("W", "W", language));

        Assert.That(chain.Fit(view).Transform(view).GetColumn<string[]>("W").Single(), Is.EqualTo(new[] { "FeatureTransfer" }));
    }

    private static IEnumerable<object[]> Languages() => Enum.GetValues<StopWordsRemovingEstimator.Language>()
        .Zip(
            ["the", "nous", "nicht", "niet", "ikke", "inte", "della", "también", "não", "não", "ikke", "что", "który", "protože", "هذا", "これ"],
            (language, word) => new object[] { language, word });

    private IDataView Rows(params string[] texts) => _ml.Data.LoadFromEnumerable(texts.Select(t => new Row { Text = t }).ToArray());

    private string[] SlotNames(TextFeaturizingEstimator.Options options, params string[] texts)
    {
        var view = Rows(texts);
        return SlotNames(_ml.Transforms.Text.FeaturizeText("F", options, "Text").Fit(view).GetOutputSchema(view.Schema)["F"]);
    }

    private static string[] SlotNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }
}
