using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Runs a whole pipeline with every option of every step on images or by ONNX, alone and with the options that it belongs to.</summary>
public class EveryImageOptionTests
{
    private ImageOptionFolder _folder = null!;

    private static IEnumerable<TestCaseData> Cases => ImageStepCase.All.Select(one => new TestCaseData(one).SetArgDisplayNames(one.ToString()));

    private static IEnumerable<TestCaseData> Alone => ImageStepCase.Alone.Select(one => new TestCaseData(one).SetArgDisplayNames(one.ToString()));

    [OneTimeSetUp]
    public async Task Make()
    {
        _folder = new ImageOptionFolder();
        await RunAsync(new ImageStepCase("FineTune", ""), "before");
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Cases_HaveEveryStepThatTheTableOfNumbersLacks() => Assert.That(
        ImageStepCase.Alone.Select(one => one.Step),
        Is.EquivalentTo(StepTable.All.TakeWhile(step => step.Name != "CopyColumns").Select(step => step.Name).Concat(["FineTune", "ImageClassification"])));

    [TestCaseSource(nameof(Cases))]
    public Task Run_StepWithOneOption_ComesToItsEnd(object one) => RunAsync((ImageStepCase)one, "out");

    [NonParallelizable]
    [TestCaseSource(nameof(Alone))]
    public async Task Run_HomeThatCannotBeWritten_ComesToItsEndAllTheSame(object one)
    {
        // Below a file there is no folder, for a superuser neither.
        var (before, file) = (Environment.GetEnvironmentVariable("FT_HOME"), Path.Combine(_folder.Path, "rows.csv"));
        Environment.SetEnvironmentVariable("FT_HOME", Path.Combine(file, "home"));
        try
        {
            await RunAsync((ImageStepCase)one, "unkept");
        }
        finally
        {
            Environment.SetEnvironmentVariable("FT_HOME", before);
        }
    }

    private async Task RunAsync(ImageStepCase one, string outputs)
    {
        var result = await new PipelineRunner().RunAsync(PipelineReader.Parse(Definition(one, outputs), "p.json", _folder.Path));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Rejected, Is.Empty);
            Assert.That(result.TrainRows + result.TestRows, Is.EqualTo(ImageOptionFolder.Rows));
            Assert.That(result.Test!.Rows, Is.EqualTo(result.TestRows));
        }
    }

    private string Definition(ImageStepCase one, string outputs)
    {
        var step = one.Json(_folder.TextCard);
        return new JsonObject
        {
            ["data"] = JsonNode.Parse($$"""{ "type": "csv", "path": "rows.csv", "image": {{(one.ReadsText ? "null" : "\"path\"")}}, "texts": ["kind", "words", "other", "style"] }"""),
            ["split"] = JsonNode.Parse("""{ "folds": 0, "testFraction": 0.25 }"""),
            ["estimators"] = Chain(step),
            ["outputs"] = JsonNode.Parse($$"""{ "folder": "{{outputs}}" }"""),
        }.ToJsonString();
    }

    // Around the step stands what makes a chain of it.
    private static JsonArray Chain(JsonObject step)
    {
        const string Key = """{ "type": "MapValueToKey", "output": "Label" }""", Load = """{ "type": "LoadImages", "output": "Image", "input": "ImagePath" }""", Size = """{ "type": "ResizeImages", "output": "Image", "imageWidth": 8, "imageHeight": 8 }""", Pixels = """{ "type": "ExtractPixels", "output": "x", "input": "Image" }""", Numbers = """{ "type": "ConvertType", "output": "x", "outputKind": "single" }""";
        string[] chain = (string)step["type"]! switch
        {
            "FineTune" or "ImageClassification" => [Key, "step"],
            "ExtractFeatures" => ["step", Key, Learn((string?)step["output"] ?? "Features")],
            "LoadRawImageBytes" => ["step", """{ "type": "ExtractFeatures", "backbone": "small.onnx", "input": "Bytes" }""", Key, Learn("Features")],
            "LoadImages" => ["step", Size, Pixels, Key, Learn("x")],
            "ResizeImages" => [Load, "step", Pixels, Key, Learn("x")],
            "ConvertToGrayscale" => [Load, Size, "step", Pixels, Key, Learn("x")],
            "ExtractPixels" => [Load, Size, "step", Numbers, Key, Learn("x")],
            _ => [Load, Size, Pixels, "step", Key, Learn("y")],
        };
        return [.. chain.Select(text => text == "step" ? step.DeepClone() : JsonNode.Parse(text))];
    }

    private static string Learn(string features) => $$"""{ "type": "LbfgsMaximumEntropy", "featureColumn": "{{features}}", "maximumNumberOfIterations": 5 }""";
}
