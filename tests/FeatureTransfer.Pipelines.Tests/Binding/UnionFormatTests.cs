using FeatureTransfer.Pipelines.Binding;

namespace FeatureTransfer.Pipelines.Tests.Binding;

/// <summary>Objects whose member "type" says which options they have.</summary>
public class UnionFormatTests
{
    private static readonly IReadOnlyList<IUnionCase<Shape>> _cases =
    [
        new UnionCase<Shape, Circle>("circle", "A circle.", new OptionSet<Circle>(() => new Circle())
            .Add("radius", new IntegerFormat(1, 9), circle => circle.Radius, (circle, radius) => circle with { Radius = radius }, "Its radius.")),
        new UnionCase<Shape, Square>("square", "A square.", new OptionSet<Square>(() => new Square())),
    ];

    private static readonly UnionFormat<Shape> _format = new("shape", _cases);

    [TestCase("{ \"type\": \"circle\", \"radius\": 3 }", "{\"type\":\"circle\",\"radius\":3}")]
    [TestCase("{ \"radius\": 1, \"type\": \"circle\" }", "{\"type\":\"circle\"}")]
    [TestCase("{ \"type\": \"square\" }", "{\"type\":\"square\"}")]
    [TestCase("{ \"type\": \"circle\", \"radius\": 0 }", "$.radius: expected a whole number from 1 to 9, found the number 0")]
    [TestCase("{ \"type\": \"circel\" }", "$.type: there is no shape \"circel\", did you mean \"circle\"; expected one of circle, square")]
    [TestCase("{ \"type\": \"triangular\" }", "$.type: there is no shape \"triangular\"; expected one of circle, square")]
    [TestCase("{ \"type\": 3 }", "$.type: expected an object with a \"type\", one of circle, square, found the number 3")]
    [TestCase("{ }", "$: the member \"type\" is missing; expected one of circle, square")]
    [TestCase("[]", "$: expected an object with a \"type\", one of circle, square, found an array")]
    public void Value_IsReadOrRefused(string json, string expected)
    {
        var read = Formats.Read(_format, json);
        Assert.That(read is Shape shape ? Formats.Json(_format, shape) : read, Is.EqualTo(expected));
    }

    [Test]
    public void Write_KindThatIsNotInTheTable_SaysSo() =>
        Assert.That(() => _format.Write(new Triangle()), Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo("The shape Triangle is not one of the table, so it cannot be written as JSON; known are circle, square."));

    [Test]
    public void Schema_KindsOnceEach_OrByReference()
    {
        const string Circle = """{"type":"object","properties":{"type":{"const":"circle"},"radius":{"type":"integer","minimum":1,"maximum":9,"description":"Its radius.","default":1}},"additionalProperties":false,"required":["type"],"description":"A circle."}""";
        const string Square = """{"type":"object","properties":{"type":{"const":"square"}},"additionalProperties":false,"required":["type"],"description":"A square."}""";
        var defined = new UnionFormat<Shape>("shape", _cases, defined: true);
        Assert.That(_format.Schema().ToJsonString(), Is.EqualTo($$"""{"oneOf":[{{Circle}},{{Square}}]}"""));
        Assert.That(defined.Schema().ToJsonString(), Is.EqualTo("""{"oneOf":[{"$ref":"#/$defs/circle"},{"$ref":"#/$defs/square"}]}"""));
        Assert.That(defined.Definitions().ToJsonString(), Is.EqualTo($$"""{"circle":{{Circle}},"square":{{Square}}}"""));
        Assert.That(_cases.Select(c => c.Summary), Is.EqualTo(new[] { "A circle.", "A square." }));
    }

    private abstract record Shape;

    private sealed record Circle : Shape
    {
        public int Radius { get; init; } = 1;
    }

    private sealed record Square : Shape;

    private sealed record Triangle : Shape;
}
