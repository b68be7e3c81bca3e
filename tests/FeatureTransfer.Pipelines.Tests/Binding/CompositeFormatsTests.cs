using FeatureTransfer.Pipelines.Binding;

namespace FeatureTransfer.Pipelines.Tests.Binding;

/// <summary>Values made of others: optional ones, lists, paths, "auto", and objects.</summary>
public class CompositeFormatsTests
{
    private static readonly OptionSet<Point> _options = new OptionSet<Point>(() => new Point())
        .Add("x", new IntegerFormat(0, 9), point => point.X, (point, x) => point with { X = x }, "Across.", required: true)
        .Add("name", new TextFormat(), point => point.Name, (point, name) => point with { Name = name }, "What it is called.")
        .Add("tags", new ListFormat<string>(new TextFormat()), point => point.Tags, (point, tags) => point with { Tags = tags }, "Tags.");

    [TestCase("null", null)]
    [TestCase("\"a\"", "a")]
    [TestCase("3", "$: expected a string that is not empty, found the number 3")]
    public void Optional_Value_IsReadOrRefused(string json, string? expected) => Assert.That(Formats.Read(new OptionalFormat<string>(new TextFormat()), json), Is.EqualTo(expected));

    [TestCase("null", null)]
    [TestCase("3", 3)]
    [TestCase("12", "$: expected a whole number from 0 to 9, found the number 12")]
    public void OptionalValue_Value_IsReadOrRefused(string json, object? expected) => Assert.That(Formats.Read(new OptionalValueFormat<int>(new IntegerFormat(0, 9)), json), Is.EqualTo(expected));

    [Test]
    public void Optional_WordsSchemaAndNull()
    {
        var text = new OptionalFormat<string>(new TextFormat());
        var number = new OptionalValueFormat<int>(new IntegerFormat(0, 9));
        Assert.That((text.Expected, number.Expected), Is.EqualTo(("a string that is not empty or null", "a whole number from 0 to 9 or null")));
        Assert.That((Formats.Json(text, null), Formats.Json(text, "a"), Formats.Json(number, null), Formats.Json(number, 3)), Is.EqualTo(("null", "\"a\"", "null", "3")));
        Assert.That(text.Schema().ToJsonString(), Is.EqualTo("""{"type":["string","null"],"minLength":1}"""));
        Assert.That(number.Schema().ToJsonString(), Is.EqualTo("""{"type":["integer","null"],"minimum":0,"maximum":9}"""));
        Assert.That(
            new OptionalFormat<string>(new ConstantFormat()).Schema().ToJsonString(),
            Is.EqualTo("""{"anyOf":[{"const":"a"},{"type":"null"}]}"""));
    }

    [TestCase("[1, 2]", "[1,2]")]
    [TestCase("[]", "$: expected a list that is not empty, each entry a whole number from 0 to 9, found an array")]
    [TestCase("4", "$: expected a list that is not empty, each entry a whole number from 0 to 9, found the number 4")]
    [TestCase("[1, 10, 2, 11]", "$[1]: expected a whole number from 0 to 9, found the number 10\n$[3]: expected a whole number from 0 to 9, found the number 11")]
    public void List_NotEmpty_IsReadOrRefused(string json, string expected)
    {
        var format = new ListFormat<int>(new IntegerFormat(0, 9), 1);
        Assert.That(Formats.Read(format, json) is ValueList<int> read ? Formats.Json(format, read) : Formats.Read(format, json), Is.EqualTo(expected));
        Assert.That(format.Schema().ToJsonString(), Is.EqualTo("""{"type":"array","items":{"type":"integer","minimum":0,"maximum":9},"minItems":1}"""));
    }

    [Test]
    public void List_MayBeEmpty_IsReadAndDescribed()
    {
        var format = new ListFormat<bool>(new BooleanFormat());
        Assert.That(Formats.Read(format, "[]"), Is.InstanceOf<ValueList<bool>>().And.Empty);
        Assert.That(Formats.Read(format, "1"), Is.EqualTo("$: expected a list, each entry true or false, found the number 1"));
        Assert.That(format.Schema().ToJsonString(), Is.EqualTo("""{"type":"array","items":{"type":"boolean"}}"""));
    }

    [TestCase("\"auto\"", null)]
    [TestCase("3", 3)]
    [TestCase("\"often\"", "$: expected a whole number from 0 to 9, or \"auto\", found the string \"often\"")]
    [TestCase("12", "$: expected a whole number from 0 to 9, found the number 12")]
    public void Auto_Value_IsReadOrRefused(string json, object? expected) => Assert.That(Formats.Read(new AutoFormat<int>(new IntegerFormat(0, 9)), json), Is.EqualTo(expected));

    [Test]
    public void Auto_Written_StandsForNull()
    {
        var format = new AutoFormat<int>(new IntegerFormat(0, 9));
        Assert.That((Formats.Json(format, null), Formats.Json(format, 3)), Is.EqualTo(("\"auto\"", "3")));
        Assert.That(format.Schema().ToJsonString(), Is.EqualTo("""{"anyOf":[{"type":"integer","minimum":0,"maximum":9},{"const":"auto"}]}"""));
    }

    [TestCase("\"nowhere\"", false, "nowhere")]
    [TestCase("\".\"", true, ".")]
    [TestCase("\"npm:a-b@1.0.0/c\"", true, "npm:a-b@1.0.0/c")]
    [TestCase("\"\"", true, "$: expected the path of a file or folder, relative to this file, or npm:PACKAGE@VERSION/path, found the string \"\"")]
    public void Path_Value_IsReadOrRefused(string json, bool checkFiles, string expected) => Assert.That(Formats.Read(new PathFormat(), json, checkFiles), Is.EqualTo(expected));

    [Test]
    public void Path_Missing_IsNamedInFull()
    {
        var full = Path.Combine(TestContext.CurrentContext.TestDirectory, "nowhere");
        Assert.That(Formats.Read(new PathFormat(), "\"nowhere\"", checkFiles: true), Is.EqualTo($"$: there is no file or folder {full}; give a path that exists, absolute or relative to this file"));
        Assert.That(Formats.Read(new PathFormat(), "\"npm:NOT A PACKAGE/c\"", checkFiles: true), Does.StartWith("$: ").And.Contain("NOT A PACKAGE"));
        Assert.That(Formats.Json(new PathFormat(), "${HOME}/a"), Is.EqualTo("\"$${HOME}/a\""));
        Assert.That(new PathFormat().Schema().ToJsonString(), Is.EqualTo("""{"type":"string","minLength":1}"""));
    }

    [TestCase("{ \"x\": 3, \"name\": \"a\" }", "{\"x\":3,\"name\":\"a\"}")]
    [TestCase("{ \"x\": 3, \"name\": \"none\", \"tags\": [\"t\"] }", "{\"x\":3,\"tags\":[\"t\"]}")]
    [TestCase("{ \"name\": \"a\" }", "$: the option \"x\" is missing; expected a whole number from 0 to 9")]
    [TestCase("{ \"x\": 10 }", "$.x: expected a whole number from 0 to 9, found the number 10")]
    [TestCase("{ \"x\": 1, \"nme\": \"a\" }", "$.nme: there is no option \"nme\", did you mean \"name\"; the options are x, name, tags")]
    [TestCase("[]", "$: expected an object, found an array")]
    public void Nested_Value_IsReadOrRefused(string json, string expected)
    {
        var format = new NestedFormat<Point>(_options);
        var read = Formats.Read(format, json);
        Assert.That(read is Point point ? Formats.Json(format, point) : read, Is.EqualTo(expected));
    }

    [Test]
    public void Options_WrittenWithDefaults_AreTheRequiredOnesAlone() =>
        Assert.That(_options.Write(_options.Create()).ToJsonString(), Is.EqualTo("{\"x\":0}"));

    [Test]
    public void Options_Described_GiveDefaultsOfThoseThatHaveOne() =>
        Assert.That(_options.Describe(), Is.EqualTo(new[]
        {
            new OptionInfo("x", "a whole number from 0 to 9", null, true, "Across."),
            new OptionInfo("name", "a string that is not empty", "\"none\"", false, "What it is called."),
            new OptionInfo("tags", "a list, each entry a string that is not empty", "[]", false, "Tags."),
        }));

    [Test]
    public void Options_Schema_HoldsTypeDefaultsAndWhatIsRequired()
    {
        Assert.That(
            _options.Schema("Point").ToJsonString(),
            Is.EqualTo("""{"type":"object","properties":{"type":{"const":"Point"},"x":{"type":"integer","minimum":0,"maximum":9,"description":"Across."},"name":{"type":"string","minLength":1,"description":"What it is called.","default":"none"},"tags":{"type":"array","items":{"type":"string","minLength":1},"description":"Tags.","default":[]}},"additionalProperties":false,"required":["type","x"]}"""));
        Assert.That(new OptionSet<Point>(() => new Point()).Schema().ToJsonString(), Is.EqualTo("""{"type":"object","properties":{},"additionalProperties":false}"""));
    }

    private sealed record Point
    {
        public int X { get; init; }

        public string Name { get; init; } = "none";

        public ValueList<string> Tags { get; init; } = [];
    }

    private sealed class ConstantFormat : ValueFormat<string>
    {
        public override string Expected => "a";

        public override bool TryRead(Pipelines.Json.LocatedNode node, BindingContext context, out string value) => throw new NotSupportedException();

        public override System.Text.Json.Nodes.JsonNode? Write(string value) => throw new NotSupportedException();

        public override System.Text.Json.Nodes.JsonObject Schema() => new() { ["const"] = "a" };
    }
}
