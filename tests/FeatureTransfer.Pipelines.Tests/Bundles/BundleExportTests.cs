using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Pipelines.Tests.Bundles;

/// <summary>A bundle's answers, and those of plain ONNX Runtime with the file that it exports.</summary>
public class BundleExportTests
{
    private const int Rows = 1000;
    private const string Extract = """{ "type": "ExtractFeatures", "backbone": "small.onnx", "pooling": "none", "layers": ["shifted"] }, """;
    private const string Key = """{ "type": "MapValueToKey", "output": "Label" }, """;
    private readonly ExportFolder _folder = new(Rows);

    private static readonly TestCaseData[] _chains =
    [
        Case("label", "LbfgsMaximumEntropy"),
        Case("label", "SdcaMaximumEntropy", """{ "type": "NormalizeLpNorm", "output": "Features" }"""),
    ];

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [TestCaseSource(nameof(_chains))]
    public async Task ExportOnnx_AnyChain_GivesTheSameAnswersInPlainOnnxRuntime(string label, string steps)
    {
        using var bundle = await _folder.TrainAsync(steps, label);
        var path = _folder.PathOf("whole.onnx");
        bundle.ExportOnnx(path);
        var expected = bundle.PredictTable(_folder.PathOf("rows.csv"));
        var (scores, labels) = _folder.Run(path, 64);
        var alone = _folder.Run(path, 1);
        Assert.Multiple(() =>
        {
            Assert.That(expected.Select(prediction => prediction.Error), Is.All.Null);
            for (var row = 0; row < Rows; row++)
                Assert.That(scores[row], Is.EqualTo(expected[row].Scores).Within(1e-4));
            Assert.That(alone.Scores.SelectMany(row => row), Is.EqualTo(scores.SelectMany(row => row)).Within(1e-4));
            if (labels.Count > 0)
                Assert.That(labels, Is.EqualTo(expected.Select(prediction => prediction.Label)));
        });
    }

    private static TestCaseData Case(string label, string trainer, params string[] before) =>
        new TestCaseData(label, $"{Extract}{(label == "label" ? Key : "")}{string.Concat(before.Select(step => $"{step}, "))}{(trainer.StartsWith('{') ? trainer : $$"""{ "type": "{{trainer}}" }""")}")
            .SetArgDisplayNames($"{trainer} {string.Join(' ', before)}");
}
