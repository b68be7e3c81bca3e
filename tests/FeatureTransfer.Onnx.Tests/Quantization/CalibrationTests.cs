using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class CalibrationTests
{
    private static readonly float[][] _sample = [[1, -2], [-3, 0.5f]];

    [Test]
    public void Over_Sample_MeasuresWhatIsAskedAndGivesTheFirstOutput([Values("x", "double", "y")] string tensor)
    {
        var (tensors, outputs) = CalibrationRun.Over(Model(), [tensor], _sample, [2], default);
        var range = tensors[tensor].Range(CalibrationMethod.MinMax);
        var expected = tensor switch { "x" => new ActivationRange(-3, 1), "double" => new ActivationRange(-6, 2), _ => new ActivationRange(0, 2) };
        Assert.Multiple(() =>
        {
            Assert.That(tensors.Keys, Is.EqualTo(new[] { tensor }));
            Assert.That(range, Is.EqualTo(expected));
            Assert.That(outputs, Is.EqualTo(new float[][] { [2, 0], [0, 1] }));
        });
    }

    [Test]
    public void Over_Cancelled_Stops() => Assert.Multiple(() =>
    {
        Assert.That(() => CalibrationRun.Over(Model(), ["x"], _sample, [2], new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => ChannelMaxima.Over(Model(), ["x"], Inputs([[1, 2]]), new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
    });

    [Test]
    public void ChannelMaxima_TensorThatIsNotFinite_IsNamed() => Assert.That(
        () => ChannelMaxima.Over(Model(), ["double"], Inputs([[1, float.MaxValue]]), default),
        Throws.TypeOf<FeatureTransferException>().With.Message.Contains("product: tensor 'double' is not finite").And.Message.Contains("Stay with floats"));

    [Test]
    public void ChannelMaxima_RowsOfDifferentLength_AreTakenTogether()
    {
        var (tensors, outputs) = ChannelMaxima.Over(Model(), ["double", "y"], Inputs([[1, -2, -3, 0.5f], [0.25f, 2.5f]]), default);
        Assert.Multiple(() =>
        {
            Assert.That(tensors.Keys, Is.EquivalentTo(new[] { "double", "y" }));
            Assert.That(tensors["double"], Is.EqualTo(new[] { 6f, 5 }));
            Assert.That(tensors["y"], Is.EqualTo(new[] { 2f, 5 }));
            Assert.That(outputs, Is.EqualTo(new float[][] { [2, 0, 0, 1], [0.5f, 5] }));
        });
    }

    [Test]
    public void EmptySample_SaysWhoseItIs() => Assert.That(
        () => ChannelMaxima.Over(Model(), ["x"], [], default),
        Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith("product: the sample to calibrate on is empty"));

    private static IEnumerable<IReadOnlyDictionary<string, OrtValue>> Inputs(float[][] sample)
    {
        foreach (var row in sample)
        {
            using var value = OrtValue.CreateTensorValueFromMemory(row, [row.Length / 2, 2]);
            yield return new Dictionary<string, OrtValue> { ["x"] = value };
        }
    }

    /// <summary>x (batch, 2) -> twice as much -> at least 0.</summary>
    private static OnnxModel Model()
    {
        var builder = new GraphBuilder("product");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 2));
        builder.Node("Relu", "y", [builder.Node("MatMul", "double", ["x", builder.Constant("w", [2f, 0, 0, 2], 2, 2)])]);
        builder.Graph.Output.Add(GraphBuilder.FloatValue("y", -1, 2));
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "product");
    }
}
