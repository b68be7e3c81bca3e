using FeatureTransfer.Devices;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Tests.Devices;

public class OptimizedModelsTests
{
    private static readonly byte[] _model = Wide().ToBytes();
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
        var file = Directory.GetFiles(_folder).Single();
        var written = File.GetLastWriteTimeUtc(file);
        Assert.Multiple(() =>
        {
            Assert.That(Answer(), Is.EqualTo(first));
            Assert.That(File.GetLastWriteTimeUtc(file), Is.EqualTo(written));
            Assert.That(Path.GetFileName(file), Does.Contain(OrtEnv.Instance().GetVersionString()).And.Contains("x64").Or.Contains("arm64"));
        });
    }

    [Test]
    public void Open_LeftoverOfAKilledProcess_IsRemoved()
    {
        var (old, fresh) = (Path.Combine(_folder, "a.tmp"), Path.Combine(_folder, "b.tmp"));
        File.WriteAllText(old, "");
        File.WriteAllText(fresh, "");
        File.SetLastWriteTimeUtc(old, DateTime.UnixEpoch);
        Answer();
        Assert.That(Directory.GetFiles(_folder, "*.tmp"), Is.EqualTo(new[] { fresh }));
    }

    [TestCase(0.5)]
    [TestCase(0.99)]
    [TestCase(0)]
    public void Open_DamagedFile_IsMadeAgain(double place)
    {
        var first = Answer();
        var file = Directory.GetFiles(_folder).Single();
        var sound = File.ReadAllBytes(file);
        var damaged = sound.ToArray();
        damaged[(int)(place * damaged.Length)] ^= 1;
        File.WriteAllBytes(file, damaged);
        Assert.That(Answer(), Is.EqualTo(first));
        Assert.That(File.ReadAllBytes(file), Is.EqualTo(sound));
    }

    [Test]
    public void Open_CutOffFile_IsMadeAgain()
    {
        var first = Answer();
        var file = Directory.GetFiles(_folder).Single();
        File.WriteAllBytes(file, [1, 2]);
        Assert.That(Answer(), Is.EqualTo(first));
    }

    [Test]
    public void Open_ManyAtOnce_AllGiveTheSame()
    {
        var answers = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(4).Select(_ => Answer()).ToList();
        Assert.That(answers, Has.All.EqualTo(answers[0]));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public void Open_FolderThatCannotBe_StillOpens()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        using var session = DeviceSessions.Open(_model, "wide", Settings with { OptimizedFolder = file });
        Assert.That(session.InputNames, Has.Count.EqualTo(1));
    }

    private float[] Answer()
    {
        using var session = DeviceSessions.Open(_model, "wide", Settings);
        using var input = OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, 512).Select(i => i / 512f).ToArray(), [1, 512]);
        using var options = new RunOptions();
        using var results = session.Run(options, session.InputNames, [input], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>x (batch, 512) -> y (batch, 600): over a megabyte of weights, below which nothing is kept.</summary>
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
}
