using System.Text.Json.Nodes;
using FeatureTransfer.Inputs.Augmentation;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Steps;

public class AugmentationJsonTests
{
    private static readonly AugmentationPlan _all = AugmentationPlan.Of(
        new RandomResizedCrop { MinScale = 0.5, MaxRatio = 2 },
        new HorizontalFlip(),
        new VerticalFlip { Probability = 0.25 },
        new Rotation { Degrees = 30, Fill = BorderFill.Edge },
        new ColorJitter { Hue = 0.1 },
        new RandomGrayscale { Probability = 1 },
        new GaussianBlur { MaxSigma = 3 },
        new RandAugment { Count = 1, Changes = [RandAugmentChange.ShearX, RandAugmentChange.AutoContrast] },
        new RandomErasing { Fill = ErasingFill.Noise, MinArea = 0.1 });

    [Test]
    public void ToJson_EveryKind_IsReadBackEqual() =>
        Assert.That(AugmentationJson.Parse(AugmentationJson.ToJson(_all), "a.json"), Is.EqualTo(_all));

    [Test]
    public void ToJson_Defaults_AreLeftOut()
    {
        var json = JsonNode.Parse(AugmentationJson.ToJson(AugmentationPlan.Of(new RandomResizedCrop(), new RandAugment { Magnitude = 5 })))!.AsArray();
        Assert.That(json.ToJsonString(), Is.EqualTo("""[{"type":"randomResizedCrop"},{"type":"randAugment","magnitude":5}]"""));
    }

    [Test]
    public void Kinds_OfTheLibrary_AreAllInTheTable()
    {
        var known = typeof(AugmentationOperation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(AugmentationOperation)));
        Assert.That(_all.Operations.Select(operation => operation.GetType()), Is.EquivalentTo(known));
    }

    [TestCase("""[{"type": "horizontalflip"}]""", "horizontalFlip")]
    [TestCase("""[{"type": "rotation", "degrees": 200}]""", "from 0 to 180")]
    [TestCase("""[{"type": "rotation", "angle": 20}]""", "the options are degrees, fill, probability")]
    [TestCase("""[{"type": "randomResizedCrop", "minScale": 0.6, "maxScale": 0.5}]""", "$[0]: MinScale to MaxScale is 0.6 to 0.5")]
    [TestCase("""[{"type": "horizontalFlip"}, {"type": "randomResizedCrop"}]""", "$[1]: it has to come first")]
    [TestCase("""{"type": "horizontalFlip"}""", "a list")]
    [TestCase("""[{"type": "randAugment", "changes": ["twirl"]}]""", "solarize")]
    public void Parse_Faulty_SaysWhereAndWhatIsExpected(string json, string message) => Assert.That(
        () => AugmentationJson.Parse(json, "a.json"), Throws.TypeOf<PipelineFormatException>().With.Message.Contains("a.json(1,").And.Message.Contains(message));

    [Test]
    public void Schema_EveryKind_HasItsDescriptionAndOptions()
    {
        var kinds = AugmentationFormat.Instance.Schema()["items"]!["oneOf"]!.AsArray();
        Assert.That(kinds.Select(kind => (string)kind!["properties"]!["type"]!["const"]!), Is.EqualTo(_all.Operations.Select(operation => operation.Kind)));
        Assert.That(kinds.Select(kind => (string?)kind!["description"]), Has.None.Null);
    }
}
