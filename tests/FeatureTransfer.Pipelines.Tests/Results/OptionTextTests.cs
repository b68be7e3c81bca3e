using System.Text.Json;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Pipelines.Tests.Results;

public class OptionTextTests
{
    [TestCase("\"Adam\"", ExpectedResult = "Adam")]
    [TestCase("0.50", ExpectedResult = "0.50")]
    [TestCase("true", ExpectedResult = "true")]
    [TestCase("[]", ExpectedResult = "none")]
    [TestCase("[1, \"b\", []]", ExpectedResult = "1, b, none")]
    [TestCase("{ \"type\": \"Sdca\" }", ExpectedResult = "Sdca")]
    [TestCase("{ \"type\": \"Sdca\", \"l1\": 2, \"l2\": [3, 4] }", ExpectedResult = "Sdca (l1 2, l2 3, 4)")]
    [TestCase("{ \"width\": 2, \"height\": 3 }", ExpectedResult = "width 2, height 3")]
    public string Of_Value_IsReadable(string json) => OptionText.Of(JsonElement.Parse(json));

    [Test]
    public void Names_Paths_AreAsShortAsTheyCanBeToldApart() =>
        Assert.That(OptionText.Names(["a.rate", "b.rate", "b.epochs", "seed"]), Is.EqualTo(new[] { "a.rate", "b.rate", "epochs", "seed" }));
}
