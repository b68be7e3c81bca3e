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
    public async Task Schema_IsJson()
    {
        var (_, output, _) = await Ft.RunAsync("schema");
        using var schema = JsonDocument.Parse(output);
        Assert.That(schema.RootElement.GetProperty("properties").TryGetProperty("estimators", out _), Is.True);
    }
}
