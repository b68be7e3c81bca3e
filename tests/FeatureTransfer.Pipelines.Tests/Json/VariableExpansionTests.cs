using FeatureTransfer.Pipelines.Json;

namespace FeatureTransfer.Pipelines.Tests.Json;

public class VariableExpansionTests
{
    [TestCase("${PLACE}", "here")]
    [TestCase("a/${PLACE}/b", "a/here/b")]
    [TestCase("${PLACE:-there}", "here")]
    [TestCase("${NOWHERE:-there}", "there")]
    [TestCase("${NOWHERE:-}", "")]
    [TestCase("$${PLACE}", "${PLACE}")]
    [TestCase("$PLACE", "$PLACE")]
    public void Expand_Text_GivesTheValue(string text, string expected)
    {
        var (value, faults) = Expand(text);
        Assert.That(value, Is.EqualTo(expected));
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Expand_UnsetWithoutDefault_IsAFaultAtItsPlace()
    {
        var (_, faults) = Expand("${NOWHERE}");
        Assert.That(faults.Single().ToString(), Does.StartWith("f.json(1,2): $[0]").And.Contain("NOWHERE is not set"));
    }

    private static (string Value, List<PipelineFault> Faults) Expand(string text)
    {
        List<PipelineFault> faults = [];
        var expansion = new VariableExpansion(name => name == "PLACE" ? "here" : null, faults);
        var node = (LocatedArray)expansion.Expand(LocatedJson.Parse($"[\"{text}\"]", "f.json"));
        return (((LocatedText)node.Items[0]).Value, faults);
    }
}
