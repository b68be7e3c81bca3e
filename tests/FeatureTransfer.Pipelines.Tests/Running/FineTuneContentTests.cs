using System.IO.Compression;
using FeatureTransfer.FineTuning;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Augmentation;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Results;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Pipelines.Tests.Data;

namespace FeatureTransfer.Pipelines.Tests.Running;

/// <summary>Fine-tuning on images that are no files.</summary>
public class FineTuneContentTests
{
    private readonly StripedImages _images = new(60);

    [OneTimeTearDown]
    public void Remove() => _images.Dispose();

    [Test]
    public async Task Run_ImagesInAnArchiveOrAQuery_GivesWhatFilesGive([Values("zip", "tar", "sql")] string kind)
    {
        var files = await RunAsync(Files(), "files", FeatureTransferServices.Default);
        using var photos = Photos();
        var services = FeatureTransferServices.Default with { Sql = new FakeSql(photos) };
        var result = await RunAsync(Content(kind), kind, services);
        Assert.Multiple(() =>
        {
            Assert.That(result.FineTuning!.Verdict, Is.EqualTo(files.FineTuning!.Verdict));
            Assert.That(result.CrossValidation!.Folds.Select(fold => fold.Metrics["microAccuracy"]), Is.EqualTo(files.CrossValidation!.Folds.Select(fold => fold.Metrics["microAccuracy"])));
            Assert.That(result.Test!.Predictions.Select(row => row.Predicted), Is.EqualTo(files.Test!.Predictions.Select(row => row.Predicted)));
            Assert.That(result.Rejected.Select(row => row.Input), Has.One.EndsWith("bad.png"));
            Assert.That(result.Rejected, Has.Count.EqualTo(1));
            Assert.That(SavedModels.Load(result.BundlePath!).ToBytes(), Is.EqualTo(SavedModels.Load(files.BundlePath!).ToBytes()));
        });
        using var bundle = Bundle.Load(result.BundlePath!, services);
        var image = InputValue.FromBytes(File.ReadAllBytes(_images.Rows[3].ImagePath), "one");
        Assert.That(bundle.Predict([image])[0].Label, Is.EqualTo(bundle.Predict([_images.Rows[3].ImagePath])[0].Label));
        Assert.That(BundleEvaluation.OnHeldOut(bundle, Definition(Content(kind), kind)).Metrics.Metrics["microAccuracy"], Is.EqualTo(result.Test!.Metrics["microAccuracy"]));
    }

    [Test]
    public void Run_TwoImagesOfOneName_IsRefused()
    {
        using var photos = Photos();
        photos.Rows.Add("0.png", File.ReadAllBytes(_images.Rows[0].ImagePath), "level");
        Assert.That(
            async () => await RunAsync(Content("sql"), "twice", FeatureTransferServices.Default with { Sql = new FakeSql(photos) }),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("are called '0.png'"));
    }

    private async Task<RunResult> RunAsync(DataSource data, string name, FeatureTransferServices services) => await new PipelineRunner(services).RunAsync(Definition(data, name));

    private PipelineDefinition Definition(DataSource data, string name) => new()
    {
        Name = name,
        BaseFolder = _images.Folder,
        Data = data,
        Split = new() { TestFraction = 0.3, Folds = 2 },
        Estimators =
        [
            new MapValueToKeyStep { Output = "Label" },
            new FineTuneStep
            {
                Options = _images.Options with { HeadEpochs = 2, Epochs = 3, AlwaysKeepTuned = true, ActivationMemory = 0 },
                Augmentation = AugmentationPlan.Of(new HorizontalFlip(), new ColorJitter()),
            },
        ],
        Outputs = new() { Folder = $"out-{name}" },
    };

    private IEnumerable<(string Name, string Label, byte[] Content)> All() =>
        _images.Rows.Select((row, i) => (i + ".png", row.Class, File.ReadAllBytes(row.ImagePath))).Append(("bad.png", "level", "no image"u8.ToArray()));

    private ListSource Files()
    {
        File.WriteAllText(_images.PathOf("bad.png"), "no image");
        return new ListSource { Items = [.. All().Select(image => new ListItem { Path = _images.PathOf(image.Name), Label = image.Label })] };
    }

    private DataSource Content(string kind)
    {
        (string, byte[])[] members = [.. All().Select(image => ($"{image.Label}/{image.Name}", image.Content))];
        var path = _images.PathOf($"all.{kind}");
        if (kind == "sql")
            return new SqlSource { Query = "SELECT * FROM photos", Image = "photo", Label = "label", Name = "name" };
        if (kind == "tar")
            File.WriteAllBytes(path, SampleArchives.Tar(members));
        else if (!File.Exists(path))
            SampleArchives.Zip(path, CompressionLevel.Fastest, members);
        return kind == "tar" ? new TarSource { Path = path } : new ZipSource { Path = path };
    }

    private System.Data.DataTable Photos()
    {
        var photos = FakeSql.Table(("name", typeof(string)), ("photo", typeof(byte[])), ("label", typeof(string)));
        foreach (var (name, label, content) in All())
            photos.Rows.Add(name, content, label);
        return photos;
    }
}
