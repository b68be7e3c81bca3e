using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

public class ModelsCommandTests
{
    [Test]
    public async Task List_Json_HasCardsWithLicencesAndLayers()
    {
        var (code, output, _) = await Ft.RunAsync("models", "list", "--json");
        using var json = JsonDocument.Parse(output);
        var card = json.RootElement.EnumerateArray().Single(item => item.GetProperty("id").GetString() == "mobilenet_v2.nsfwjs");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(card.GetProperty("licence").GetString(), Is.EqualTo("MIT"));
        Assert.That(card.GetProperty("defaultLayers").GetArrayLength(), Is.GreaterThan(0));
        Assert.That(card.GetProperty("ready").GetBoolean(), Is.False, "the tests' home is empty");
    }

    [Test]
    public async Task List_TellsWhereEachComesFromAndHowLargeItIs()
    {
        var (_, output, _) = await Ft.RunAsync("models", "list");
        Assert.Multiple(() =>
        {
            // Another test may have fetched it.
            Assert.That(output, Does.Match(@"resnet_18\.mlnet +images +(NuGet|your disk) +63\.7 MB +MIT +0\.8\d\d"));
            Assert.That(output, Does.Match(@"vgg_16\.onnx_zoo +images +internet +553\.4 MB"));
            Assert.That(output, Does.Match(@"gpt_2\.onnx_zoo +text +internet"));
            Assert.That(output, Does.Contain("Default for images: resnet_18.mlnet"));
            Assert.That(output.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(80));
        });
    }

    [Test]
    public async Task Inspect_ModelFile_ListsItsLayersWithShapes()
    {
        using var colours = new ColourFolder(1);
        var (code, output, error) = await Ft.RunAsync("models", "inspect", colours.Backbone);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Match("layer +alias +op +shape").And.Match("colour +Relu +1 x 3 x 8 x 8"));
    }

    [Test]
    public async Task Inspect_CardAsJson_HasAliasesAndCosts()
    {
        using var colours = new ColourFolder(1);
        var card = Card(colours);
        var (code, output, error) = await Ft.RunAsync("models", "inspect", card, "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        using var json = JsonDocument.Parse(output);
        Assert.That(json.RootElement.GetProperty("layers").GetProperty("mean").GetString(), Is.EqualTo("colour"));
        Assert.That(json.RootElement.GetProperty("tensors")[0].GetProperty("cumulativeMultiplyAdds").GetInt64(), Is.Zero);
    }

    [Test]
    public async Task Pull_Path_TellsWhereItLies()
    {
        using var colours = new ColourFolder(1);
        var (code, output, _) = await Ft.RunAsync("models", "pull", Card(colours));
        Assert.That(code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(output, Does.Contain("colours.test is ready").And.Contain(colours.Backbone));
    }

    [Test]
    public async Task Pull_FaultyCard_NamesTheMember()
    {
        using var colours = new ColourFolder(1);
        var card = Card(colours);
        File.WriteAllText(card, File.ReadAllText(card).Replace("\"kind\"", "\"kin\"", StringComparison.Ordinal));
        var (code, _, error) = await Ft.RunAsync("models", "pull", card);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("card.json").And.Contain("kin").And.Not.Contain("   at "));
    }

    private static string Card(ColourFolder colours)
    {
        var card = Path.Combine(colours.Root, "card.json");
        File.WriteAllText(card, """{ "id": "colours.test", "source": { "kind": "path", "path": "colours.onnx" }, "layers": { "mean": "colour" }, "preprocessing": { "height": 8, "width": 8 } }""");
        return card;
    }
}
