using FeatureTransfer.Onnx.Proto;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Tests.Quantization;

public class HalfWeightsTests
{
    private const int Float = (int)TensorProto.Types.DataType.Float;
    private const int Float16 = (int)TensorProto.Types.DataType.Float16;

    [TestCase(32, 32, ExpectedResult = Float16, Description = "1,024 numbers")]
    [TestCase(33, 31, ExpectedResult = Float, Description = "1,023 numbers")]
    public int Fp16_LargeTensorsOnly_AreHalved(int rows, int columns) => Stored(SmallerModel.Fp16(Model(new float[rows * columns], rows, columns))).DataType;

    [TestCase(65504f, ExpectedResult = Float16)]
    [TestCase(-65504f, ExpectedResult = Float16)]
    [TestCase(-70000f, ExpectedResult = Float)]
    [TestCase(float.NaN, ExpectedResult = Float)]
    public int Fp16_TensorsOfNumbersThatFit_AreHalved(float value)
    {
        var weight = new float[1024];
        weight[5] = value;
        return Stored(SmallerModel.Fp16(Model(weight, 32, 32))).DataType;
    }

    [Test]
    public void Fp16_Integers_StayAsTheyAre()
    {
        var model = Model(new float[1024], 32, 32);
        new GraphBuilder(model.Proto.Graph).Constant("ids", new long[1024], 1024);
        Assert.That(SmallerModel.Fp16(model).Proto.Graph.Initializer[1].DataType, Is.EqualTo((int)TensorProto.Types.DataType.Int64));
    }

    [Test]
    public void Fp16_NumbersInAListAndNamedAmongTheInputs_AreReadAndNoLongerListed()
    {
        float[] weight = [.. Enumerable.Range(0, 1024).Select(i => i * 0.5f)];
        var model = Model(weight, 32, 32);
        var tensor = model.Proto.Graph.Initializer[0];
        tensor.ClearRawData();
        tensor.FloatData.AddRange(weight);
        model.Proto.Graph.Input.Add(GraphBuilder.FloatValue("w", 32, 32));
        var half = SmallerModel.Fp16(model);
        float[] input = [.. Enumerable.Range(0, 32).Select(i => (float)i)];
        Assert.Multiple(() =>
        {
            Assert.That(half.Proto.Graph.Input.Select(value => value.Name), Is.EqualTo(new[] { "x" }));
            Assert.That(Stored(half).FloatData, Is.Empty);
            Assert.That(Onnxes.Run(half, input, [1, 32])["y"], Is.EqualTo(Onnxes.Run(Model(weight, 32, 32), input, [1, 32])["y"]));
            Assert.That((model.Proto.Graph.Input.Count, tensor.FloatData.Count), Is.EqualTo((2, 1024)), "the original stays as it is");
        });
    }

    [Test]
    public void Fp16_Cast_GivesTheWeightItsNameBack()
    {
        var half = SmallerModel.Fp16(Model(new float[1024], 32, 32));
        var cast = half.Proto.Graph.Node[0];
        Assert.Multiple(() =>
        {
            Assert.That((cast.OpType, cast.Name, cast.Input[0], cast.Output[0]), Is.EqualTo(("Cast", "w", "w/fp16", "w")));
            Assert.That(Stored(half).Name, Is.EqualTo("w/fp16"));
            Assert.That(half.Proto.Graph.Node, Has.Count.EqualTo(2));
        });
    }

    private static TensorProto Stored(OnnxModel model) => model.Proto.Graph.Initializer.Single();

    private static OnnxModel Model(float[] weight, int rows, int columns)
    {
        var builder = new GraphBuilder("product");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), 1, rows));
        builder.Node("MatMul", "y", ["x", builder.Constant("w", weight, rows, columns)]);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, "product");
    }
}
