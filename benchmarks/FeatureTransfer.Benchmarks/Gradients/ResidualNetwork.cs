using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Benchmarks.Gradients;

/// <summary>
/// ResNet-50 (He et al. 2015, arXiv:1512.03385) up to its last stage, with random weights and the strides in the 3 x 3 convolutions, as the peers have
/// it: no package brings weights, and times do not depend on them.
/// </summary>
internal sealed class ResidualNetwork
{
    /// <summary>The tensor behind the last stage, of 2,048 channels.</summary>
    public const string End = "stage4/block3";

    /// <summary>The tensor in front of it, of 1,024 channels.</summary>
    public const string BeforeLastStage = "stage3/block6";
    private static readonly int[] _blocks = [3, 4, 6, 3];
    private readonly GraphProto _graph = new() { Name = "resnet_50" };
    private readonly Random _random = new(3);

    private ResidualNetwork()
    {
    }

    /// <summary>Builds the network; its input is (batch, 3, 224, 224).</summary>
    public static OnnxModel Build()
    {
        var network = new ResidualNetwork();
        network._graph.Input.Add(Value("images", 3, 224, 224));
        network.Rectified("stem", network.Normalized("stem", "images", 3, 64, 7, 2));
        network.Add("MaxPool", "pooled", ["stem"], ("kernel_shape", [3, 3]), ("strides", [2, 2]), ("pads", [1, 1, 1, 1]));
        var (input, channels) = ("pooled", 64);
        for (var stage = 0; stage < 4; stage++)
        {
            for (var block = 0; block < _blocks[stage]; block++)
                (input, channels) = network.Bottleneck($"stage{stage + 1}/block{block + 1}", input, channels, 64 << stage, stage > 0 && block == 0 ? 2 : 1);
        }

        network._graph.Output.Add(new ValueInfoProto { Name = End });
        var proto = new ModelProto { IrVersion = 8, Graph = network._graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = 13 });
        return new OnnxModel(proto, "resnet_50");
    }

    private (string Output, int Channels) Bottleneck(string name, string input, int channels, int width, int stride)
    {
        Rectified($"{name}/reduced", Normalized($"{name}/reduced", input, channels, width, 1, 1));
        Rectified($"{name}/middle", Normalized($"{name}/middle", $"{name}/reduced", width, width, 3, stride));
        var widened = Normalized($"{name}/widened", $"{name}/middle", width, 4 * width, 1, 1);
        var around = channels == 4 * width ? input : Normalized($"{name}/around", input, channels, 4 * width, 1, stride);
        Add("Add", $"{name}/sum", [widened, around]);
        Rectified(name, $"{name}/sum");
        return (name, 4 * width);
    }

    // A convolution without a bias, and a normalization by statistics that do not change anything.
    private string Normalized(string name, string input, int channels, int filters, int size, int stride)
    {
        var scale = MathF.Sqrt(2f / (channels * size * size));
        Weights($"{name}/weight", () => (_random.NextSingle() - 0.5f) * 3.4f * scale, filters, channels, size, size);
        Weights($"{name}/scale", () => 1, filters);
        Weights($"{name}/offset", () => 0, filters);
        Weights($"{name}/mean", () => 0, filters);
        Weights($"{name}/variance", () => 1, filters);
        long pad = size / 2;
        Add("Conv", $"{name}/conv", [input, $"{name}/weight"], ("kernel_shape", [size, size]), ("strides", [stride, stride]), ("pads", [pad, pad, pad, pad]));
        Add("BatchNormalization", $"{name}/norm", [$"{name}/conv", $"{name}/scale", $"{name}/offset", $"{name}/mean", $"{name}/variance"]);
        return $"{name}/norm";
    }

    private void Rectified(string name, string input) => Add("Relu", name, [input]);

    private void Weights(string name, Func<float> value, params long[] shape)
    {
        var count = (int)shape.Aggregate((product, size) => product * size);
        _graph.Initializer.Add(new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Float, Dims = { shape }, FloatData = { Enumerable.Range(0, count).Select(_ => value()) } });
    }

    private void Add(string op, string output, string[] inputs, params (string Name, long[] Values)[] attributes)
    {
        var node = new NodeProto { OpType = op, Name = output, Input = { inputs }, Output = { output } };
        node.Attribute.AddRange(attributes.Select(attribute => new AttributeProto { Name = attribute.Name, Ints = { attribute.Values }, Type = AttributeProto.Types.AttributeType.Ints }));
        _graph.Node.Add(node);
    }

    private static ValueInfoProto Value(string name, params long[] sizes)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "batch" } } };
        shape.Dim.AddRange(sizes.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape } } };
    }
}
