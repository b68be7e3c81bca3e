using System.IO.Compression;
using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

/// <summary>Pipelines whose images are no files: what they learn is what they would from a folder.</summary>
public class RunSourcesTests
{
    [Test]
    public async Task Run_Zip_LearnsWhatTheFolderTeaches()
    {
        using var colours = new ColourFolder(8);
        colours.Add("red/bad.png", [1, 2, 3]);
        Zip(colours);
        await Ft.RunAsync("run", colours.Pipeline);
        var folder = File.ReadAllText(colours.Output("predictions.csv")).Replace(colours.Images, "", StringComparison.Ordinal);
        File.WriteAllText(colours.Pipeline, File.ReadAllText(colours.Pipeline).Replace("imageFolder", "zip", StringComparison.Ordinal).Replace("\"images\"", "\"images.zip\"", StringComparison.Ordinal));
        var (code, output, error) = await Ft.RunAsync("run", colours.Pipeline);
        var archive = File.ReadAllText(colours.Output("predictions.csv")).Replace(Path.Combine(colours.Root, "images.zip", "images"), "", StringComparison.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(output, Does.Contain("24 rows, 3 labels").And.Contain("rejected          1 rows"));
            Assert.That(archive, Is.EqualTo(folder));
            Assert.That(File.ReadAllText(colours.Output("rejected.jsonl")), Does.Contain("images.zip/images/red/bad.png"));
        });
        (code, output, error) = await Ft.RunAsync("evaluate", colours.Bundle, colours.Pipeline, "--json");
        Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected), error);
        Assert.That(JsonDocument.Parse(output).RootElement.GetProperty("metrics").GetProperty("microAccuracy").GetDouble(), Is.EqualTo(1));
    }

    // In the order of a folder's rows, so that the same rows train.
    private static void Zip(ColourFolder colours)
    {
        using var zip = ZipFile.Open(Path.Combine(colours.Root, "images.zip"), ZipArchiveMode.Create);
        foreach (var file in Directory.EnumerateFiles(colours.Images, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            zip.CreateEntryFromFile(file, Path.GetRelativePath(colours.Root, file).Replace('\\', '/'), CompressionLevel.Fastest);
    }

    [Test]
    public async Task Run_LoadImagesOverAnArchive_NamesTheWayOut()
    {
        using var colours = new ColourFolder(4);
        ZipFile.CreateFromDirectory(colours.Images, Path.Combine(colours.Root, "images.zip"));
        File.WriteAllText(colours.Pipeline, """{ "data": { "type": "zip", "path": "images.zip" }, "estimators": [ { "type": "LoadRawImageBytes", "output": "Bytes", "input": "ImagePath" }, { "type": "LbfgsMaximumEntropy" } ] }""");
        var (code, _, error) = await Ft.RunAsync("run", colours.Pipeline);
        Assert.That(code, Is.Not.EqualTo(ExitCodes.Ok));
        Assert.That(error, Does.Contain("LoadRawImageBytes").And.Contain("ExtractFeatures"));
    }
}
