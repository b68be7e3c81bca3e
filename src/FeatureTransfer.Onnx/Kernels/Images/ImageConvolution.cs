using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Images;

/// <summary>
/// A convolution of images with few channels, the first of a network, and the activation behind it: from images (channels, batch, ...), weights (outputs, channels, ...) and, if there is
/// one, a bias an output to (outputs, batch, ...). What windows read is never laid out: an image stays in the cache, and every output is summed from it in place.
/// </summary>
internal sealed unsafe class ImageConvolution : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "ImageConv";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 3;

    /// <inheritdoc/>
    public bool LastIsOptional => true;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => [inputs[1][0], inputs[0][1], .. KernelNode.Read(attribute).Output];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var (from, to) = (new ChannelTensor(inputs[0]), new ChannelTensor(output));
        var node = KernelNode.Read(attribute);
        var geometry = node.Geometry;
        var panels = WeightPanels.Of(inputs[1], inputs.Length > 2 ? inputs[2].Data : null);
        return new KernelWork((int)output.Shape[1], image =>
        {
            using var planes = new ImagePlanes(geometry, from, image);
            planes.Convolve(panels, node.Bounds, to);
        });
    }
}
