using System.Globalization;
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
            Assert.That(lines[0], Is.EqualTo("input,label,confidence,error,score_blue,score_green,score_red"));
            Assert.That(lines[1], Does.Contain("1.png,red,"));
            Assert.That(lines[2], Does.EndWith("none.png,,,there is no such file,,,"));
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
    public async Task Predict_Csv_HasTheScoreOfEveryLabel()
    {
        var (_, output, _) = await Ft.RunAsync("predict", _colours.Bundle, _colours.ImagePath("green", 3), "--format", "csv");
        var cells = output.Split('\n')[1].Trim().Split(',');
        var scores = cells.Skip(4).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToList();
        Assert.That(scores, Has.Count.EqualTo(3));
        Assert.That(scores.Sum(), Is.EqualTo(1).Within(1e-5));
        Assert.That(cells[2], Is.EqualTo(cells[5]), "the confidence is the score of green");
    }

    [Test]
    public async Task Predict_Top_NamesTheBestLabelsInEveryFormat()
    {
        async Task<string> PredictAsync(params string[] options) =>
            (await Ft.RunAsync(["predict", _colours.Bundle, _colours.ImagePath("green", 3), "--top", "2", .. options])).Output;
        Assert.That(await PredictAsync(), Does.Match(@"green +(0\.\d{3}) +green \1, (blue|red) 0\.\d{3}\s*$"));
        Assert.That(await PredictAsync("--format", "csv"), Does.Match(@"^input,label,confidence,error,label1,score1,label2,score2\r?\n.*,green,([^,]*),,green,\1,(blue|red),0[^,]*\s*$"));
        using var json = JsonDocument.Parse(await PredictAsync("--json"));
        var top = json.RootElement[0].GetProperty("top").EnumerateArray().ToList();
        Assert.That(top.Select(label => label.GetProperty("score").GetDouble()), Is.Ordered.Descending);
        Assert.That(top[0].GetProperty("label").GetString(), Is.EqualTo("green"));
        Assert.That(json.RootElement[0].TryGetProperty("scores", out _), Is.False);
    }

    [Test]
    public async Task Predict_MoreThanAllLabels_NamesAll()
    {
        var (_, output, _) = await Ft.RunAsync("predict", _colours.Bundle, _colours.ImagePath("green", 3), "--top", "9", "--format", "csv");
        Assert.That(output, Does.StartWith("input,label,confidence,error,label1,score1,label2,score2,label3,score3"));
    }

    [Test]
    public async Task Predict_NoTop_IsWrongUsage()
    {
        var (code, _, error) = await Ft.RunAsync("predict", _colours.Bundle, "x.png", "--top", "0");
        Assert.That((code, error), Is.EqualTo((ExitCodes.Usage, $"--top must be 1 or more.{Environment.NewLine}'ft --help' and 'ft COMMAND --help' tell what there is.{Environment.NewLine}")));
    }

    [Test]
    public async Task Predict_BelowTheThreshold_IsUnsure()
    {
        string[] predict = ["predict", _colours.Bundle, _colours.ImagePath("green", 3), "--threshold", "1.01"];
        Assert.That((await Ft.RunAsync(predict)).Output, Does.Match(@"3\.png +\(unsure\) +0\.\d{3}"));
        Assert.That((await Ft.RunAsync([.. predict, "--format", "csv"])).Output, Does.Contain("3.png,,0."));
        Assert.That((await Ft.RunAsync([.. predict, "--format", "jsonl"])).Output, Does.Contain("\"label\":\"\""));
        Assert.That((await Ft.RunAsync([.. predict.SkipLast(1), "0.1"])).Output, Does.Contain("green").And.Not.Contain("unsure"));
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
        Assert.That(output, Does.Match(@"true label +1  2  3\s+-+ [- ]+\s+1 blue +8  0  0\s+2 green +0  8  0\s+3 red +0  0  8"));
    }

    [Test]
    public async Task Evaluate_RowsThatTrainedIt_Warns()
    {
        var held = File.ReadLines(_colours.Output("predictions.csv")).Count() - 1;
        var all = await Ft.RunAsync("evaluate", _colours.Bundle, _colours.Images);
        Assert.That(all.Error, Does.Contain($"warning: {24 - held} of the 24 rows trained this model"));
        var rest = await Ft.RunAsync("evaluate", _colours.Bundle, _colours.Pipeline);
        Assert.That(rest.Error, Does.Not.Contain("warning"));
    }

    [Test]
    public async Task Evaluate_LabelsThatWereNotLearned_WarnsWithTheirNames()
    {
        var folder = Directory.CreateTempSubdirectory("ft-labels-");
        try
        {
            foreach (var (label, image) in new[] { ("red", 250), ("pink", 251), ("pink", 252), ("Greens", 253) })
            {
                var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.FullName, label)).FullName, $"{image}.png");
                File.WriteAllBytes(path, ColourFolder.Png([(byte)image, 90, 90]));
            }

            var (code, output, error) = await Ft.RunAsync("evaluate", _colours.Bundle, folder.FullName);
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(error, Does.Contain("has not learned 2 of the data's labels, whose rows count as mistakes: pink (2 rows), Greens (1 rows; near to 'green')").And.Not.Contain("trained this model"));
            Assert.That(output, Does.Contain("accuracy 0.250").And.Match("green +0 +- +- +-"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
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
