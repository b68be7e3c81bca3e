using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Whole networks.</summary>
public class NetworkGradientTests
{
    private static readonly string[] _light =
        ["bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet50", "shufflenet", "squeezenet", "vgg19", "zfnet512"];

    [Test]
    public void Build_MobileNet_TheLossFallsAlongTheGradientAsItSays()
    {
        using var network = new DifferentiatedNetwork(Pulled.Model("mobilenet_v2.nsfwjs"), "out_relu", rows: 1);
        var (loss, gradients) = network.Run(network.Values);
        var squared = gradients.Values.Sum(gradient => gradient.Sum(value => (double)value * value));
        var step = 2e-3 * loss / squared;
        var slope = (network.Run(Moved(network, gradients, step)).Loss - network.Run(Moved(network, gradients, -step)).Loss) / (2 * step);
        Assert.Multiple(() =>
        {
            Assert.That(gradients, Has.Count.EqualTo(network.Trainable.Count));
            Assert.That(squared, Is.GreaterThan(0));
            Assert.That(slope, Is.EqualTo(squared).Within(1).Percent);
        });
    }

    [Test]
    public void Build_MobileNetRearranged_GivesTheSameGradients()
    {
        var model = Pulled.Model("mobilenet_v2.nsfwjs");
        using var plain = new DifferentiatedNetwork(model, "out_relu", rows: 2, rearrange: false);
        using var rearranged = new DifferentiatedNetwork(model, "out_relu", rows: 2);
        var expected = plain.Run(plain.Values).Gradients;
        var actual = rearranged.Run(rearranged.Values).Gradients;
        Assert.Multiple(() =>
        {
            Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys));
            Assert.That(rearranged.Graph.Model.Proto.Graph.Node.Count(node => node.OpType == "BatchNormalization"), Is.Zero);

            // Another rounding puts a few of the many values on the other side of a kink at 0 or 6, more of them the deeper the network.
            foreach (var (name, gradient) in expected.Where(pair => pair.Value.Any(value => Math.Abs(value) > 1e-6f)))
                Assert.That(Tensors.RelativeDistance(actual[name], gradient), Is.LessThan(2e-2), name);
        });
    }

    [Test]
    public void Build_Inception_ReachesEveryWeight()
    {
        using var network = new DifferentiatedNetwork(Pulled.Model("inception_v3.nsfwjs"), "mixed10", rows: 1);
        var (_, gradients) = network.Run(network.Values);
        Assert.That(gradients.Where(pair => pair.Value.Any(float.IsNaN) || pair.Value.All(value => value == 0)).Select(pair => pair.Key), Is.Empty);
    }

    [TestCaseSource(nameof(_light))]
    public void Build_LightModel_HasNoUnsupportedOperator(string name)
    {
        var (model, trainable) = WithWeights(OnnxModel.Load(Reference.Shared($"models/light/light_{name}.onnx")));
        var output = model.Proto.Graph.Output[0].Name;
        var builder = new GraphBuilder(model.Proto.Graph);
        builder.Node("ReduceMean", "loss", [output], GraphBuilder.Int("keepdims", 0));
        var graph = GradientGraph.Build(model, new GradientRequest { Loss = "loss", Trainable = trainable });
        Assert.That(graph.Trainable, Has.Count.EqualTo(trainable.Count));
    }

    private static Dictionary<string, (float[] Values, long[] Shape)> Moved(DifferentiatedNetwork network, Dictionary<string, float[]> gradients, double step) =>
        network.Values.ToDictionary(pair => pair.Key, pair => (pair.Value.Values.Zip(gradients[pair.Key], (value, slope) => (float)(value + (step * slope))).ToArray(), pair.Value.Shape));

    // The light models compute their weights as constants: those of the convolutions become initializers, as in an ordinary file.
    private static (OnnxModel Model, IReadOnlyList<string> Trainable) WithWeights(OnnxModel model)
    {
        const int Largest = 1 << 20;
        var proto = model.Proto.Clone();
        var graph = proto.Graph;
        var shapes = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var trainable = new List<string>();
        foreach (var node in graph.Node.Where(node => node.OpType == "ConstantOfShape").ToList())
        {
            var sizes = TensorValues.Ints(shapes[node.Input[0]])!;
            if (sizes.Length != 4 || TensorValues.Count(sizes) > Largest)
                continue;
            graph.Node.Remove(node);
            var weights = TensorValues.Floats(TensorProto.Types.DataType.Float, new float[TensorValues.Count(sizes)], sizes);
            weights.Name = node.Output[0];
            graph.Initializer.Add(weights);
            trainable.Add(weights.Name);
        }

        return (new OnnxModel(proto, model.Name), trainable);
    }
}
