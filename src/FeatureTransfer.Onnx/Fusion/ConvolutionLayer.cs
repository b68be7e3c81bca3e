using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Kernels.Lanes;
using FeatureTransfer.Onnx.Quantization;

namespace FeatureTransfer.Onnx.Fusion;

/// <summary>A convolution over images with constant weights, and the activation behind it.</summary>
/// <param name="Product">The convolution.</param>
/// <param name="Bounds">The activation.</param>
/// <param name="Nodes">The nodes of both.</param>
internal sealed record ConvolutionLayer(ProductNode Product, Bounds Bounds, IReadOnlyList<NodeProto> Nodes)
{
    private const int FewChannels = 4;

    /// <summary>What goes in.</summary>
    public string Input => Product.Input;

    /// <summary>What comes out.</summary>
    public string Output => Nodes[^1].Output[0];

    /// <summary>Channels that come out.</summary>
    public int Outputs => (int)Product.Weight.Dims[0];

    /// <summary>Channels that go in.</summary>
    public int Inputs => (int)(Product.Weight.Dims[1] * Group);

    /// <summary>The weights.</summary>
    public float[] Weights => FloatTensors.Read(Product.Weight);

    /// <summary>The biases, zeros where there are none.</summary>
    public float[] Bias => Product.Bias is { } bias ? FloatTensors.Read(bias) : new float[Outputs];

    /// <summary>Whether it is a product of pixels by weights.</summary>
    public bool IsPointwise => Group == 1 && Product.Weight.Dims is [_, _, 1, 1] && Stride == 1 && Pads is [0, 0, 0, 0];

    /// <summary>Whether each channel has a window of three by three of its own, and no more than a pixel of padding.</summary>
    public bool IsDepthwise => Product.Weight.Dims is [var outputs, 1, Bottleneck.Window, Bottleneck.Window] && Group == outputs && IsDense && Array.TrueForAll(Pads!, pad => pad is 0 or 1);

    /// <summary>Whether each output channel has a square window over all input channels, which are few.</summary>
    public bool IsFirst => Inputs <= FewChannels && Product.Weight.Dims is [_, _, var rows, var columns] && rows == columns && Group == 1 && IsDense && Array.TrueForAll(Pads!, pad => pad >= 0);

    /// <summary>From window to window; 0 where rows and columns differ.</summary>
    public int Stride => ConvolutionWindow.Stride(Node);

    /// <summary>The padding above, on the left, below and on the right; null where it depends on the image's size.</summary>
    public long[]? Pads => Product.Weight.Dims is [_, _, var rows, var columns] ? ConvolutionWindow.Pads(Node, rows, columns) : null;

    /// <summary>What the layer is where <see cref="IsFirst"/>.</summary>
    public FirstConvolution AsFirst()
    {
        var pads = Pads!;
        return new FirstConvolution(Inputs, Outputs, (int)Product.Weight.Dims[2], Stride, (int)pads[0], (int)pads[1], (int)pads[2], (int)pads[3]);
    }

    private bool IsDense => Stride is 1 or 2 && Node.Ints("dilations") is null or [1, 1] && Pads is not null;

    private long Group => Node.Int("group", 1);

    private NodeProto Node => Product.Node;

    /// <summary>The layer that begins with a convolution; null where the node is none.</summary>
    public static ConvolutionLayer? From(NodeProto? node, TensorUses uses, IReadOnlyDictionary<string, TensorProto> constants)
    {
        if (node is not { OpType: "Conv" } || ProductNode.Of(node, constants) is not { Weight.Dims.Count: 4 } product)
            return null;
        return uses.OnlyReader(node.Output[0]) is { } activation && Activations.BoundsOf(activation, constants) is { } bounds
            ? new ConvolutionLayer(product, bounds, [node, activation])
            : new ConvolutionLayer(product, Bounds.None, [node]);
    }

    /// <summary>The layer that a tensor comes from; null where it comes from none.</summary>
    public static ConvolutionLayer? To(string tensor, TensorUses uses, IReadOnlyDictionary<string, TensorProto> constants)
    {
        var last = uses.Maker(tensor);
        var first = last is not null && Activations.BoundsOf(last, constants) is not null ? uses.Maker(last.Input[0]) : last;
        return From(first, uses, constants) is { } layer && layer.Output == tensor ? layer : null;
    }
}
