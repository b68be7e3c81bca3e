using FeatureTransfer.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Tests.Bundles;

/// <summary>A bundle's answers, and those of plain ONNX Runtime with the file that it exports, on 1,000 rows.</summary>
public class BundleExportTests
{
    private const int Rows = 1000;
    private const string Key = """{ "type": "MapValueToKey", "output": "Label" }, """;
    private const string Extract = """{ "type": "ExtractFeatures", "backbone": "small.onnx", "pooling": "none", "layers": ["shifted"] }, """;
    private const string More = """{ "type": "ExtractFeatures", "backbone": "small.onnx", "output": "More", "preprocessing": { "channels": "bgr", "mean": [0.1, 0.2, 0.3], "std": [0.5, 0.6, 0.7] } }, """;
    private const string Linear = """{ "type": "LbfgsMaximumEntropy" }""";
    private const string Tuned = """{ "type": "FineTune", "backbone": "small.onnx", "headEpochs": 1, "epochs": 1 }""";
    private readonly ExportFolder _folder = new(Rows);

    private static IEnumerable<TestCaseData> Chains()
    {
        foreach (var trainer in (string[])["LbfgsMaximumEntropy", "NaiveBayes", "LightGbm", "KNearestNeighbours", "NearestCentroid", "RidgeClassifier", "LinearSvc", "LinearProbe"])
            yield return Case("label", $$"""{{Extract}}{{Key}}{ "type": "{{trainer}}" }""");
        foreach (var step in (string[])["NormalizeMeanVariance", "NormalizeLpNorm", "NormalizeGlobalContrast", "ProjectToPrincipalComponents"])
            yield return Case("label", $$"""{{Extract}}{{Key}}{ "type": "{{step}}", "output": "Features"{{(step.StartsWith("Project", StringComparison.Ordinal) ? ", \"rank\": 5" : "")}} }, {{Linear}}""");
        foreach (var trainer in (string[])["SdcaLogisticRegression", "LinearSvm", "FastForest"])
            yield return Case("flag", $$"""{{Extract}}{ "type": "{{trainer}}" }""");
        foreach (var trainer in (string[])["Sdca", "FastTree"])
            yield return Case("number", $$"""{{Extract}}{ "type": "{{trainer}}" }""");
        yield return Case("label", $$"""{{Extract}}{{Key}}{ "type": "OneVersusAll", "binaryEstimator": { "type": "AveragedPerceptron" } }""");
        yield return Case("label", $$"""{{Extract}}{{Key}}{ "type": "KNearestNeighbours", "metric": "euclidean", "weights": "distance" }""");
        yield return Case("label", $$"""{{Extract}}{{More}}{{Key}}{ "type": "Concatenate", "output": "Features", "inputs": ["Features", "More", "width"] }, {{Linear}}""");
        yield return Case("label", $$"""{{Key}}{ "type": "Concatenate", "output": "Features", "inputs": ["weight", "width"] }, {{Linear}}""");
        yield return Case("label", $"{Key}{Tuned}");
        yield return Case("flag", Tuned);
        yield return Case("number", Tuned);
        yield return Case("both", Tuned);
        yield return Case("label", $$"""{ "type": "ExtractFeatures", "input": "words", "pooling": "max", "backbone": "TEXTS" }, {{Key}}{{Linear}}""");
        yield return Case("label", $$"""{ "type": "OneHotEncoding", "output": "Features", "input": "words" }, {{Key}}{{Linear}}""");
        yield return Case("label", $$"""{{Key}}{ "type": "ImageClassification", "backbone": "small.onnx", "epoch": 2 }""");
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [TestCaseSource(nameof(Chains))]
    public async Task ExportOnnx_AnyChain_GivesTheSameAnswersInPlainOnnxRuntime(string label, string steps)
    {
        // A temperature divides the logit, which a network of two answers does not give itself.
        using var bundle = await _folder.TrainAsync(steps, label, calibrate: (label, steps) == ("flag", Tuned));
        var path = _folder.PathOf("whole.onnx");
        Assert.That(bundle.ExportOnnx(path), Is.EqualTo(new[] { path }));
        Compare(bundle, path, 64);
        Compare(bundle, path, 1);
    }

    [TestCase("label", 0.6)]
    [TestCase("flag", 0.3)]
    [TestCase("both", 0.4)]
    public async Task ExportOnnx_Threshold_DecidesAsInTheBundle(string label, double threshold)
    {
        using var trained = await _folder.TrainAsync(label == "label" ? $"{Extract}{Key}{Linear}" : label == "both" ? Tuned : $$"""{{Extract}}{ "type": "LbfgsLogisticRegression" }""", label);
        using var bundle = Bundle.Load(trained.Path, null, threshold);
        var path = _folder.PathOf("limit.onnx");
        bundle.ExportOnnx(path);
        Compare(bundle, path, 64);
    }

    [TestCase("""{ "type": "PairwiseCoupling", "binaryEstimator": { "type": "LinearSvm" } }""", "the step PairwiseCoupling")]
    [TestCase("""{ "type": "NormalizeBinning", "output": "Features" }, { "type": "LbfgsMaximumEntropy" }""", "the step Normalizing, which gives the column 'Features'")]
    [TestCase("""{ "type": "FeaturizeText", "output": "Features", "inputs": ["words"] }, { "type": "LbfgsMaximumEntropy" }""", "the step TextFeaturizing")]
    [TestCase("""{ "type": "Gate", "cheap": [{ "type": "LbfgsMaximumEntropy" }], "costly": [{ "type": "LightGbm" }] }""", "the step Gate")]
    [TestCase("""{ "type": "Ensemble", "models": [[{ "type": "LbfgsMaximumEntropy" }], [{ "type": "LightGbm" }]] }""", "the step Ensemble")]
    public async Task ExportOnnx_StepWithoutForm_IsNamedBeforeAnythingIsWritten(string steps, string expected)
    {
        using var bundle = await _folder.TrainAsync($"{Extract}{Key}{steps}");
        var path = _folder.PathOf("kept.onnx");
        await File.WriteAllTextAsync(path, "as it was");
        Assert.That(() => bundle.ExportOnnx(path), Throws.TypeOf<FeatureTransferException>().With.Message.Contains(expected).And.Message.Contains(bundle.Path));
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("as it was"));
    }

    [Test]
    public async Task ExportOnnx_Int8_WantsImagesOnce()
    {
        var steps = $"{Extract.Replace("small.onnx", "conv.onnx", StringComparison.Ordinal).Replace("shifted", "conv", StringComparison.Ordinal)}{Key}{Linear}";
        using var floats = await _folder.TrainAsync(steps);
        using var ints = await _folder.TrainAsync(steps.Replace("\"pooling\"", "\"precision\": \"int8\", \"pooling\"", StringComparison.Ordinal));
        var path = _folder.PathOf("int8.onnx");
        Assert.That(() => floats.ExportOnnx(path, new() { Int8 = true }), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("--calibrate"));
        ints.ExportOnnx(path, new() { Int8 = true });
        Assert.That(Operators(path), Does.Contain("QuantizeLinear"));
        Compare(ints, path, 1);
        floats.ExportOnnx(path);
        Assert.That(Operators(path), Does.Not.Contain("QuantizeLinear"));
        floats.ExportOnnx(path, new() { Int8 = true, CalibrationImages = [.. Enumerable.Range(0, 30).Select(row => _folder.PathOf($"{row}.png"))] });
        Assert.That(Operators(path), Does.Contain("QuantizeLinear"));
        var expected = floats.PredictTable(_folder.PathOf("rows.csv"));
        Assert.That(_folder.Run(path, 64).Labels.Zip(expected).Count(pair => pair.First == pair.Second.Label), Is.GreaterThan(Rows * 0.97));
    }

    [Test]
    public async Task ExportMlNet_AnyReader_GivesTheSameLabels()
    {
        using var bundle = await _folder.TrainAsync($"{Extract}{Key}{Linear}");
        var path = _folder.PathOf("model.zip");
        bundle.ExportMlNet(path);
        var ml = new MLContext(1);
        var model = ml.Model.Load(path, out _);
        using var sessions = model as IDisposable;
        var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(row => new Row { ImagePath = _folder.PathOf($"{row}.png"), Weight = 0, Width = 0 }));
        VBuffer<ReadOnlyMemory<char>> names = default;
        var scored = model.Transform(rows);
        scored.Schema["PredictedLabel"].GetKeyValues(ref names);
        var labels = scored.GetColumn<uint>("PredictedLabel").Select(key => names.GetItemOrDefault((int)key - 1).ToString()).ToList();
        Assert.That(labels, Is.EqualTo(bundle.PredictTable(_folder.PathOf("rows.csv")).Take(100).Select(prediction => prediction.Label)));
        Assert.That(() => Bundle.Load(path), Throws.TypeOf<FeatureTransferException>(), "nothing of the pipeline is in it");
    }

    private static IEnumerable<string> Operators(string path) => OnnxModel.Load(path).Proto.Graph.Node.Select(node => node.OpType).Distinct();

    private static TestCaseData Case(string label, string steps) => new TestCaseData(label, steps).SetArgDisplayNames($"{label}: {steps.Replace(Extract, "", StringComparison.Ordinal).Replace(Key, "", StringComparison.Ordinal)}");

    // Scores that are no probabilities may be large: floats have seven digits.
    private void Compare(Bundle bundle, string path, int batch)
    {
        var expected = bundle.PredictTable(_folder.PathOf("rows.csv"));
        var (scores, labels) = _folder.Run(path, batch);
        Assert.That(scores, Has.Count.EqualTo(Rows));
        Assert.Multiple(() =>
        {
            var worst = scores.Zip(expected).SelectMany(pair => pair.First.Zip(pair.Second.Scores)).Max(pair => Math.Abs(pair.First - pair.Second) / Math.Max(1, Math.Abs(pair.Second)));
            Assert.That(worst, Is.LessThan(1e-4));
            Assert.That(scores.Select(row => row.Length).Distinct().Single(), Is.EqualTo(expected[0].Scores.Count));
            if (bundle.Task != PipelineTask.Regression)
                Assert.That(labels, Is.EqualTo(expected.Select(prediction => prediction.Label)));
        });
    }

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";

        public string Label { get; set; } = "";

        [ColumnName("weight")]
        public float Weight { get; set; }

        [ColumnName("width")]
        public float Width { get; set; }
    }
}
