using System.Globalization;
using FeatureTransfer.Devices;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Fusion;
using FeatureTransfer.Onnx.Kernels.Integers;
using FeatureTransfer.Onnx.Kernels.Lanes;
using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Tests.Devices;

public class OptimizedModelsTests
{
    private static readonly OnnxModel _model = Wide();
    private string _folder = "";

    private SessionSettings Settings => new() { Device = Device.Cpu, IntraOpThreads = 1, OptimizedFolder = _folder };

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-optimized-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Open_SecondTime_UsesWhatWasKeptAndGivesTheSameBits()
    {
        var first = Answer();
        var kept = Kept();
        var written = Written(kept);
        Assert.Multiple(() =>
        {
            Assert.That(Answer(), Is.EqualTo(first));
            Assert.That(Written(kept), Is.EqualTo(written));
            Assert.That(Path.GetFileName(kept), Does.Contain(OrtEnv.Instance().GetVersionString()).And.Contains("x64").Or.Contains("arm64"));
            Assert.That(new FileInfo(Path.Combine(kept, "weights")).Length, Is.GreaterThan(1 << 20));
        });
    }

    [Test]
    public void Open_LeftoverOfAKilledProcess_IsRemoved()
    {
        var (old, fresh) = (Path.Combine(_folder, "a.tmp"), Path.Combine(_folder, "b.tmp"));
        Directory.CreateDirectory(Path.Combine(old, "inside"));
        Directory.CreateDirectory(fresh);
        Directory.SetLastWriteTimeUtc(old, DateTime.UnixEpoch);
        Answer();
        Assert.That(Directory.GetDirectories(_folder, "*.tmp"), Is.EqualTo(new[] { fresh }));
    }

    [TestCase("weights", 0.5)]
    [TestCase("weights", 0.99)]
    [TestCase("weights", 0)]
    [TestCase("graph.onnx", 0.5)]
    [TestCase("checksum", 0.5)]
    public void Open_DamagedFile_IsMadeAgain(string name, double place)
    {
        var first = Answer();
        var file = Path.Combine(Kept(), name);
        var sound = File.ReadAllBytes(file);
        var damaged = sound.ToArray();
        damaged[(int)(place * damaged.Length)] ^= 1;
        File.WriteAllBytes(file, damaged);
        Assert.That(Answer(), Is.EqualTo(first));
        Assert.That(File.ReadAllBytes(file), Is.EqualTo(sound));
    }

    [TestCase("weights")]
    [TestCase("graph.onnx")]
    [TestCase("checksum")]
    public void Open_FileThatIsMissing_IsMadeAgain(string name)
    {
        var first = Answer();
        var file = Path.Combine(Kept(), name);
        File.Delete(file);
        Assert.That(Answer(), Is.EqualTo(first));
        Assert.That(File.Exists(file), Is.True);
    }

    [Test]
    public void Open_GraphThatOnnxRuntimeRefuses_IsMadeAgain()
    {
        var first = Answer();
        var (graph, weights, checksum) = (Path.Combine(Kept(), "graph.onnx"), Path.Combine(Kept(), "weights"), Path.Combine(Kept(), "checksum"));
        var sound = File.ReadAllBytes(graph);
        var model = OnnxModel.Load(graph);
        model.Proto.Graph.Node[0].OpType = "NoSuchOperator";
        File.WriteAllBytes(graph, model.ToBytes());
        File.WriteAllText(checksum, Crc32C.Of([graph, weights]).ToString("x8", CultureInfo.InvariantCulture));
        Assert.That(Answer(), Is.EqualTo(first));
        Assert.That(File.ReadAllBytes(graph), Is.EqualTo(sound), "optimized as before");
    }

    [Test]
    public void Open_MoreThanAreKept_DropsTheOldest()
    {
        var others = Enumerable.Range(0, 16).Select(i => Directory.CreateDirectory(Path.Combine(_folder, $"{i}"))).ToList();
        foreach (var (other, i) in others.Select((other, i) => (other, i)))
            other.LastWriteTimeUtc = DateTime.UnixEpoch.AddDays(i);
        Answer();
        Assert.That(Directory.GetDirectories(_folder).Select(Path.GetFileName), Is.EquivalentTo(others.Skip(1).Select(other => other.Name).Append(Path.GetFileName(Kept()))));
    }

    [Test]
    public void Open_ManyAtOnce_AllGiveTheSame()
    {
        var answers = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(4).Select(_ => Answer()).ToList();
        Assert.That(answers, Has.All.EqualTo(answers[0]));
        Assert.That(Directory.GetDirectories(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void Open_FolderThatCannotBe_StillOpens()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        using var session = DeviceSessions.Open(_model, "wide", Settings with { OptimizedFolder = file });
        Assert.That(session.InputNames, Has.Count.EqualTo(1));
    }

    [Test]
    public void Open_ModelWithBottlenecks_ComputesThemInLanesWhereTheMachineIsFast()
    {
        using var plain = DeviceSessions.Open(Bottleneck(), "bottleneck", Settings with { OptimizedFolder = null });
        using var made = DeviceSessions.Open(Bottleneck(), "bottleneck", Settings);
        using var kept = DeviceSessions.Open(Bottleneck(), "bottleneck", Settings);
        var graph = OnnxModel.Load(Path.Combine(Kept(), "graph.onnx")).Proto.Graph;
        float[] image = [.. Enumerable.Range(0, 96 * 64).Select(i => (i % 97 / 97f) - 0.4f)];
        Assert.Multiple(() =>
        {
            Assert.That(graph.Node.Any(node => node.OpType == InvertedResidual.OperatorName), Is.EqualTo(LaneLayout.IsFast));
            Assert.That(Run(made, image, 1, 96, 8, 8), Is.EqualTo(Run(plain, image, 1, 96, 8, 8)).Within(1e-3));
            Assert.That(new[] { plain, made, kept }.Select(LaneFusion.IsIn), Is.EqualTo(new[] { false, LaneLayout.IsFast, LaneLayout.IsFast }));
            Assert.That(Run(kept, image, 1, 96, 8, 8), Is.EqualTo(Run(made, image, 1, 96, 8, 8)));
        });
    }

    [Test]
    public void Open_ModelInIntegers_FiltersBytesByAnOperatorOfOurOwnWhereTheMachineIsFast()
    {
        float[] image = [.. Enumerable.Range(0, 96 * 64).Select(i => (i % 97 / 97f) - 0.4f)];
        var model = StaticProducts.Apply(Bottleneck(), [image], [96, 8, 8], new StaticQuantizationOptions(), [], default).Model;
        using var plain = DeviceSessions.Open(model, "integers", Settings with { OptimizedFolder = null });
        using var made = DeviceSessions.Open(model, "integers", Settings);
        using var kept = DeviceSessions.Open(model, "integers", Settings);
        var graph = OnnxModel.Load(Path.Combine(Kept(), "graph.onnx")).Proto.Graph;
        var expected = Run(plain, image, 1, 96, 8, 8);
        Assert.Multiple(() =>
        {
            Assert.That(graph.Node.Any(node => node.OpType == IntegerDepthwise.OperatorName), Is.EqualTo(IntegerLayout.IsFast));
            Assert.That(Run(made, image, 1, 96, 8, 8), Is.EqualTo(expected));
            Assert.That(Run(kept, image, 1, 96, 8, 8), Is.EqualTo(expected));
        });
    }

    private string Kept() => Directory.GetDirectories(_folder).Single(folder => Path.GetFileName(folder).Length > 32);

    private static List<DateTime> Written(string folder) => [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.GetLastWriteTimeUtc)];

    private float[] Answer()
    {
        using var session = DeviceSessions.Open(_model, "wide", Settings);
        return Run(session, [.. Enumerable.Range(0, 512).Select(i => i / 512f)], 1, 512);
    }

    private static float[] Run(InferenceSession session, float[] values, params long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var options = new RunOptions();
        using var results = session.Run(options, session.InputNames, [input], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>x (batch, 512) -> y (batch, 600): over a megabyte of weights; below a quarter of that nothing is kept.</summary>
    private static OnnxModel Wide()
    {
        var random = new Random(1);
        var builder = new GraphBuilder("wide");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 512));
        builder.Node("MatMul", "product", ["x", builder.Constant("w", Enumerable.Range(0, 512 * 600).Select(_ => random.NextSingle()).ToArray(), 512, 600)]);
        builder.Node("Add", "y", ["product", builder.Constant("b", new float[600], 600)]);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "wide");
    }

    /// <summary>x (batch, 96, 8, 8) -> y, of the same shape: over a megabyte of weights.</summary>
    private static OnnxModel Bottleneck()
    {
        const int Channels = 96, Widened = 1536;
        var random = new Random(2);
        var builder = new GraphBuilder("bottleneck");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, Channels, 8, 8));
        builder.Node("Conv", "wide", ["x", Weights("w", Widened, Channels, 1, 1)]);
        builder.Node("Relu", "active", ["wide"]);
        builder.Node("Conv", "filtered", ["active", Weights("d", Widened, 1, 3, 3)], GraphBuilder.Int("group", Widened), GraphBuilder.Ints("pads", 1, 1, 1, 1));
        builder.Node("Conv", "narrow", ["filtered", Weights("p", Channels, Widened, 1, 1)]);
        builder.Node("Add", "y", ["narrow", "x"]);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        return new OnnxModel(new ModelProto { IrVersion = 8, Graph = builder.Graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } }, "bottleneck");

        string Weights(string name, params long[] shape) =>
            builder.Constant(name, Enumerable.Range(0, (int)shape.Aggregate((product, size) => product * size)).Select(_ => (random.NextSingle() - 0.5f) / 8).ToArray(), shape);
    }
}
