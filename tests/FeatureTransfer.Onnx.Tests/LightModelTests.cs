using System.Runtime.InteropServices;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests;

/// <summary>
/// Nine classic networks from ONNX's own backend tests. Their weights are constants, so each expected output is one value
/// repeated (0.001 after a softmax): they prove that the graphs load, run and can be cut, not that every weight is right.
/// </summary>
public class LightModelTests
{
    private static readonly string[] _names =
        ["bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet50", "shufflenet", "squeezenet", "vgg19", "zfnet512"];

    [TestCaseSource(nameof(_names))]
    public void Run_AfterARoundTrip_GivesTheExpectedOutput(string name)
    {
        var model = OnnxModel.Parse(Load(name).ToBytes(), name);
        var expected = TensorProto.Parser.ParseFrom(File.ReadAllBytes(Reference.Shared($"models/light/light_{name}_output_0.pb")));
        var values = MemoryMarshal.Cast<byte, float>(expected.RawData.Span).ToArray();
        var (input, shape) = Input(model);
        Assert.That(Tensors.RelativeDistance(Onnxes.Run(model, input, shape).Values.Single(), values), Is.LessThan(1e-6));
    }

    [TestCaseSource(nameof(_names))]
    public void Build_TapInTheMiddle_IsCheaperAndTakesTwoRows(string name)
    {
        var model = Load(name);
        var layers = LayerTable.Describe(model);
        var tap = layers.Where(layer => layer.Shape.Count == 4).ElementAt(layers.Count / 3);
        var graph = FeatureGraph.Build(model, [tap.Name], Pooling.Avg);
        var (input, shape) = Input(model);
        shape[0] = 2;
        var features = Onnxes.Run(graph, [.. input, .. input], shape)["features"];
        Assert.Multiple(() =>
        {
            Assert.That(tap.CumulativeMultiplyAdds, Is.LessThan(layers[^1].CumulativeMultiplyAdds));
            Assert.That(graph.Proto.Graph.Node, Has.Count.LessThan(model.Proto.Graph.Node.Count));
            Assert.That(graph.HasFixedBatch, Is.False);
            Assert.That(features, Has.Length.EqualTo(2 * tap.Shape[1]));
            Assert.That(features.Take(features.Length / 2), Is.EqualTo(features.Skip(features.Length / 2)));
            Assert.That(features, Is.All.Not.NaN);
        });
    }

    [Test]
    public void Describe_Vgg19_CountsItsWeights()
    {
        var layers = LayerTable.Describe(Load("vgg19"));
        Assert.That(layers.Sum(layer => layer.Parameters), Is.EqualTo(143_667_240), "Simonyan and Zisserman 2014, table 2: 144 million");
    }

    private static (float[] Values, long[] Shape) Input(OnnxModel model)
    {
        var shape = model.Inputs[0].Shape.Select(size => size!.Value).ToArray();
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        return ([.. Enumerable.Range(0, count).Select(i => (float)i / count)], shape);
    }

    private static OnnxModel Load(string name) => OnnxModel.Load(Reference.Shared($"models/light/light_{name}.onnx"));
}
