using FeatureTransfer.Devices;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Tests.Devices;

public class RowIndependenceTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ft-checks-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Obstacle_RowsApart_IsNone() => Assert.That(Check(SmallModels.Image(), [2, 2, 2]), Is.Null);

    [Test]
    public void Obstacle_ModelFreedFromBatchOne_IsNone()
    {
        var freed = FreeBatch.Apply(SmallModels.Image(batch: 1));
        Assert.That((freed.HasFixedBatch, Check(freed, [2, 2, 2])), Is.EqualTo((false, (string?)null)));
    }

    [Test]
    public void Obstacle_MeanOverTheBatch_IsADifference() => Assert.That(Check(Model("mean", builder =>
    {
        builder.Node("ReduceMean", "all", ["x"]);
        builder.Node("Sub", "y", ["x", "all"]);
    }), [4]), Does.StartWith("a row differs in a batch from itself alone, by "));

    [Test]
    public void Obstacle_ShapeOfOneRow_IsRefusedByTheRuntime() => Assert.That(Check(Model("shape", builder =>
        builder.Node("Reshape", "y", ["x", builder.Constant("one", [1L, 4L], 2)])), [4]), Does.StartWith("ONNX Runtime refuses a batch of 3: "));

    [Test]
    public void Obstacle_RowsLost_IsACount() => Assert.That(Check(Model("first", builder =>
        builder.Node("Gather", "y", ["x", builder.Constant("zero", [0L], 1)], GraphBuilder.Int("axis", 0))), [4]), Is.EqualTo("a batch of 3 gives 4 numbers, and its rows alone give 12"));

    [Test]
    public void Obstacle_SecondProcess_ReadsWhatWasFound()
    {
        var model = Model("remembered", builder => builder.Node("Neg", "y", ["x"]));
        using var opened = Open(model).Session;
        File.WriteAllText(Path.Combine(_folder, $"{Open(model).Key}-{Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString()}-Cpu.txt"), "found before");
        Assert.That(Check(model, [4]), Is.EqualTo("found before"));
    }

    [Test]
    public void Obstacle_FirstTime_IsKept()
    {
        Check(Model("kept", builder => builder.Node("Abs", "y", ["x"])), [4]);
        Assert.That(Directory.GetFiles(_folder).Select(File.ReadAllText), Is.EqualTo(new[] { "holds" }));
    }

    private string? Check(OnnxModel model, long[] row)
    {
        var opened = Open(model);
        using (opened.Session)
            return RowIndependence.Obstacle(opened, row, _folder);
    }

    private static OpenedSession Open(OnnxModel model) => DeviceSessions.OpenOn(model, model.Name, new SessionSettings { Device = Device.Cpu, IntraOpThreads = 1 });

    /// <summary>x (batch, 4) -> y.</summary>
    private static OnnxModel Model(string name, Action<GraphBuilder> build)
    {
        var builder = new GraphBuilder(name);
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 4));
        build(builder);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, name);
    }
}
