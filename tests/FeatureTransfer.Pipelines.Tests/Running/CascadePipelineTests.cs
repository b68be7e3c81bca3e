using FeatureTransfer.Backbones;
using FeatureTransfer.Cascades;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Cascades as steps, over images of one colour.</summary>
public class CascadePipelineTests
{
    private const string Trainer = """{ "type": "MapValueToKey", "output": "Label" }, { "type": "LbfgsMaximumEntropy", "l2Regularization": 0.01 }""";
    private const string Read = """{ "type": "ImagesToTensor", "input": "image", "output": "pixels", "height": 4, "width": 4, "mean": [0, 0, 0], "standardDeviation": [1, 1, 1] }""";
    private const string Mean = """{ "type": "Onnx", "modelFile": "means.onnx", "input": "pixels", "output": "means" }""";
    private const string Name = """{ "type": "ArgMaxToLabel", "input": "means", "output": "names", "classes": ["red", "green", "blue"] }""";
    private string _folder = "";

    [SetUp]
    public void MakeImages()
    {
        _folder = Directory.CreateTempSubdirectory("ft-stages-").FullName;
        SmallModels.ChannelMeans().Save(Path.Combine(_folder, "means.onnx"));
        for (var i = 0; i < 40; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, "images", i % 2 == 0 ? "warm" : "cold")).FullName;
            var (red, blue) = i % 2 == 0 ? (200 + i, i) : (i, 200 + i);
            File.WriteAllBytes(Path.Combine(folder, $"{i}.png"), TestImages.SolidPng(8 + i, 8, (byte)red, 90, (byte)blue));
        }
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_CascadeOfNumbers_FeedsATrainerAndIsInTheBundle()
    {
        File.WriteAllText(Path.Combine(_folder, "images", "warm", "broken.png"), "no image");
        var result = await new PipelineRunner().RunAsync(Parse($$"""{ "type": "Cascade", "output": "Features", "stages": [{{Read}}, {{Mean}}] }, {{Trainer}}"""));
        Directory.Delete(Path.Combine(_folder, "images", "cold"), recursive: true);
        File.Delete(Path.Combine(_folder, "means.onnx"));
        using var bundle = Bundle.Load(result.BundlePath!);
        var answers = bundle.Predict([Path.Combine(_folder, "images", "warm", "0.png"), Path.Combine(_folder, "images", "warm", "broken.png")]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Rejected.Select(row => Path.GetFileName(row.Input)), Is.EqualTo(new[] { "broken.png" }));
            Assert.That(result.Test!.Metrics["microAccuracy"], Is.EqualTo(1));
            Assert.That(bundle.Model, Has.Some.InstanceOf<CascadeTransformer>());
            Assert.That(answers[0].Label, Is.EqualTo("warm"));
            Assert.That(answers[1].Error, Is.Not.Null);
        });
    }

    [Test]
    public async Task Run_CascadeOfTexts_IsAColumnOfText()
    {
        var result = await new PipelineRunner().RunAsync(Parse($$"""{ "type": "Cascade", "output": "Colour", "stages": [{{Read}}, {{Mean}}, {{Name}}] }, { "type": "OneHotEncoding", "output": "Features", "input": "Colour" }, {{Trainer}}"""));
        Assert.That(result.Test!.Metrics["microAccuracy"], Is.EqualTo(1));
    }

    [Test]
    public async Task Run_DetectorThenBackboneOnItsCrops_LearnsAndIsInTheModelFile()
    {
        SmallModels.Cells().Save(Path.Combine(_folder, "cells.onnx"));
        SmallModels.Colours().Save(Path.Combine(_folder, "colours.onnx"));
        var card = new ModelCard
        {
            Id = "net.cells",
            Source = new ModelSource { Kind = ModelSourceKind.Path, Path = "cells.onnx" },
            Preprocessing = new ImagePreprocessing { Height = 4, Width = 8 },
            Layers = new Dictionary<string, string> { ["heatmap"] = "h", ["sides"] = "s" },
            Labels = ["red", "green"],
        };
        File.WriteAllText(Path.Combine(_folder, "cells.json"), ModelCardReader.Write(card));
        const string Detect = """{ "type": "DetectObjects", "backbone": "cells.json", "output": "boxes", "maxObjects": 2, "only": ["green"] }""";
        const string Cut = """{ "type": "BoxesToCrops", "boxes": "boxes", "output": "crops" }""";
        const string Look = """{ "type": "ExtractFeatures", "input": "crops", "output": "vectors", "backbone": "colours.onnx" }""";
        var result = await new PipelineRunner().RunAsync(Parse($$"""{ "type": "Cascade", "output": "Features", "stages": [{{Detect}}, {{Cut}}, {{Look}}] }, {{Trainer}}"""));
        File.Delete(Path.Combine(_folder, "cells.onnx"));
        File.Delete(Path.Combine(_folder, "colours.onnx"));
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That(result.Test!.Metrics["microAccuracy"], Is.EqualTo(1));
        Assert.That(bundle.Predict([Path.Combine(_folder, "images", "warm", "2.png")])[0].Label, Is.EqualTo("warm"));
    }

    [Test]
    public async Task Run_ModelFileWithinACascade_NamesImages()
    {
        SmallModels.Colours().Save(Path.Combine(_folder, "colours.onnx"));
        var first = await new PipelineRunner().RunAsync(Parse($$"""{ "type": "ExtractFeatures", "backbone": "colours.onnx", "useCache": false }, {{Trainer}}"""));
        File.Copy(first.BundlePath!, Path.Combine(_folder, "colours.ftm"));
        var stages = """{ "type": "ImagesToLabels", "input": "image", "output": "names", "modelFile": "colours.ftm" }""";
        var result = await new PipelineRunner().RunAsync(Parse($$"""{ "type": "Cascade", "output": "Colour", "stages": [{{stages}}] }, { "type": "OneHotEncoding", "output": "Features", "input": "Colour" }, {{Trainer}}"""));
        Assert.That(result.Test!.Metrics["microAccuracy"], Is.EqualTo(1));
    }

    [Test]
    public void Run_StagesThatDoNotFit_FailsBeforeDataMoveAndNamesBothEnds()
    {
        var definition = Parse($$"""{ "type": "Cascade", "output": "Features", "stages": [{{Read.Replace("\"width\": 4", "\"width\": 5", StringComparison.Ordinal)}}, {{Mean}}] }, {{Trainer}}""") with
        {
            Data = new ImageFolderSource { Path = "absent" },
        };
        Assert.That(
            async () => await new PipelineRunner().RunAsync(definition),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("$.estimators[0].stages[0]' gives 'pixels': tensor (?, 3, 4, 5)").And.Message.Contains("'$.estimators[0].stages[1]' wants 'pixels': tensor (?, 3, 4, 4)"));
    }

    [Test]
    public void Parse_StageOfAnUnknownKind_NamesItsPlaceAndTheNearest() => Assert.That(
        () => Parse($$"""{ "type": "Cascade", "output": "Features", "stages": [{{Read}}, { "type": "BoxesToCrop", "output": "x", "boxes": "y" }] }, {{Trainer}}"""),
        Throws.TypeOf<PipelineFormatException>().With.Message.Contains("$.estimators[0].stages[1].type").And.Message.Contains("BoxesToCrops"));

    [Test]
    public async Task Run_CascadeWithinAGate_LearnsAndLeavesOutWhatCannotBeRead()
    {
        File.WriteAllText(Path.Combine(_folder, "images", "warm", "broken.png"), "no image");
        var chain = $$"""[{ "type": "Cascade", "output": "Features", "stages": [{{Read}}, {{Mean}}] }, { "type": "LbfgsMaximumEntropy" }]""";
        var result = await new PipelineRunner().RunAsync(Parse($$"""{ "type": "MapValueToKey", "output": "Label" }, { "type": "Gate", "cheap": {{chain}}, "costly": {{chain}} }"""));
        Assert.That(result.Rejected, Has.Count.EqualTo(1));
        Assert.That(result.Test!.Metrics["microAccuracy"], Is.EqualTo(1));
    }

    private PipelineDefinition Parse(string estimators) => PipelineReader.Parse(
        $$"""{ "data": { "type": "imageFolder", "path": "images", "extensions": [".png"] }, "split": { "testFraction": 0.3, "folds": 0 }, "estimators": [{{estimators}}], "outputs": { "folder": "out" } }""",
        "p.json",
        _folder);
}
