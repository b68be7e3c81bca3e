using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Tests.Json;

public class LocatedJsonTests
{
    [Test]
    public void Parse_CommentsAndTrailingCommas_AreAllowed()
    {
        var node = (LocatedObject)LocatedJson.Parse("{ // first\n \"a\": [1, 2,], /* second */ }", "f.json");
        Assert.That(((LocatedArray)node["a"]!).Items, Has.Count.EqualTo(2));
    }

    [Test]
    public void Parse_InnerValue_KnowsPathLineAndColumn()
    {
        var node = (LocatedObject)LocatedJson.Parse("{\n  \"é\": \"ü\", \"b c\": [ { \"d\": true } ]\n}", "f.json");
        var inner = (LocatedObject)((LocatedArray)node["b c"]!).Items[0];
        Assert.That(inner["d"]!.Place, Is.EqualTo(new JsonPlace("f.json", "$['b c'][0].d", 2, 29)));
    }

    [Test]
    public void Parse_Values_KeepTheirKinds()
    {
        var node = LocatedJson.Parse("""{ "a": true, "b": false, "c": null, "d": -2, "e": 0.5, "f": "g", "": [] }""", "f.json");
        Assert.That(node.ToJson()!.ToJsonString(), Is.EqualTo("""{"a":true,"b":false,"c":null,"d":-2,"e":0.5,"f":"g","":[]}"""));
        Assert.That(node.Inner.Select(inner => inner.Kind), Is.EqualTo(new[] { "true or false", "true or false", "null", "a number", "a number", "a string", "an array" }));
        Assert.That(node.Inner.Last().Place.Path, Is.EqualTo("$['']"));
    }

    [TestCase("$", "{ \"a\": [1, { \"b\": 2 }] }")]
    [TestCase("$.a[1].b", "2")]
    [TestCase("$.a[0]", "1")]
    [TestCase("$.b", null)]
    public void Find_Path_IsTheValueThere(string path, string? expected)
    {
        var found = LocatedJson.Parse("{ \"a\": [1, { \"b\": 2 }] }", "f.json").Find(path);
        Assert.That(found?.ToJson()?.ToJsonString(), Is.EqualTo(expected?.Replace(" ", "", StringComparison.Ordinal)));
    }

    [Test]
    public void Parse_NotJson_IsAFaultOfTheWholeFileInOneSentence() => Assert.That(
        () => LocatedJson.Parse("{\n  \"a\": x }", "f.json"),
        Throws.TypeOf<PipelineFormatException>().With.Message.Contains("f.json(2,8): $: this is not valid JSON: 'x' is an invalid start of a value.").And.Message.Not.Contains("LineNumber"));

    [TestCase("{ \"a\": }", 1)]
    [TestCase("{\n\"a\": 1\n\"b\": 2 }", 3)]
    [TestCase("{ \"a\": 1 } x", 1)]
    [TestCase("", 1)]
    public void Parse_NotJson_NamesTheLine(string text, int line) =>
        Assert.That(() => LocatedJson.Parse(text, "f.json"), Throws.TypeOf<PipelineFormatException>().With.Message.Contains($"f.json({line},").And.Message.Contains("not valid JSON"));

    [TestCase("{\n  \"a\": [\"\\ud83d\"] }", "f.json(2,9): $.a[0]")]
    [TestCase("{\n  \"\\ude00\": 1 }", "f.json(2,3): $")]
    public void Parse_HalfASurrogatePair_IsAFaultWithItsPlace(string text, string place) =>
        Assert.That(() => LocatedJson.Parse(text, "f.json"), Throws.TypeOf<PipelineFormatException>().With.Message.Contains(place).And.Message.Contains("half of a surrogate pair"));

    [Test]
    public void Parse_NameTwice_IsAFault() =>
        Assert.That(() => LocatedJson.Parse("{ \"a\": 1, \"a\": 2 }", "f.json"), Throws.TypeOf<PipelineFormatException>().With.Message.Contains("f.json(1,11): $.a").And.Message.Contains("twice"));
}
