using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class SmallerModelTests
{
    private static readonly float[] _input = [.. Enumerable.Range(0, 32).Select(i => i == 0 ? 0f : i == 1 ? 255f : (float)(i * 8))];

    [Test]
    public void Fp16_NumbersThatFit_AreExactAndHalfAsLarge()
    {
        var weight = Enumerable.Range(0, 32 * 64).Select(i => (i % 200) - 100 + 0.5f).ToArray();
        var model = Model(b => b.Node("MatMul", "y", ["x", b.Constant("w", weight, 32, 64)]));
        var half = SmallerModel.Fp16(model);
        Assert.Multiple(() =>
        {
            Assert.That(Onnxes.Run(half, _input, [1, 32])["y"], Is.EqualTo(Onnxes.Run(model, _input, [1, 32])["y"]));
            Assert.That(half.ToBytes(), Has.Length.LessThan(model.ToBytes().Length * 0.55));
        });
    }

    [Test]
    public void Fp16_NumberThatDoesNotFit_KeepsItsTensor()
    {
        var weight = new float[32 * 64];
        weight[5] = 70000;
        var half = SmallerModel.Fp16(Model(b => b.Node("MatMul", "y", ["x", b.Constant("w", weight, 32, 64)])));
        Assert.That(half.Proto.Graph.Initializer.Single().DataType, Is.EqualTo((int)TensorProto.Types.DataType.Float));
    }

    /// <summary>x (1, 32) -> y.</summary>
    private static OnnxModel Model(Action<GraphBuilder> build)
    {
        var builder = new GraphBuilder("product");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), 1, 32));
        build(builder);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "product");
    }
}
