using FeatureTransfer.Extraction;
using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Models;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Pipelines.Tests.Bundles;

/// <summary>Exported files of real backbones against their bundles.</summary>
public class RealExportTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ft-real-").FullName;

    private string Exported => Path.Combine(_folder, "whole.onnx");

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task ExportOnnx_ResNet18OnEmoji_GivesTheSameAnswers()
    {
        Reference.Npm("emoji-datasource-twitter");
        Pulled.BackboneOrSkip("resnet_18.mlnet");
        var file = Path.Combine(Reference.Root, "pipelines", "quickstart.json");
        using var bundle = await TrainAsync(PipelineReader.Read(file, ["data.limit=150", "split.folds=0", "split.repeats=1", "evaluation.baseline=none", $"outputs.folder={_folder}"]));
        bundle.ExportOnnx(Exported);
        var preprocessing = ((ImagePreparation)Preparation(bundle)).Preprocessing;
        var images = Directory.GetFiles(Reference.Npm("emoji-datasource-twitter/img/twitter/64"), "1f*.png").Order(StringComparer.Ordinal).Take(100).ToList();
        using var session = new InferenceSession(Exported);
        Compare(bundle.Predict(images), [.. images.Select(image => Run(session, new Dictionary<string, OrtValue> { ["pixels"] = Pixels(image, preprocessing) }))]);
    }

    [Test]
    public async Task ExportOnnx_MiniLmOnSentences_GivesTheSameAnswers([Values("float32", "int8")] string precision)
    {
        var sentences = File.ReadLines(Reference.Shared("datasets/sst2/train.tsv")).Take(100).Select(line => line.Split('\t')).ToList();
        Pulled.BackboneOrSkip("minilm_l6.sbert");
        var file = Path.Combine(_folder, "texts.json");
        await File.WriteAllLinesAsync(Path.Combine(_folder, "texts.tsv"), sentences.Select(row => $"{row[0]}\t{row[1]}").Prepend("text\tlabel"));
        await File.WriteAllTextAsync(file, """{ "data": { "type": "tsv", "path": "texts.tsv", "image": null, "texts": ["text"] }, "split": { "testFraction": 0, "folds": 0 }, "estimators": [{ "type": "ExtractFeatures", "input": "text", "backbone": "minilm_l6.sbert", "precision": "PRECISION" }, { "type": "MapValueToKey", "output": "Label" }, { "type": "LbfgsMaximumEntropy" }], "outputs": { "folder": "out" } }""".Replace("PRECISION", precision, StringComparison.Ordinal));
        using var bundle = await TrainAsync(PipelineReader.Read(file));
        bundle.ExportOnnx(Exported, new() { Int8 = precision == "int8" });
        var preparation = (TextPreparation)Preparation(bundle);
        using var session = new InferenceSession(Exported);
        string[] texts = [.. sentences.Select(row => row[0])];
        Compare(bundle.PredictTexts(texts), [.. texts.Select(text => Run(session, Tokens(session, preparation, text)))]);
    }

    private static async Task<Bundle> TrainAsync(PipelineDefinition definition)
    {
        var result = await new PipelineRunner(FeatureTransferServices.Default with { Backbones = Pulled.Store }).RunAsync(definition);
        return Bundle.Load(result.BundlePath!);
    }

    private static Preparation Preparation(Bundle bundle)
    {
        Preparation? found = null;
        ModelChain.Map(bundle.Model, (step, _) =>
        {
            found = step is ExtractFeaturesTransformer extraction ? extraction.Preparation : found;
            return step;
        });
        return found!;
    }

    private static OrtValue Pixels(string image, ImagePreprocessing preprocessing)
    {
        var pixels = new byte[preprocessing.TensorLength];
        ImageDecoder.Decode(File.ReadAllBytes(image), preprocessing, pixels, image);
        return OrtValue.CreateTensorValueFromMemory(pixels, [1, preprocessing.Height, preprocessing.Width, 3]);
    }

    private static Dictionary<string, OrtValue> Tokens(InferenceSession session, TextPreparation preparation, string text) => preparation
        .Batch(preparation.Read(TextContent.Of(text), text)).Where(tensor => session.InputNames.Contains(tensor.Name))
        .ToDictionary(tensor => tensor.Name, tensor => OrtValue.CreateTensorValueFromMemory((long[])tensor.Values, tensor.Shape));

    private static (float[] Scores, string Label) Run(InferenceSession session, Dictionary<string, OrtValue> inputs)
    {
        using var options = new RunOptions();
        using var results = session.Run(options, inputs.Keys, inputs.Values, ["scores", "label"]);
        foreach (var input in inputs.Values)
            input.Dispose();
        return (results[0].GetTensorDataAsSpan<float>().ToArray(), results[1].GetStringElement(0));
    }

    private static void Compare(IReadOnlyList<Prediction> expected, IReadOnlyList<(float[] Scores, string Label)> exported)
    {
        var worst = exported.Zip(expected).Max(pair => pair.First.Scores.Zip(pair.Second.Scores).Max(scores => Math.Abs(scores.First - scores.Second)));
        TestContext.Out.WriteLine($"{expected.Count} rows, largest difference of scores {worst:0.0e0}");
        Assert.Multiple(() =>
        {
            Assert.That(exported.Select(answer => answer.Label), Is.EqualTo(expected.Select(prediction => prediction.Label)));
            Assert.That(worst, Is.LessThan(1e-4));
        });
    }
}
