using System.IO.Compression;
using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

/// <summary>predict and evaluate on a bundle of three colours.</summary>
public class BundleCommandTests
{
    private ColourFolder _colours = null!;

    [OneTimeSetUp]
    public async Task Train()
    {
        _colours = new ColourFolder(8);
        var (code, _, error) = await Ft.RunAsync("run", _colours.Pipeline, "--quiet");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
    }

    [OneTimeTearDown]
    public void Remove() => _colours.Dispose();

    [Test]
    public async Task Predict_OneImage_IsATable()
    {
        var (code, output, _) = await Ft.RunAsync("predict", _colours.Bundle, _colours.ImagePath("green", 3));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok));
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[2], Does.Match(@"3\.png +green +\d\.\d{3}$"));
    }

    [Test]
    public async Task Predict_Folder_TakesItsImagesInOrderAndLeavesOtherFilesAlone()
    {
        _colours.Add("notes.txt", "no image, and not named as one"u8.ToArray());
        var (code, output, error) = await Ft.RunAsync("predict", _colours.Bundle, _colours.Images, "--format", "jsonl");
        var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(answers, Has.Count.EqualTo(24));
            Assert.That(answers.Select(answer => answer.GetProperty("input").GetString()), Is.Ordered.Using((IComparer<string?>)StringComparer.Ordinal));
            Assert.That(answers, Has.All.Matches<JsonElement>(answer => Path.GetFileName(Path.GetDirectoryName(answer.GetProperty("input").GetString())) == answer.GetProperty("label").GetString()));
            Assert.That(answers[0].GetProperty("scores").EnumerateObject().Sum(score => score.Value.GetDouble()), Is.EqualTo(1).Within(1e-5));
        });
    }

    [Test]
    public async Task Predict_Archive_AnswersAsForItsFolder()
    {
        var zip = Path.Combine(_colours.Root, "photos.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            foreach (var label in new[] { "blue", "green", "red" })
                archive.CreateEntryFromFile(_colours.ImagePath(label, 2), $"some/{label}.png");
            using var bad = archive.CreateEntry("some/worse.png").Open();
            bad.Write([1, 2, 3]);
        }

        var (code, output, error) = await Ft.RunAsync("predict", _colours.Bundle, zip, "--format", "csv");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected), error);
            Assert.That(error, Does.Contain("photos.zip/some/worse.png"));
            Assert.That(lines.Skip(1).Take(3).Select(line => line.Split(',')[1]), Is.EqualTo(new[] { "blue", "green", "red" }));
            Assert.That(lines[1], Does.Contain("photos.zip/some/blue.png"));
        });
    }

    [Test]
    public async Task Predict_Nothing_SaysWhatToName()
    {
        var (code, _, error) = await Ft.RunAsync("predict", _colours.Bundle);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("name images, folders, archives or tables"));
    }

    [Test]
    public async Task Predict_Table_ReadsPathsFromItsFolderAndRejectsTheMissing()
    {
        var table = Path.Combine(_colours.Root, "rows.csv");
        File.WriteAllText(table, "id,path\n1,images/red/1.png\n2,images/red/none.png\n");
        var output = Path.Combine(_colours.Root, "answers.csv");
        var (code, _, error) = await Ft.RunAsync("predict", _colours.Bundle, table, "--output", output);
        var lines = File.ReadAllLines(output);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.SomeRejected));
            Assert.That(error, Does.Contain("none.png"));
            Assert.That(lines[0], Is.EqualTo("Input,Label,Confidence,Error"));
            Assert.That(lines[1], Does.Contain("1.png,red,"));
            Assert.That(lines[2], Does.Contain("none.png,,,").And.Contain("no such file"));
        });
    }

    [Test]
    public async Task Predict_TableWithoutPaths_NamesTheColumns()
    {
        var table = Path.Combine(_colours.Root, "other.csv");
        File.WriteAllText(table, "id,paths\n1,images/red/1.png\n");
        var (code, _, error) = await Ft.RunAsync("predict", _colours.Bundle, table);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("Did you mean 'paths'?").And.Contain("id, paths"));
    }

    [Test]
    public async Task Predict_EmptyFolder_SaysWhatIsExpected()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_colours.Root, "bare")).FullName;
        var (code, _, error) = await Ft.RunAsync("predict", _colours.Bundle, folder);
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("no images").And.Contain(".jpg"));
    }

    [Test]
    public async Task Predict_UnknownFormat_IsWrongUsage()
    {
        var (code, _, error) = await Ft.RunAsync("predict", _colours.Bundle, "x.png", "--format", "xml");
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain("xml"));
    }

    [Test]
    public async Task Predict_BundleMovedAndDataGone_StillWorks()
    {
        var elsewhere = Directory.CreateTempSubdirectory("ft-moved-");
        try
        {
            var bundle = Path.Combine(elsewhere.FullName, "moved.ftm");
            File.Copy(_colours.Bundle, bundle);
            var image = Path.Combine(elsewhere.FullName, "new.png");
            File.WriteAllBytes(image, ColourFolder.Png([10, 10, 200]));
            File.Move(_colours.Backbone, _colours.Backbone + ".away");
            var (code, output, error) = await Ft.RunAsync("predict", bundle, image, "--format", "csv");
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(output, Does.Contain("new.png,blue,"));
        }
        finally
        {
            File.Move(_colours.Backbone + ".away", _colours.Backbone);
            elsewhere.Delete(recursive: true);
        }
    }

    [Test]
    public async Task Evaluate_Folder_CountsEveryImage()
    {
        var (code, output, error) = await Ft.RunAsync("evaluate", _colours.Bundle, _colours.Images);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("accuracy 1.000").And.Contain("on 24 rows"));
    }

    [Test]
    public async Task Evaluate_Pipeline_JudgesTheRowsThatTheRunHeldOut()
    {
        var (code, output, error) = await Ft.RunAsync("evaluate", _colours.Bundle, _colours.Pipeline, "--json");
        using var json = JsonDocument.Parse(output);
        var judged = json.RootElement.GetProperty("metrics").GetProperty("predictions").EnumerateArray().Select(row => row.GetProperty("input").GetString());
        var held = File.ReadLines(_colours.Output("predictions.csv")).Skip(1).Select(line => line.Split(',')[0]);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(judged, Is.EqualTo(held));
    }

    [Test]
    public async Task Evaluate_PipelineAll_JudgesEveryRow()
    {
        var (_, output, _) = await Ft.RunAsync("evaluate", _colours.Bundle, _colours.Pipeline, "--all");
        Assert.That(output, Does.Contain("on 24 rows"));
    }
}
