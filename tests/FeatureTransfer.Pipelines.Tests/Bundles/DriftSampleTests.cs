using System.Globalization;
using System.Text;
using System.Text.Json;
using FeatureTransfer.Models;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Pipelines.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Tests.Bundles;

/// <summary>The features of training rows that a model file keeps for new data to be compared with.</summary>
public class DriftSampleTests
{
    private const int Rows = 40;
    private const string Trainer = """{ "type": "NearestCentroid", "metric": "euclidean", "calibrate": false }""";
    private string _folder = "";

    [OneTimeSetUp]
    public void MakeTable()
    {
        _folder = Directory.CreateTempSubdirectory("ft-drift-").FullName;
        File.WriteAllLines(Path.Combine(_folder, "rows.csv"), Table().Select((row, i) => string.Create(CultureInfo.InvariantCulture, $"{row[0]},{row[1]},{"ab"[i % 2]}")).Prepend("x,y,label"));
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Bytes_RoundTrip_KeepNumbersToAHalfOfTheirRange()
    {
        float[][] rows = [[2024, 3e38f, 7, -1e-30f], [2025, -3e38f, 7, 2e-30f], [2031, 0, 7, 0]];
        var read = DriftSample.FromBytes(new DriftSample(rows).ToBytes(), "model.ftm").Rows;
        for (var feature = 0; feature < 4; feature++)
            Assert.That(read.Select(row => (double)row[feature]), Is.EqualTo(rows.Select(row => (double)row[feature])).Within(Step(rows, feature)), $"feature {feature}");
    }

    [TestCase(1, 0, 0)]
    [TestCase(0, 3, 24)]
    [TestCase(-1, 2, 12)]
    [TestCase(1, -2, 0)]
    [TestCase(int.MaxValue, 8192, 64)]
    [TestCase(2, 8193, 12 * 8193)]
    [TestCase(2, 3, 35)]
    [TestCase(2, 3, 37)]
    public void FromBytes_LengthsThatDoNotAgree_AreRefused(int rows, int length, int rest) => Refused([.. BitConverter.GetBytes(rows), .. BitConverter.GetBytes(length), .. new byte[rest]]);

    [Test]
    public void FromBytes_TooShortOrNoNumbers_IsRefused()
    {
        Refused([1, 0, 0]);
        Refused([.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(float.NaN), .. new byte[6]]);
    }

    /// <summary>ML.NET's own loader and the keys of training rows tell what the sample has to be.</summary>
    [Test]
    public async Task Run_AllRowsAskedFor_AreTheFeaturesOfTheTrainingRows()
    {
        var model = await RunAsync("all", 10_000);
        var ml = new MLContext();
        var rows = Table().Select((row, i) => new Row { X = row[0], Y = row[1], Label = "ab"[i % 2].ToString() }).ToList();
        var features = ml.Model.Load(model, out _).Transform(ml.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Features").ToList();
        using var bundle = Bundle.LoadForDrift(model, FeatureTransferServices.Default);
        var keys = RowKeys.Of(new SourceRows("rows", [.. rows.Select(row => new SourceRow(null, row.Label, null, [row.X, row.Y]))], ["x", "y"]), [.. Enumerable.Range(0, Rows)], CancellationToken.None);
        float[][] expected = [.. features.Where((_, i) => bundle.TrainingRows.Contains(keys[i]!.Value))];
        Assert.That(expected, Has.Length.EqualTo(bundle.Manifest.TrainRows).And.Length.InRange(15, 25));
        for (var feature = 0; feature < 2; feature++)
            Assert.That(bundle.Sample!.Rows.Select(row => (double)row[feature]).Order(), Is.EqualTo(expected.Select(row => (double)row[feature]).Order()).Within(Step(expected, feature)));
    }

    [Test]
    public async Task Run_AFew_AreDrawnBySeedAndPredictionsHaveTheSameColumn()
    {
        var (first, second, model) = (await RunAsync("few", 5), await RunAsync("again", 5), await RunAsync("none", 0));
        using var bundle = Bundle.LoadForDrift(first, FeatureTransferServices.Default);
        using var again = Bundle.LoadForDrift(second, FeatureTransferServices.Default);
        using var plain = Bundle.Load(first);
        var table = Path.Combine(_folder, "new.csv");
        File.WriteAllLines(table, ["x,y", "1000001,0.25"]);
        Assert.Multiple(() =>
        {
            Assert.That(bundle.Sample!.Rows, Has.Count.EqualTo(5));
            Assert.That(again.Sample!.Rows, Is.EqualTo(bundle.Sample.Rows));
            Assert.That(bundle.PredictTable(table)[0].Features, Is.EqualTo(new[] { 1000001, 0.25f }));
            Assert.That(plain.PredictTable(table)[0].Features, Is.Null);
            Assert.That(() => Bundle.LoadForDrift(model, FeatureTransferServices.Default), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(model).And.Message.Contains("outputs.driftSample of its pipeline is 0").And.Message.Contains("training data as the reference"));
        });
    }

    [Test]
    public async Task Load_ABitOfTheSampleFlipped_NamesTheEntry()
    {
        var model = await RunAsync("flipped", 5);
        var bytes = File.ReadAllBytes(model);
        var name = Encoding.ASCII.GetBytes("FeatureTransfer/drift-sample.bin");
        bytes[bytes.AsSpan().IndexOf(name) + name.Length + 12] ^= 4;
        File.WriteAllBytes(model, bytes);
        Assert.That(() => Bundle.Load(model), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("drift-sample.bin"));
    }

    [TestCase("""{ "type": "ImageClassification", "backbone": "x.onnx" }""", "ImageClassification, which gives its answers, reads no vector")]
    [TestCase(Trainer, "more than 8192 numbers, or an earlier version")]
    public void LoadForDrift_NoSample_SaysWhyAndWhatToDo(string trainer, string expected)
    {
        var ml = new MLContext();
        var rows = ml.Data.LoadFromEnumerable(new[] { new Row() });
        var file = Path.Combine(_folder, "bare.ftm");
        new ModelFileWriter(ml.Model)
            .Attach("pipeline.json", JsonSerializer.SerializeToUtf8Bytes(new BundleManifest { Pipeline = Json("out", 200, trainer) }, ModelManifest.Json))
            .Write(file, ml.Transforms.CopyColumns("Copy", "x").Fit(rows), rows.Schema);
        Assert.That(() => Bundle.LoadForDrift(file, FeatureTransferServices.Default), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(file).And.Message.Contains(expected).And.Message.Contains("ft drift photos new-photos"));
    }

    [TestCase(-1)]
    [TestCase(10_001)]
    public void Read_SampleOutOfRange_NamesThePlace(int sample) => Assert.That(
        () => PipelineReader.Parse(Json("out", sample, Trainer), "p.json"), Throws.TypeOf<PipelineFormatException>().With.Message.Contains("$.outputs.driftSample"));

    [TestCase("""{ "type": "OneVersusAll", "binaryEstimator": { "type": "AveragedPerceptron", "featureColumn": "Own" } }""", "Own")]
    [TestCase("""{ "type": "LbfgsMaximumEntropy", "featureColumn": "Own" }, { "type": "MapKeyToValue", "output": "PredictedLabel" }""", "Own")]
    [TestCase("""{ "type": "Ensemble", "models": [[{ "type": "LbfgsMaximumEntropy" }], [{ "type": "NaiveBayes" }]] }""", null)]
    public void ColumnOf_Trainer_IsWhatItReads(string steps, string? expected) => Assert.That(DriftSample.ColumnOf(PipelineReader.Parse(Json("out", 200, steps), "p.json")), Is.EqualTo(expected));

    // Halves between half the reach and the reach are 2^-11 apart, and so off by half of that; and floats round too.
    private static double Step(IEnumerable<float[]> rows, int feature) => (((double)rows.Max(row => row[feature]) - rows.Min(row => row[feature])) / 2 / 4096) + (Math.Abs(rows.Max(row => row[feature])) * 1e-7);

    private static void Refused(byte[] bytes) =>
        Assert.That(() => DriftSample.FromBytes(bytes, "model.ftm"), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("model.ftm: FeatureTransfer/drift-sample.bin"));

    private static IEnumerable<float[]> Table()
    {
        var random = new Random(5);
        return Enumerable.Range(0, Rows).Select(i => new[] { 1_000_000 + (i % 2 * 8) + i, random.NextSingle() });
    }

    private async Task<string> RunAsync(string folder, int sample) =>
        (await new PipelineRunner().RunAsync(PipelineReader.Parse(Json(folder, sample, Trainer), "p.json", _folder))).BundlePath!;

    private static string Json(string folder, int sample, string trainer) => $$"""
        {
          "data": { "type": "csv", "path": "rows.csv", "image": null, "numbers": ["x", "y"] },
          "split": { "testFraction": 0.5, "folds": 0 },
          "estimators": [{ "type": "Concatenate", "output": "Features", "inputs": ["x", "y"] }, { "type": "MapValueToKey", "output": "Label" }, {{trainer}}],
          "outputs": { "folder": "{{folder}}", "driftSample": {{sample}}, "report": null, "predictions": null, "metrics": null }
        }
        """;

    private sealed class Row
    {
        [ColumnName("x")]
        public float X { get; set; }

        [ColumnName("y")]
        public float Y { get; set; }

        public string Label { get; set; } = "";
    }
}
