using System.Text.Json;
using FeatureTransfer.Backbones;
using FeatureTransfer.Inputs.Audio;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Tests.Backbones;

/// <summary>Holds model-card.schema.json against what the reader reads.</summary>
public class ModelCardSchemaTests
{
    private static readonly JsonElement _schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Reference.Root, "onnx-models", "model-card.schema.json"))).RootElement;

    [TestCase(typeof(ModelCard), "")]
    [TestCase(typeof(ModelSource), "source")]
    [TestCase(typeof(ImagePreprocessing), "preprocessing")]
    [TestCase(typeof(AudioPreprocessing), "audio")]
    [TestCase(typeof(TokenizerCard), "tokenizer")]
    [TestCase(typeof(TokenInputs), "inputs")]
    [TestCase(typeof(GoldenVector), "golden")]
    public void Schema_EachPart_HasTheMembersThatAreRead(Type type, string part)
    {
        var properties = Properties(part);
        var members = type.GetProperties()
            .Where(property => property.CanWrite && property.Name is not ("Origin" or "Schema"))
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        Assert.That(properties.EnumerateObject().Select(property => property.Name).Where(name => name != "$schema"), Is.EquivalentTo(members));
    }

    [Test]
    public void Schema_DefaultsOfTheRecipe_AreTheRecipesOwn()
    {
        var members = Properties("preprocessing").EnumerateObject().Select(property => $"\"{property.Name}\": {property.Value.GetProperty("default").GetRawText()}");
        var card = ModelCardReader.Read("{ \"id\": \"net.mine\", \"source\": { \"kind\": \"path\", \"path\": \"x.onnx\" }, \"preprocessing\": {" + string.Join(",", members) + "} }", "card.json");
        Assert.That(card.Preprocessing, Is.EqualTo(new ImagePreprocessing()));
    }

    private static JsonElement Properties(string part)
    {
        var card = _schema.GetProperty("properties");
        if (part.Length == 0)
            return card;
        var member = card.GetProperty(part);
        return (member.TryGetProperty("items", out var items) ? items : member).GetProperty("properties");
    }
}
