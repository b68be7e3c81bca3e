using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

/// <summary><c>ft drift</c> with a model file as the reference.</summary>
public class DriftCommandTests
{
    private ColourFolder _colours = null!;

    [OneTimeSetUp]
    public async Task Train()
    {
        _colours = new ColourFolder();
        var (code, _, error) = await Ft.RunAsync("run", _colours.Pipeline);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
    }

    [OneTimeTearDown]
    public void Remove() => _colours.Dispose();

    [Test]
    public async Task Drift_DataOfTheModel_IsNone()
    {
        var (code, output, error) = await Ft.RunAsync("drift", _colours.Bundle, _colours.Images);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("21 rows of the reference, 30 new ones: no drift by this threshold"));
    }

    [Test]
    public async Task Drift_OneColourAlone_PassesEitherThreshold([Values("p", "mmd")] string measure)
    {
        var (code, output, error) = await Ft.RunAsync("drift", _colours.Bundle, Path.Combine(_colours.Images, "red"), "--measure", measure, "--rows", "9", "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput), error);
        using var json = JsonDocument.Parse(output);
        Assert.That(json.RootElement.GetProperty("drifted").GetBoolean(), Is.True);
        Assert.That((json.RootElement.GetProperty("referenceRows").GetInt32(), json.RootElement.GetProperty("newRows").GetInt32()), Is.EqualTo((9, 9)));
    }

    [Test]
    public async Task Drift_AFileThatIsNoImage_IsReported()
    {
        var list = Path.Combine(_colours.Root, "list.csv");
        File.WriteAllText(Path.Combine(_colours.Root, "empty.png"), "");
        File.WriteAllLines(list, ["path", .. new[] { "red", "green", "blue" }.SelectMany(label => new[] { 1, 4, 7 }.Select(image => _colours.ImagePath(label, image))), "empty.png", "absent.png"]);
        var (code, output, error) = await Ft.RunAsync("drift", _colours.Bundle, list, "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected), error);
        using var json = JsonDocument.Parse(output);
        Assert.That(json.RootElement.GetProperty("newRows").GetInt32(), Is.EqualTo(9));
        Assert.That(json.RootElement.GetProperty("rejected").EnumerateArray().Select(row => Path.GetFileName(row.GetProperty("input").GetString())), Is.EquivalentTo(new[] { "empty.png", "absent.png" }));
    }

    [TestCase("--backbone", "resnet_18.mlnet")]
    [TestCase("--layers", "avg")]
    public async Task Drift_OptionsOfExtractionBesideAModel_AreRefusedByName(string option, string value)
    {
        var (code, _, error) = await Ft.RunAsync("drift", _colours.Bundle, _colours.Images, option, value);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain($"{option}: ").And.Contain("brings its own backbone"));
    }
}
