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
    public async Task Advise_JsonThenThePipelineThatItSaved_HasScoresAndRuns()
    {
        using var colours = new ColourFolder();
        var advised = await AdviseAsync(colours, "images", "--backbones", "colours.onnx", "--json", "--save", "plans/advised.json");
        Assert.That(advised.Code, Is.EqualTo(ExitCodes.Ok), advised.Error);
        using var json = JsonDocument.Parse(advised.Output);
        var candidate = json.RootElement.GetProperty("candidates")[0];
        var step = PipelineReader.Read(Path.Combine(colours.Root, "plans", "advised.json")).Estimators.OfType<ExtractFeaturesStep>().Single();
        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.GetProperty("pick").GetProperty("backbone").GetString(), Is.EqualTo("../colours.onnx"), "as in the pipeline, whose paths start at its folder");
            Assert.That(candidate.GetProperty("rows").GetInt32(), Is.EqualTo(24));
            Assert.That(candidate.GetProperty("neighbours").GetDouble(), Is.InRange(0.9, 1));
            Assert.That(candidate.GetProperty("logMe").ValueKind, Is.EqualTo(JsonValueKind.Number));
            Assert.That(json.RootElement.GetProperty("baseline").GetProperty("name").GetString(), Is.EqualTo("raw pixels"));
            Assert.That(Path.GetFileName(step.Backbone), Is.EqualTo("colours.onnx"));
        });

        // A pipeline is data, too, and the paths of one in another folder start there.
        var again = await AdviseAsync(colours, "plans/advised.json", "--save", "second.json");
        Assert.That(again.Code, Is.EqualTo(ExitCodes.Ok), again.Error);
        Assert.That(again.Output.TrimEnd(), Does.EndWith("Next: ft run second.json"));
        Assert.That(File.ReadAllText(Path.Combine(colours.Root, "second.json")), Does.Contain("\"baseFolder\": \"plans\""));
        var run = await InFolderAsync(colours, "run", "second.json");
        Assert.That(run.Code, Is.EqualTo(ExitCodes.Ok), run.Error);
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
