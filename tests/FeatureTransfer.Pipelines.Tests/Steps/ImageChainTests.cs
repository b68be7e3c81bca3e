using System.Text.Json;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace FeatureTransfer.Pipelines.Tests.Steps;

/// <summary>A pipeline of ML.NET's own image transforms, against the same chain in C#.</summary>
public class ImageChainTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("ft-image-chain-").FullName;
        foreach (var (label, channel) in new[] { ("blue", 0), ("red", 2) })
        {
            Directory.CreateDirectory(Path.Combine(_folder, "photos", label));
            for (var i = 0; i < 12; i++)
                Save(Path.Combine(_folder, "photos", label, $"{i}.png"), channel, i);
        }

        Twice().Save(Path.Combine(_folder, "model.onnx"));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_ImageTransformsAndOnnx_LearnAndComeBackFromTheBundle()
    {
        var result = await new PipelineRunner().RunAsync(PipelineReader.Read(Write("")));
        Assert.That(result.Test!.Metrics["microAccuracy"], Is.EqualTo(1));
        using var bundle = Bundle.Load(result.BundlePath!);
        Assert.That(bundle.Predict([.. result.Test.Predictions.Select(row => row.Input)]).Select(answer => answer.Label), Is.EqualTo(result.Test.Predictions.Select(row => row.Predicted)));
    }

    [Test]
    public void Features_OfThePipeline_AreThoseOfTheChainInCSharp()
    {
        var ml = new MLContext(1);
        var paths = Directory.GetFiles(Path.Combine(_folder, "photos"), "*.png", SearchOption.AllDirectories);
        var rows = new Table(paths.Length).With("ImagePath", paths).With("Label", [.. paths.Select(_ => "x")]);
        var definition = PipelineReader.Read(Write(""));
        var ours = FeatureTransfer.Pipelines.Running.ChainModel.Fit(
            FeatureTransfer.Pipelines.Running.ChainModel.Frozen(definition), rows, new StepBuild(new MLContext(1), FeatureTransferServices.Default, _folder)).Transform(rows);
        var theirs = ml.Transforms.LoadImages("Image", null, "ImagePath")
            .Append(ml.Transforms.ResizeImages("Image", 2, 2, resizing: ImageResizingEstimator.ResizingKind.Fill))
            .Append(ml.Transforms.ConvertToGrayscale("Grey", "Image"))
            .Append(ml.Transforms.ExtractPixels("x", "Image", interleavePixelColors: true, offsetImage: 127.5f, scaleImage: 1 / 127.5f))
            .Append(ml.Transforms.ApplyOnnxModel("y", "x", Path.Combine(_folder, "model.onnx")))
            .Fit(rows).Transform(rows);
        Assert.That(ours.GetColumn<float[]>("y"), Is.EqualTo(theirs.GetColumn<float[]>("y")));
        Assert.That(ours.GetColumn<float[]>("y").Select(row => row.Length), Has.All.EqualTo(12));
        Assert.That(ours.GetColumn<float[]>("y").SelectMany(row => row).Distinct().Count(), Is.GreaterThan(5));
    }

    [Test]
    public void LoadRawImageBytes_FolderOfThePipeline_GivesTheFilesBytes()
    {
        var rows = new Table(1).With("Name", ["red/3.png"]);
        var step = new LoadRawImageBytesStep { Output = "Bytes", Input = "Name", ImageFolder = "photos" };
        var view = StepTable.Create(step, new StepBuild(new MLContext(1), FeatureTransferServices.Default, _folder)).Fit(rows).Transform(rows);
        Assert.That(view.GetColumn<byte[]>("Bytes").Single(), Is.EqualTo(File.ReadAllBytes(Path.Combine(_folder, "photos", "red", "3.png"))));
    }

    [Test]
    public void Read_ModelThatIsNotThere_SaysWhereItWasLookedFor()
    {
        File.Delete(Path.Combine(_folder, "model.onnx"));
        Assert.That(() => PipelineReader.Read(Write("")), Throws.TypeOf<PipelineFormatException>().With.Message.Contains(Path.Combine(_folder, "model.onnx")).And.Message.Contains("modelFile"));
    }

    [Test]
    public void Run_GpuWithoutCuda_SaysHowToGetItAndHowToGoWithout()
    {
        if (FeatureTransfer.Devices.ExecutionProvider.Of(FeatureTransfer.Devices.DeviceKind.Cuda).IsThere)
            Assert.Ignore("This ONNX Runtime has CUDA.");
        var file = Write("");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"inputs\": [ \"x\" ]", "\"inputs\": [ \"x\" ], \"gpuDeviceId\": 0", StringComparison.Ordinal));
        Assert.That(
            async () => await new PipelineRunner().RunAsync(PipelineReader.Read(file)),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("gpuDeviceId is 0").And.Message.Contains("FeatureTransfer.Gpu").And.Message.Contains("fallbackToCpu"));
    }

    [Test]
    public void Run_ImagesBehindAStepThatLearns_SaysToMoveThem() =>
        Assert.That(
            async () => await new PipelineRunner().RunAsync(PipelineReader.Read(Write("""{ "type": "MapValueToKey", "output": "Early", "input": "Label" },"""))),
            Throws.TypeOf<FeatureTransferException>().With.Message.Contains("LoadImages stands behind MapValueToKey"));

    [Test]
    public async Task Run_TrainerWithoutProbabilities_LeavesTheLogLossOut()
    {
        var definition = PipelineReader.Read(Write("", """{ "type": "SdcaNonCalibrated", "featureColumn": "y" }"""));
        var result = await new PipelineRunner().RunAsync(definition);
        Assert.That((result.Test!.Metrics["logLoss"], result.CrossValidation!.Mean["logLoss"], result.CrossValidation.Std["logLoss"]), Is.EqualTo(((double?)null, (double?)null, (double?)null)));
        Assert.That(result.Test.Metrics["microAccuracy"], Is.EqualTo(1));
        Assert.That(File.ReadAllText(result.ReportPath!), Does.Contain("log-loss not available"));
        using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out", "metrics.json")));
        Assert.That(metrics.RootElement.GetProperty("test").TryGetProperty("logLoss", out var loss) && loss.ValueKind != JsonValueKind.Null, Is.False);
    }

    private string Write(string first, string trainer = """{ "type": "LbfgsMaximumEntropy", "featureColumn": "y", "l1Regularization": 0, "l2Regularization": 0.01 }""")
    {
        var file = Path.Combine(_folder, "chain.json");
        File.WriteAllText(file, $$"""
            {
              "data": { "type": "imageFolder", "path": "photos" },
              "split": { "testFraction": 0.25, "folds": 2 },
              "estimators": [
                {{first}}
                { "type": "LoadImages", "output": "Image", "input": "ImagePath" },
                { "type": "ResizeImages", "output": "Image", "imageWidth": 2, "imageHeight": 2, "resizing": "fill" },
                { "type": "ConvertToGrayscale", "output": "Grey", "input": "Image" },
                { "type": "ExtractPixels", "output": "x", "input": "Image", "interleavePixelColors": true, "offsetImage": 127.5, "scaleImage": 0.007843138 },
                { "type": "ApplyOnnxModel", "modelFile": "model.onnx", "outputs": [ "y" ], "inputs": [ "x" ] },
                { "type": "MapValueToKey", "output": "Label" },
                {{trainer}}
              ],
              "outputs": { "folder": "out" },
            }
            """);
        return file;
    }

    // Bytes of BGRA; the seed moves the shade from image to image.
    private static void Save(string path, int channel, int seed)
    {
        var pixels = new byte[4 * 4 * 4];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i % 4 == 3 ? 255 : i % 4 == channel ? 200 + seed : 20 + (i * seed % 40));
        using var image = MLImage.CreateFromPixels(4, 4, MLPixelFormat.Bgra32, pixels);
        image.Save(path);
    }

    /// <summary>x (1, 2, 2, 3) -> y = 2 x.</summary>
    private static OnnxModel Twice()
    {
        var builder = new GraphBuilder("twice");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), 1, 2, 2, 3));
        builder.Node("Add", "y", ["x", "x"]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue("y", 1, 2, 2, 3));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "twice");
    }
}
