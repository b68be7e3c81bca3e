using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Images;

/// <summary>
/// The gradient of <see cref="ImageConvolution"/> with respect to its weights, each image's share apart: from images (channels, batch, ...) and the output's
/// gradient (outputs, batch, ...) to (batch, outputs, channels, ...).
/// </summary>
internal sealed unsafe class ImageWeightGradient : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "ImageConvWeightGradient";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 2;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs)
    {
        var (node, shape) = (KernelNode.Read(attribute), new[] { inputs[0][1], inputs[1][0], inputs[0][0] });
        return node.Input.Length == 1 ? [.. shape, node.Window.Width.Kernel] : [.. shape, node.Window.Height.Kernel, node.Window.Width.Kernel];
    }

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var (images, gradients) = (new ChannelTensor(inputs[0]), new ChannelTensor(inputs[1]));
        var geometry = KernelNode.Read(attribute).Geometry;
        var (result, length) = ((nint)output.Data, (nint)gradients.Channels * images.Channels * geometry.Taps);
        return new KernelWork((int)output.Shape[0], image =>
        {
            using var planes = new ImagePlanes(geometry, images, image);
            planes.Correlate(gradients, (float*)result + (image * length));
        });
    }
}
