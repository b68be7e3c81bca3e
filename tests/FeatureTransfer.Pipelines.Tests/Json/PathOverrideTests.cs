using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Tests.Json;

public class PathOverrideTests
{
    private const string File = """{ "data": { "path": "a" }, "estimators": [ { "type": "X" } ], "seed": 1 }""";

    [Test]
    public void Apply_KnownPath_ReplacesTheValue()
    {
        var root = Apply("data.path=b c");
        Assert.That(((LocatedText)((LocatedObject)root["data"]!)["path"]!).Value, Is.EqualTo("b c"));
    }

    [Test]
    public void Apply_MissingObjects_AreMade()
    {
        var root = Apply("outputs.folder=out");
        Assert.That(((LocatedText)((LocatedObject)root["outputs"]!)["folder"]!).Value, Is.EqualTo("out"));
    }

    [TestCase("estimators[0].batchSize=16")]
    [TestCase("estimators[1].batchSize=16")]
    public void Apply_Index_ReachesOrAppendsAnEntry(string text)
    {
        var entries = ((LocatedArray)Apply(text)["estimators"]!).Items;
        Assert.That(((LocatedNumber)((LocatedObject)entries[^1])["batchSize"]!).Literal, Is.EqualTo("16"));
    }

    [TestCase("a=3", typeof(LocatedNumber))]
    [TestCase("a=true", typeof(LocatedBoolean))]
    [TestCase("a=null", typeof(LocatedNull))]
    [TestCase("a=[1, 2]", typeof(LocatedArray))]
    [TestCase("a={\"b\": 1}", typeof(LocatedObject))]
    [TestCase("a=C:\\photos", typeof(LocatedText))]
    [TestCase("a=", typeof(LocatedText))]
    public void Parse_Value_IsJsonOrElseText(string text, Type expected) => Assert.That(PathOverride.Parse(text).Value, Is.TypeOf(expected));

    [Test]
    public void Parse_ValueInside_SaysThatItCameFromTheCommandLine() =>
        Assert.That(((LocatedArray)PathOverride.Parse("a.b=[1, 2]").Value).Items[1].Place.ToString(), Does.StartWith("--set a.b=[1, 2]").And.EndWith("$.a.b[1]"));

    [TestCase("data.path")]
    [TestCase("=x")]
    [TestCase("data..path=x")]
    [TestCase("estimators[x].type=y")]
    public void Parse_NoPathOrNoValue_IsAFault(string text) => Assert.That(() => PathOverride.Parse(text), Throws.TypeOf<PipelineFormatException>().With.Message.Contains("path=value"));

    [TestCase("seed.x=1", "$.seed is a number")]
    [TestCase("data[0]=1", "$.data is an object")]
    [TestCase("estimators[5]=1", "out of range")]
    public void Apply_PathThatLeadsNowhere_IsAFault(string text, string expected) => Assert.That(() => Apply(text), Throws.TypeOf<PipelineFormatException>().With.Message.Contains(expected));

    [TestCase("a.b[2].c", new object[] { "a", "b", 2, "c" })]
    [TestCase("a..b", null)]
    public void Segmented_Path_IsItsNamesAndNumbers(string path, object[]? expected) => Assert.That(PathOverride.Segmented(path), Is.EqualTo(expected));

    [Test]
    public void Apply_MissingObjects_SayThatTheyCameFromTheCommandLine()
    {
        var made = Apply("outputs.folder.name=out")["outputs"]!;
        Assert.That((made.Place.Path, PathOverride.IsOne(made.Place)), Is.EqualTo(("$.outputs", true)));
        Assert.That(Apply("data.size=3")["data"]!.Place.File, Is.EqualTo("f.json"));
    }

    [Test]
    public void Apply_IndexOfAValueThatIsMissing_SaysSo() =>
        Assert.That(() => Apply("outputs[0]=1"), Throws.TypeOf<PipelineFormatException>().With.Message.Contains("$.outputs is missing, so [0] leads nowhere"));

    private static LocatedObject Apply(string text) => (LocatedObject)PathOverride.Parse(text).Apply(LocatedJson.Parse(File, "f.json"));
}
