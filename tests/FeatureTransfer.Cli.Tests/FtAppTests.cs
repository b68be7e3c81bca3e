using System.Text.Json;

namespace FeatureTransfer.Cli.Tests;

public class FtAppTests
{
    [Test]
    public async Task Help_NamesCommandsAndExitCodes()
    {
        var (code, output, _) = await Ft.RunAsync("--help");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok));
            Assert.That(output, Does.Contain("predict").And.Contain("Exit codes").And.Contain("ft run pipelines/quickstart.json"));
        });
    }

    [Test]
    public async Task UnknownCommand_IsWrongUsage()
    {
        var (code, _, error) = await Ft.RunAsync("fly");
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain("fly").And.Contain("--help"));
    }

    [TestCase("predict", "model.ftm", "photo.jpg", "--tpo", "3")]
    [TestCase("extract", "photo.jpg", "--tpo")]
    public async Task MistypedOption_IsWrongUsageAndNamesIt(params string[] args)
    {
        var (code, _, error) = await Ft.RunAsync(args);
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain("has no option '--tpo'"));
        Assert.That(error.Contains("'--top'", StringComparison.Ordinal), Is.EqualTo(args[0] == "predict"));
    }

    [Test]
    public async Task Run_MissingPipeline_NamesTheFile()
    {
        var (code, _, error) = await Ft.RunAsync("run", "no-such.json");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("no-such.json").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Predict_NoBundle_SaysWhatIsExpected()
    {
        var path = Path.GetTempFileName();
        try
        {
            var (code, _, error) = await Ft.RunAsync("predict", path, "photo.jpg");
            Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
            Assert.That(error, Does.Contain(path).And.Contain(".ftm"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task ModelsList_ShowsTheBackbones()
    {
        var (code, output, _) = await Ft.RunAsync("models", "list");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(output, Does.Contain("mobilenet_v2.nsfwjs").And.Contain("inception_v3.nsfwjs"));
    }

    [Test]
    public async Task ModelsInspect_UnknownId_NamesTheNearest()
    {
        var (code, _, error) = await Ft.RunAsync("models", "inspect", "mobilenet_v2.nsfw");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("Did you mean 'mobilenet_v2.nsfwjs'?"));
    }

    [Test]
    public async Task Doctor_AsJson_FindsTheNativeLibraries()
    {
        var (code, output, _) = await Ft.RunAsync("doctor", "--json");
        using var json = JsonDocument.Parse(output);
        var parts = json.RootElement.EnumerateArray().ToDictionary(part => part.GetProperty("part").GetString()!, part => part.GetProperty("ok").GetBoolean());
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), output);
            Assert.That(parts["ONNX Runtime"], Is.True);
            Assert.That(parts["libvips"], Is.True);
        });
    }

    [Test]
    public async Task Doctor_AsTable_NamesFoldersAndFormats()
    {
        var (code, output, _) = await Ft.RunAsync("doctor");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), output);
        Assert.That(output, Does.Match("libvips +yes").And.Match("image formats +yes +.*JPEG").IgnoreCase);
        Assert.That(string.Concat(output.Split('\n').Select(line => line.Trim())), Does.Contain(FeatureTransferPaths.Features));
        Assert.That(output.ReplaceLineEndings("\n").Split('\n'), Has.All.Length.LessThanOrEqualTo(80));
    }

    [Test]
    public async Task Schema_IsThePublishedOne()
    {
        var (_, output, _) = await Ft.RunAsync("schema");
        using var schema = JsonDocument.Parse(output);
        Assert.That(schema.RootElement.GetProperty("properties").TryGetProperty("estimators", out _), Is.True);
        Assert.That(output, Is.EqualTo(FeatureTransfer.Pipelines.PipelineSchema.Generate()));
    }

    [Test]
    public async Task Help_EveryCommand_HasAnExampleAndItsOptions([Values("init", "train", "run", "extract", "predict", "evaluate", "export", "serve", "studio", "models pull", "models inspect", "models add", "models verify", "augment preview", "pipelines validate", "schema", "report compare", "doctor")] string command)
    {
        var (code, output, _) = await Ft.RunAsync([.. command.Split(' '), "--help"]);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(output, Does.Contain($"ft {command}").And.Contain("Example").And.Contain("--quiet").And.Contain("--json"));
    }

    [Test]
    public async Task PipelinesValidate_GoodAndBad_TellsOfEach()
    {
        using var colours = new Samples.ColourFolder(1);
        var noTrainer = Path.Combine(Path.GetDirectoryName(colours.Pipeline)!, "noTrainer.json");
        File.WriteAllText(noTrainer, File.ReadAllText(colours.Pipeline).Replace("\"type\": \"LbfgsMaximumEntropy\"", "\"type\": \"CopyColumns\", \"output\": \"More\", \"input\": \"Featurs\"", StringComparison.Ordinal));
        var faulty = await Ft.RunAsync("pipelines", "validate", noTrainer);
        Assert.That(faulty.Code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(faulty.Error, Does.Contain("noTrainer.json: $.estimators: no step is a trainer").And.Contain("\"Featurs\"").And.Contain("'Features'"));
        var bad = Path.Combine(colours.Root, "bad.json");
        File.WriteAllText(bad, "{ oops");
        var (code, output, error) = await Ft.RunAsync("pipelines", "validate", bad, colours.Pipeline);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(output, Does.Contain("colours.json: ok, 4 estimators"));
        Assert.That(error, Does.Contain("bad.json(1,"));
    }

    [Test]
    public async Task PipelinesValidate_GlobAndSchema_TakesPipelinesAlone()
    {
        using var colours = new Samples.ColourFolder(1);
        var schema = Path.Combine(Path.GetDirectoryName(colours.Pipeline)!, "pipeline.schema.json");
        File.WriteAllText(schema, "{}");

        var expanded = await Ft.RunAsync("pipelines", "validate", colours.Pipeline, schema);
        var glob = await Ft.RunAsync("pipelines", "validate", Path.Combine(Path.GetDirectoryName(colours.Pipeline)!, "*.json"));
        var alone = await Ft.RunAsync("pipelines", "validate", schema);

        Assert.That((expanded.Code, expanded.Error), Is.EqualTo((ExitCodes.Ok, "")), "a shell expanded the glob");
        Assert.That((glob.Code, glob.Error), Is.EqualTo((ExitCodes.Ok, "")));
        Assert.That(alone.Code, Is.EqualTo(ExitCodes.BadInput), "named alone it is meant");
    }

    [Test]
    public async Task Help_NamesEveryExitCode()
    {
        var (_, output, _) = await Ft.RunAsync("--help");
        var help = output.Split('\n').Single(line => line.Contains("Exit codes", StringComparison.Ordinal));
        var codes = typeof(ExitCodes).GetFields().Where(field => field.FieldType == typeof(int)).Select(field => (int)field.GetRawConstantValue()!).ToList();
        Assert.That(codes, Is.Unique.And.Count.EqualTo(6));
        foreach (var code in codes)
            Assert.That(help, Does.Match($@"[ ,]{code} "));
    }
}
