using Microsoft.ML;
using Microsoft.ML.Data;
using Dataset = Microsoft.ML.Vision.ImageClassificationTrainer.ImageClassificationMetrics.Dataset;
using Options = Microsoft.ML.Vision.ImageClassificationTrainer.Options;

namespace Engine.Tests.Vision;

/// <summary>Bottleneck values in the workspace: taken again where they fit, computed where they do not.</summary>
[TestFixture]
public class BottleneckCacheTests
{
    private const string Train = "trainSetBottleneckFile.csv";
    private const string Validation = "validationSetBottleneckFile.csv";

    private readonly List<string> _warnings = [];
    private string _folder = "";

    private string Workspace => Path.Combine(_folder, "work");

    [SetUp]
    public void MakeFolder()
    {
        _warnings.Clear();
        TinyBackbone.Save(_folder = Directory.CreateTempSubdirectory("bottleneck-").FullName);
    }

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Fit_First_WritesBothSetsInTheirForms()
    {
        Fit();
        byte[] features = File.ReadAllBytes(Path.Combine(Workspace, Train + "_features.bin"));
        byte[] labels = File.ReadAllBytes(Path.Combine(Workspace, Train + "_labels.bin"));
        string[] lines = File.ReadAllLines(Path.Combine(Workspace, Train));
        var first = lines[0].Split(',').Select(v => float.Parse(v, System.Globalization.CultureInfo.InvariantCulture)).ToArray();

        Assert.That((BitConverter.ToInt32(features), BitConverter.ToInt32(features, 4), features.Length), Is.EqualTo((9, 3, 8 + (9 * 3 * 4))));
        Assert.That(labels, Has.Length.EqualTo(9 * 8));
        Assert.That(lines, Has.Length.EqualTo(9));
        Assert.That(first, Is.EqualTo(new[] { BitConverter.ToInt64(labels), BitConverter.ToSingle(features, 8), BitConverter.ToSingle(features, 12), BitConverter.ToSingle(features, 16) }));
        Assert.That(File.ReadAllLines(Path.Combine(Workspace, Validation)), Has.Length.EqualTo(3));
        Assert.That(Directory.GetFiles(Workspace, "*.tmp"), Is.Empty);
    }

    [Test]
    public void Fit_Again_ComputesNothingAndLearnsTheSame()
    {
        var (computed, _, scores) = Fit();
        var again = Fit(o => (o.ReuseTrainSetBottleneckCachedValues, o.ReuseValidationSetBottleneckCachedValues) = (true, true));

        Assert.That((computed, again.Computed), Is.EqualTo((12, 0)));
        Assert.That(again.Scores, Is.EqualTo(scores));
        Assert.That(_warnings, Is.Empty);
    }

    [Test]
    public void Fit_AgainWithoutTheFlags_ComputesAnew()
    {
        Fit();
        Assert.That(Fit().Computed, Is.EqualTo(12));
    }

    [Test]
    public void Fit_OnlyTrainingRowsAgain_GoesWithoutValidationAndSaysSo()
    {
        Fit();
        var again = Fit(o => o.ReuseTrainSetBottleneckCachedValues = true);

        Assert.That((again.Computed, again.Validated), Is.EqualTo((0, 0)));
        Assert.That(_warnings, Has.Exactly(1).Contains("ReuseValidationSetBottleneckCachedValues"));
    }

    [Test]
    public void Fit_OtherRows_ComputesAnewAndSaysWhy()
    {
        Fit();
        Assert.That(FitReusing(shade: 201).Computed, Is.EqualTo(12));
        Assert.That(_warnings, Has.Exactly(1).Contains("other rows"));
        Assert.That(FitReusing(shade: 201).Computed, Is.Zero, "what was computed anew fits");
    }

    [Test]
    public void Fit_OtherNetwork_ComputesAnewAndSaysWhy()
    {
        Fit();
        TinyBackbone.Save(_folder, card: """{ "defaultLayers": ["squares"], "preprocessing": { "resize": "stretch" } }""");

        Assert.That(FitReusing().Computed, Is.EqualTo(12));
        Assert.That(_warnings, Has.Exactly(1).Contains("another network, or other layers of it"));
    }

    [Test]
    public void Fit_OtherPreparation_ComputesAnewAndSaysWhy()
    {
        Fit();
        TinyBackbone.Save(_folder, card: """{ "preprocessing": { "resize": "crop" } }""");

        Assert.That(FitReusing().Computed, Is.EqualTo(12));
        Assert.That(_warnings, Has.Exactly(1).Contains("images that were prepared otherwise"));
    }

    [Test]
    public void Fit_OtherShare_ComputesAnewAndSaysWhy()
    {
        Fit();
        Assert.That(FitReusing(share: 0.5f).Computed, Is.EqualTo(12));
        Assert.That(_warnings, Has.Exactly(1).Contains("another part of the rows"));
    }

    [TestCase(Train + "_features.bin")]
    [TestCase(Train + "_labels.bin")]
    public void Fit_DamagedFile_ComputesAnewAndSaysWhy(string file)
    {
        Fit();
        byte[] bytes = File.ReadAllBytes(Path.Combine(Workspace, file));
        bytes[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(Workspace, file), bytes);

        Assert.That(FitReusing().Computed, Is.EqualTo(12));
        Assert.That(_warnings, Has.Exactly(1).Contains("was changed since it was written"));
    }

    [Test]
    public void Fit_OriginLost_ComputesAnewAndSaysWhy()
    {
        Fit();
        File.Delete(Path.Combine(Workspace, Train + ".json"));
        Assert.That(FitReusing().Computed, Is.EqualTo(12));
        File.WriteAllText(Path.Combine(Workspace, Train + ".json"), "{");
        Assert.That(FitReusing().Computed, Is.EqualTo(12));
        Assert.That(_warnings, Has.Exactly(1).Contains("there are no bottleneck values").And.Exactly(1).Contains("cannot be read"));
    }

    [Test]
    public void Fit_ValidationSet_IsCachedByItself()
    {
        var ml = new MLContext(7);
        var rows = ml.Data.LoadFromEnumerable(Rows(200, 9));
        var keys = ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows);
        void Own(Options options)
        {
            options.ValidationSet = keys.Transform(ml.Data.LoadFromEnumerable(Rows(210, 6)));
            options.ReuseValidationSetBottleneckCachedValues = true;
        }

        Assert.That(Fit(Own).Computed, Is.EqualTo(18));
        Assert.That(Fit(Own).Computed, Is.EqualTo(12), "the rows to train with were not to be taken again");
    }

    private static Picture[] Rows(int shade, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Picture { Image = Pictures.Plain((byte)(i % 2 == 0 ? shade + i : 10), 0, (byte)i), Label = i % 2 == 0 ? "light" : "dark" })];

    private (int Computed, int Validated, float[][] Scores) FitReusing(int shade = 200, float share = 0.25f) => Fit(
        o => (o.ReuseTrainSetBottleneckCachedValues, o.ReuseValidationSetBottleneckCachedValues, o.ValidationSetFraction) = (true, true, share), shade);

    private (int Computed, int Validated, float[][] Scores) Fit(Action<Options>? change = null, int shade = 200)
    {
        var (computed, validated) = (0, 0);
        var options = new Options
        {
            Arch = Microsoft.ML.Vision.ImageClassificationTrainer.Architecture.MobilenetV2,
            FeatureColumnName = "Image",
            Epoch = 5,
            WorkspacePath = Workspace,
            ValidationSetFraction = 0.25f,
            MetricsCallback = m => (computed, validated) = (computed + (m.Bottleneck is null ? 0 : 1), validated + (m.Train?.DatasetUsed == Dataset.Validation ? 1 : 0)),
        };
        change?.Invoke(options);
        var ml = new MLContext(7);
        ml.Log += (_, e) => _warnings.AddRange(e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning ? [e.RawMessage] : []);
        var data = ml.Data.LoadFromEnumerable(Rows(shade, 12));
        var trainer = ml.MulticlassClassification.Trainers.ImageClassification(options);
        trainer.BackboneFolders = [_folder];
        using var model = ml.Transforms.Conversion.MapValueToKey("Label").Append(trainer).Fit(data);
        return (computed, validated, [.. model.Transform(data).GetColumn<float[]>("Score")]);
    }

    private sealed class Picture
    {
        public byte[] Image { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
