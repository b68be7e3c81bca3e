using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

public class AdaptCommandTests
{
    private ColourFolder _colours = null!;

    [SetUp]
    public void MakeFolder() => _colours = new ColourFolder();

    [TearDown]
    public void Remove() => _colours.Dispose();

    [Test]
    public async Task Adapt_SameColours_KeepsThePlainModel()
    {
        var (code, output, error) = await Ft.RunAsync("adapt", _colours.Images, _colours.Images, "--backbone", _colours.Backbone, "--methods", "standardize,coral,domainClassifier,joint,trAdaBoost");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(output, Does.Match("source-only +1.000").And.Contain("raw pixels").And.Contain("Standardize").And.Contain("Coral").And.Contain("DomainClassifier").And.Match("Joint +1.000").And.Contain("TrAdaBoost"));
            Assert.That(output, Does.Contain("Keep: source-only.").And.Not.Contain("Tca"));
        });
    }

    [Test]
    public async Task Adapt_TwoPipelinesAndJson_HasAllCandidates()
    {
        var (code, output, error) = await Ft.RunAsync("adapt", _colours.Pipeline, _colours.Pipeline, "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        using var json = JsonDocument.Parse(output);
        Assert.That(json.RootElement.GetProperty("candidates").GetArrayLength(), Is.EqualTo(6));
        Assert.That(json.RootElement.GetProperty("keep").GetString(), Is.EqualTo("source-only"));
    }

    [Test]
    public async Task Adapt_UnknownMethod_IsWrongUsage()
    {
        var (code, _, error) = await Ft.RunAsync("adapt", _colours.Images, _colours.Images, "--methods", "magic");
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain("Coral"));
    }

    [Test]
    public async Task Drift_SameData_IsNone()
    {
        var (code, output, error) = await Ft.RunAsync("drift", _colours.Images, _colours.Images, "--backbone", _colours.Backbone);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("p-value").And.Contain("no drift by this threshold"));
    }

    [Test]
    public async Task Drift_OneColourAlone_PassesEitherThreshold([Values("p", "mmd")] string measure)
    {
        var (code, output, error) = await Ft.RunAsync("drift", _colours.Images, Path.Combine(_colours.Images, "red"), "--backbone", _colours.Backbone, "--measure", measure, "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput), error);
        using var json = JsonDocument.Parse(output);
        Assert.That(json.RootElement.GetProperty("drifted").GetBoolean(), Is.True);
        Assert.That(json.RootElement.GetProperty("newRows").GetInt32(), Is.EqualTo(10));
    }
}
