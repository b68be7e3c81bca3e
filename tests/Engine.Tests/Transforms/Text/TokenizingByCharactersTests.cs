using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Transforms.Text;

/// <summary>Text as keys of characters.</summary>
[TestFixture]
public class TokenizingByCharactersTests
{
    private readonly MLContext _ml = new(1);

    [TestCase("abc", true, new ushort[] { 2, 97, 98, 99, 3 })]
    [TestCase("a b", false, new ushort[] { 97, 32, 98 })]
    [TestCase("", true, new ushort[0])]
    public void Transform_OneText_GivesTheCodesOfItsCharacters(string text, bool markers, ushort[] expected)
    {
        var view = _ml.Data.LoadFromEnumerable([new Row { Text = text }]);

        var keys = _ml.Transforms.Text.TokenizeIntoCharactersAsKeys("K", "Text", markers).Fit(view).Transform(view).GetColumn<ushort[]>("K").Single();

        Assert.That(keys, Is.EqualTo(expected));
    }

    [TestCase(true, new ushort[] { 2, 97, 31, 98, 99, 3 })]
    [TestCase(false, new ushort[] { 97, 31, 98, 99 })]
    public void Transform_SeveralTexts_SeparatesThoseThatAreNotEmpty(bool markers, ushort[] expected)
    {
        var view = _ml.Data.LoadFromEnumerable([new Row { Words = ["a", "", "bc", ""] }]);

        var keys = _ml.Transforms.Text.TokenizeIntoCharactersAsKeys("K", "Words", markers).Fit(view).Transform(view).GetColumn<ushort[]>("K").Single();

        Assert.That(keys, Is.EqualTo(expected));
    }

    [Test]
    public void KeyValues_OfCharacters_NameWhatCannotBeSeen()
    {
        var view = _ml.Data.LoadFromEnumerable([new Row()]);
        var schema = _ml.Transforms.Text.TokenizeIntoCharactersAsKeys("K", "Text").Fit(view).GetOutputSchema(view.Schema);
        VBuffer<ReadOnlyMemory<char>> names = default;

        schema["K"].GetKeyValues(ref names);

        Assert.That(new[] { 2, 32, 97 }.Select(c => names.GetItemOrDefault(c - 1).ToString()), Is.EqualTo(new[] { "<␂>", "<␠>", "a" }));
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public string[] Words { get; set; } = [];
    }
}
