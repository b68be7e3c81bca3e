using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Cli.Tests;

public class AdviseCommandTests
{
    [Test]
    public async Task Advise_Folder_NamesLayersAndWhatIsReachedWithout()
    {
        using var colours = new ColourFolder();
        var outcome = await AdviseAsync(colours, "images", "--backbones", "colours.onnx");
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Code, Is.EqualTo(ExitCodes.Ok), outcome.Error);
            Assert.That(outcome.Output, Does.Contain("Take colours.onnx, layer").And.Contain("Without transfer (raw pixels): ").And.Contain("Compared on 24 rows"));
            Assert.That(outcome.Output, Does.Contain("Next: ft train images --backbone colours.onnx --layers "));
        });
    }

    [Test]
    public async Task Advise_Save_TheSavedPipelineRuns()
    {
        using var colours = new ColourFolder();
        var advised = await AdviseAsync(colours, "images", "--backbones", "colours.onnx", "--save", "plans/advised.json");
        Assert.That(advised.Code, Is.EqualTo(ExitCodes.Ok), advised.Error);
        Assert.That(advised.Output.TrimEnd(), Does.EndWith("Next: ft run plans/advised.json"));
        var step = PipelineReader.Read(Path.Combine(colours.Root, "plans", "advised.json")).Estimators.OfType<ExtractFeaturesStep>().Single();
        Assert.That(Path.GetFileName(step.Backbone), Is.EqualTo("colours.onnx"));
        var run = await InFolderAsync(colours, "run", "plans/advised.json");
        Assert.That(run.Code, Is.EqualTo(ExitCodes.Ok), run.Error);
    }

    [Test]
    public async Task Advise_Json_HasScoresOfEveryCandidate()
    {
        using var colours = new ColourFolder();
        var outcome = await AdviseAsync(colours, "images", "--backbones", "colours.onnx", "--json");
        Assert.That(outcome.Code, Is.EqualTo(ExitCodes.Ok), outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        var candidate = json.RootElement.GetProperty("candidates")[0];
        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.GetProperty("pick").GetProperty("backbone").GetString(), Is.EqualTo("colours.onnx"));
            Assert.That(candidate.GetProperty("rows").GetInt32(), Is.EqualTo(24));
            Assert.That(candidate.GetProperty("neighbours").GetDouble(), Is.InRange(0.9, 1));
            Assert.That(candidate.GetProperty("logMe").ValueKind, Is.EqualTo(JsonValueKind.Number));
            Assert.That(json.RootElement.GetProperty("baseline").GetProperty("name").GetString(), Is.EqualTo("raw pixels"));
        });
    }

    [Test]
    public async Task Advise_SaveInAnotherFolder_SaysWherePathsStart()
    {
        using var colours = new ColourFolder();
        var saved = await AdviseAsync(colours, "images", "--backbones", "colours.onnx", "--save", "plans/first.json");
        Assert.That(saved.Code, Is.EqualTo(ExitCodes.Ok), saved.Error);
        var outcome = await AdviseAsync(colours, "plans/first.json", "--save", "second.json");
        Assert.That(outcome.Code, Is.EqualTo(ExitCodes.Ok), outcome.Error);
        Assert.That(File.ReadAllText(Path.Combine(colours.Root, "second.json")), Does.Contain("\"baseFolder\": \"plans\""));
        outcome = await InFolderAsync(colours, "run", "second.json");
        Assert.That(outcome.Code, Is.EqualTo(ExitCodes.Ok), outcome.Error);
    }

    [Test]
    public async Task Advise_UnknownBackbone_NamesTheNearest()
    {
        using var colours = new ColourFolder();
        var outcome = await AdviseAsync(colours, "images", "--backbones", "resnet_18.mlnett");
        Assert.That(outcome.Code, Is.EqualTo(ExitCodes.BadInput), outcome.Error);
        Assert.That(outcome.Error, Does.Contain("Did you mean 'resnet_18.mlnet'?"));
    }

    private static Task<FtOutcome> AdviseAsync(ColourFolder colours, params string[] args) => InFolderAsync(colours, ["advise", .. args]);

    private static async Task<FtOutcome> InFolderAsync(ColourFolder colours, params string[] args)
    {
        using var ft = FtProcess.Start(colours.Root, args, folder: colours.Root);
        return await ft.WaitAsync();
    }
}
