using System.Text.Json;
using System.Text.Json.Nodes;
using FeatureTransfer.Cli.Tests.Samples;
using NetVips;

namespace FeatureTransfer.Cli.Tests;

/// <summary>What users get wrong: an error that says what to do, never a bare stack trace, and the good rows survive.</summary>
public class BadInputTests
{
    [Test]
    public async Task Run_BadRows_AreRejectedAndTheGoodOnesSurvive()
    {
        using var colours = new ColourFolder(20);
        colours.Add("red/truncated.jpg", Jpeg()[..^200]);
        colours.Add("green/text.png", "this is no image"u8.ToArray());
        colours.Add("blue/empty.png", []);
        colours.Add("blue/one-pixel.png", ColourFolder.Png([30, 30, 220], size: 1));
        var (code, output, error) = await Ft.RunAsync("run", colours.Pipeline);
        var rejected = File.ReadAllLines(colours.Output("rejected.jsonl"));
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(output, Does.Contain("61 rows, 3 labels").And.Contain("rejected          3 rows"));
            Assert.That(rejected, Has.Length.EqualTo(3));
            Assert.That(string.Join('\n', rejected), Does.Contain("truncated.jpg").And.Contain("text.png").And.Contain("empty.png").And.Contain("\"reason\""));
        });
    }

    [Test]
    public async Task Run_TooManyBadRows_FailsAfterSavingWhatItHad()
    {
        using var colours = new ColourFolder(6);
        for (var i = 0; i < 5; i++)
            colours.Add($"red/bad{i}.png", []);
        var (code, _, error) = await Ft.RunAsync("run", colours.Pipeline);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected));
            Assert.That(error, Does.Contain("5 of 23 rows").And.Contain("maxRejectedShare"));
            Assert.That(colours.Bundle, Does.Exist);
            Assert.That(File.ReadAllLines(colours.Output("rejected.jsonl")), Has.Length.EqualTo(5));
        });
    }

    [Test]
    public async Task Run_FolderWithoutImages_SaysWhatIsExpected()
    {
        using var colours = new ColourFolder(2);
        Directory.CreateDirectory(Path.Combine(colours.Root, "bare", "cat"));
        await ExpectAsync(["run", colours.Pipeline, "--set", "data.path=bare"], "bare", "no images", "one folder a class");
    }

    [Test]
    public async Task Run_OneClass_SaysThatTwoAreNeeded()
    {
        using var colours = new ColourFolder(4, classes: 1);
        await ExpectAsync(["run", colours.Pipeline], "one label, 'red'", "at least two");
    }

    [Test]
    public async Task Run_UnknownLayer_NamesTheNearest()
    {
        using var colours = new ColourFolder(4);
        await ExpectAsync(["run", colours.Pipeline, "--set", "estimators[0].layers=[\"color\"]"], "no layer 'color'", "nearest names are 'colour'");
    }

    [Test]
    public async Task Run_BackboneThatIsNotOnnx_SaysSo()
    {
        using var colours = new ColourFolder(4);
        File.WriteAllText(colours.Backbone, "this is no model");
        await ExpectAsync(["run", colours.Pipeline], "colours.onnx", "not an ONNX model");
    }

    [Test]
    public async Task Run_CardWithOtherHash_SaysSo()
    {
        using var colours = new ColourFolder(4);
        var card = Path.Combine(colours.Root, "card.json");
        File.WriteAllText(card, $$"""{ "id": "colours.test", "source": { "kind": "path", "path": "colours.onnx" }, "sha256": "{{new string('0', 64)}}", "preprocessing": { "height": 8, "width": 8 } }""");
        await ExpectAsync(["run", colours.Pipeline, "--set", "estimators[0].backbone=card.json"], "colours.test", "SHA-256", new string('0', 64));
    }

    [Test]
    public async Task Run_TableWithoutTheColumn_NamesTheColumns()
    {
        using var colours = new ColourFolder(4);
        File.WriteAllText(Path.Combine(colours.Root, "rows.csv"), "path,lable\nimages/red/0.png,red\n");
        await ExpectAsync(["run", colours.Pipeline, "--set", "data={\"type\":\"csv\",\"path\":\"rows.csv\"}"], "rows.csv", "label", "Did you mean 'lable'", "path, lable");
    }

    [Test]
    public async Task Run_MistypedOption_GivesFilePathLineAndNearestName()
    {
        using var colours = new ColourFolder(2);
        File.WriteAllText(colours.Pipeline, File.ReadAllText(colours.Pipeline).Replace("testFraction", "testFracton", StringComparison.Ordinal));
        await ExpectAsync(["pipelines", "validate", colours.Pipeline], "colours.json(3,", "$.split", "testFraction");
    }

    [TestCase("estimators[0].layers=[\"color\"]", "$.estimators[0]", "nearest names are 'colour'")]
    [TestCase("estimators[0].backbone=resnet_18.mlnt", "$.estimators[0]", "Did you mean 'resnet_18.mlnet'?")]
    [TestCase("estimators[3]={\"type\":\"NormalizeMinMax\",\"output\":\"Features\"}", "colours", "no step is a trainer")]
    [TestCase("estimators[2]={\"type\":\"ExtractFeatures\",\"backbone\":\"colours.onnx\"}", "ExtractFeatures", "move it to the front")]
    [TestCase("estimators[3]={\"type\":\"FineTune\",\"backbone\":\"colours.onnx\",\"trainableFrom\":\"colourr\"}", "$.estimators[3]", "'colour'")]
    public async Task Validate_WhatARunWouldStumbleOver_IsFoundWithoutOne(string change, params string[] parts)
    {
        using var colours = new ColourFolder(2);
        File.WriteAllText(colours.Pipeline, Changed(File.ReadAllText(colours.Pipeline), change));
        await ExpectAsync(["pipelines", "validate", colours.Pipeline], parts);
        await ExpectAsync(["run", colours.Pipeline], parts);
    }

    [TestCase("truncated.jpg", "cut short")]
    [TestCase("text.png", "text")]
    [TestCase("empty.png", "0 bytes")]
    public async Task PredictAndExtract_BadImageAmongGoodOnes_RejectItAndAnswerTheOthers(string name, string reason)
    {
        using var colours = new ColourFolder(6);
        await Ft.RunAsync("run", colours.Pipeline, "--quiet");
        var bad = Path.Combine(colours.Root, name);
        File.WriteAllBytes(bad, name switch { "truncated.jpg" => Jpeg()[..^200], "text.png" => "this is no image"u8.ToArray(), _ => [] });
        var features = Path.Combine(colours.Root, "features.csv");
        var predicted = await Ft.RunAsync("predict", colours.Bundle, colours.ImagePath("red", 0), bad, colours.ImagePath("blue", 0), "--format", "jsonl");
        var extracted = await Ft.RunAsync("extract", colours.ImagePath("red", 0), bad, colours.ImagePath("blue", 0), "--backbone", colours.Backbone, "--output", features);
        Assert.Multiple(() =>
        {
            Assert.That((predicted.Code, extracted.Code), Is.EqualTo((ExitCodes.SomeRejected, ExitCodes.SomeRejected)));
            Assert.That(predicted.Error, Does.Contain(name).And.Contain(reason).And.Not.Contain("   at "));
            Assert.That(predicted.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Answer(JsonDocument.Parse(line).RootElement)), Is.EqualTo(new[] { "red", "no answer", "blue" }));
            Assert.That(File.ReadAllLines(features), Has.Length.EqualTo(3));
            Assert.That(File.ReadAllText(features + ".rejected.jsonl"), Does.Contain(name).And.Contain(reason));
        });
    }

    [Test]
    public async Task Run_OnePixelImage_IsAnImage()
    {
        using var colours = new ColourFolder(6);
        var dot = colours.Add("blue/dot.png", ColourFolder.Png([30, 30, 220], size: 1));
        await Ft.RunAsync("run", colours.Pipeline, "--quiet");
        var (code, output, error) = await Ft.RunAsync("predict", colours.Bundle, dot, "--format", "csv");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("dot.png,blue,"));
    }

    [Test]
    public async Task Run_EveryImageBad_SaysTheFirstReason()
    {
        using var colours = new ColourFolder(2, classes: 2);
        foreach (var file in Directory.EnumerateFiles(colours.Images, "*.png", SearchOption.AllDirectories))
            File.WriteAllBytes(file, []);
        await ExpectAsync(["run", colours.Pipeline], "none of the 4 rows can be used", "0 bytes");
    }

    [Test]
    public async Task Run_Verbose_TellsWhereItCameFrom()
    {
        var (_, _, error) = await Ft.RunAsync("run", "no-such.json", "--verbose");
        Assert.That(error, Does.Contain("no-such.json").And.Contain("   at FeatureTransfer."));
    }

    [Test]
    public void Tell_UnforeseenException_AsksForAReport()
    {
        using var error = new StringWriter();
        Assert.That(Failure.Tell(new InvalidOperationException("odd"), error, verbose: false), Is.EqualTo(ExitCodes.Failed));
        Assert.That(error.ToString(), Does.Contain("odd").And.Contain("--verbose").And.Not.Contain("   at "));
    }

    [TestCaseSource(nameof(Shortages))]
    public void Tell_WhatTheMachineHasTooLittleOf_SaysWhatToDo(Exception exception, string expected)
    {
        using var error = new StringWriter();
        Assert.That(Failure.Tell(exception, error, verbose: false), Is.EqualTo(ExitCodes.Failed));
        Assert.That(error.ToString(), Does.StartWith("error: ").And.Contain(expected).And.Not.Contain("should not happen"));
    }

    private static IEnumerable<TestCaseData> Shortages()
    {
        const string memory = "not enough memory", files = "ulimit -n";
        yield return new(new OutOfMemoryException(), memory) { TestName = "Tell_Memory_SaysWhatToDo" };
        yield return new(new AggregateException(new InvalidOperationException("a stage failed", new OutOfMemoryException())), memory) { TestName = "Tell_MemoryWithin_SaysWhatToDo" };
        yield return new(new TypeInitializationException("T", new FileNotFoundException("no", "Microsoft.ML.LightGbm, Version=1.0.0.0")), files) { TestName = "Tell_AssemblyThatCannotBeOpened_SaysWhatToDo" };
        yield return new(new InvalidOperationException("odd", new IOException("Too many open files", 24)), files) { TestName = "Tell_TooManyFiles_SaysWhatToDo" };
    }

    private static string? Answer(JsonElement line) => line.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? "no answer" : line.GetProperty("label").GetString();

    // As --set does it, which validate does not have.
    private static string Changed(string json, string change)
    {
        var (place, text) = (change[..change.IndexOf('=')], change[(change.IndexOf('=') + 1)..]);
        var root = JsonNode.Parse(json)!;
        var step = root["estimators"]![place["estimators[".Length] - '0']!;
        var value = text[0] is '[' or '{' ? JsonNode.Parse(text) : JsonValue.Create(text);
        if (place.EndsWith(']'))
            step.ReplaceWith(value);
        else
            step[place[(place.LastIndexOf('.') + 1)..]] = value;
        return root.ToJsonString();
    }

    private static async Task ExpectAsync(string[] args, params string[] parts)
    {
        var (code, _, error) = await Ft.RunAsync(args, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.BadInput), error);
            Assert.That(error, Does.Not.Contain("   at ").And.Not.Contain("should not happen"));
            foreach (var part in parts)
                Assert.That(error, Does.Contain(part));
        });
    }

    private static byte[] Jpeg()
    {
        byte[] pixels = [.. Enumerable.Range(0, 64 * 64 * 3).Select(i => (byte)(i * 7919 % 251))];
        using var raw = Image.NewFromMemory(pixels, 64, 64, 3, Enums.BandFormat.Uchar);
        using var image = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        return image.JpegsaveBuffer();
    }
}
