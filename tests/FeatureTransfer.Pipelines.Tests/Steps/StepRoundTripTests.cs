using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Steps;

public class StepRoundTripTests
{
    private static IEnumerable<string[]> Options => StepTable.All.SelectMany(step => step.Options.Select(option => new[] { step.Name, option.Name }));

    private static IEnumerable<string> Names => StepTable.All.Select(step => step.Name);

    [TestCaseSource(nameof(Options))]
    public void Option_OtherThanItsDefault_IsReadWrittenAndReadBackEqual(string step, string option) =>
        AssertComesBack(StepSamples.Step(step, name => name == option), option);

    [TestCaseSource(nameof(Names))]
    public void Step_WithAllOptions_IsReadWrittenAndReadBackEqual(string step) =>
        AssertComesBack(StepSamples.Step(step, _ => true), step);

    [TestCaseSource(nameof(Names))]
    public void Step_WithTwoOptionsUnlike_IsNotEqual(string step)
    {
        var least = StepSamples.Read(StepSamples.Step(step, _ => false));
        var most = StepSamples.Read(StepSamples.Step(step, _ => true));
        Assert.That(least.Equals(most), Is.EqualTo(StepTable.All.First(info => info.Name == step).Options.All(option => option.Required)));
    }

    private static void AssertComesBack(JsonObject json, string what)
    {
        var read = StepSamples.Read(json);
        var written = StepTable.Format.Write(read)!.AsObject();
        Assert.That(written.ToJsonString(), Is.EqualTo(json.ToJsonString()), what);
        Assert.That(StepSamples.Read(written), Is.EqualTo(read));
    }
}
