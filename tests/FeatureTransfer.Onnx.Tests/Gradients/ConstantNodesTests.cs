using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;
using DataType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx.Tests.Gradients;

public class ConstantNodesTests
{
    [TestCase("tensor", new long[] { 2 }, new[] { 1.5f, 2.5f })]
    [TestCase("float", new long[] { }, new[] { 0.5f })]
    [TestCase("floats", new long[] { 3 }, new[] { 1f, 2f, 3f })]
    public void ToInitializers_FloatingPointNumbers_KeepValuesAndShape(string name, long[] shape, float[] values)
    {
        var tensor = Initializer(name);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tensor.DataType, Is.EqualTo((int)DataType.Float));
            Assert.That(tensor.Dims, Is.EqualTo(shape));
            Assert.That(TensorValues.Floats(tensor), Is.EqualTo(values));
        }
    }

    [TestCase("int", new long[] { }, new[] { 7L })]
    [TestCase("ints", new long[] { 2 }, new[] { 3L, -1L })]
    public void ToInitializers_WholeNumbers_KeepValuesAndShape(string name, long[] shape, long[] values)
    {
        var tensor = Initializer(name);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tensor.Dims, Is.EqualTo(shape));
            Assert.That(TensorValues.Ints(tensor), Is.EqualTo(values));
        }
    }

    [Test]
    public void ToInitializers_OtherNodes_Stay()
    {
        var graph = Changed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.Node.Select(node => node.Output[0]), Is.EqualTo(new[] { "text", "nothing", "put_out", "shape" }),
                "what no initializer can hold, what the graph puts out, and what is no constant although it has a value");
            Assert.That(graph.Initializer.Select(tensor => tensor.Name), Is.EqualTo(new[] { "tensor", "float", "floats", "int", "ints" }));
        }
    }

    private static TensorProto Initializer(string name) => Changed().Initializer.Single(tensor => tensor.Name == name);

    private static GraphProto Changed()
    {
        var graph = new GraphProto();
        Add("tensor", "Constant", TensorValues.Attribute("value", TensorValues.Floats(DataType.Float, [1.5f, 2.5f], 2)));
        Add("float", "Constant", new AttributeProto { Name = "value_float", F = 0.5f });
        Add("floats", "Constant", new AttributeProto { Name = "value_floats", Floats = { 1, 2, 3 } });
        Add("int", "Constant", new AttributeProto { Name = "value_int", I = 7 });
        Add("ints", "Constant", new AttributeProto { Name = "value_ints", Ints = { 3, -1 } });
        Add("text", "Constant", GraphBuilder.Text("value_string", "a"));
        Add("nothing", "Constant");
        Add("put_out", "Constant", new AttributeProto { Name = "value_int", I = 8 });
        Add("shape", "ConstantOfShape", TensorValues.Attribute("value", TensorValues.Ints([1], 1)));
        graph.Output.Add(new ValueInfoProto { Name = "put_out" });
        ConstantNodes.ToInitializers(graph);
        return graph;

        void Add(string name, string op, params AttributeProto[] attributes) => graph.Node.Add(new NodeProto { OpType = op, Output = { name }, Attribute = { attributes } });
    }
}
