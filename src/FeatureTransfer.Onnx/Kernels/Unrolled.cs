using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>
/// What every window of a batch of images reads, as a matrix: from (channels, batch, ...) to (channels * taps, batch * windows). A convolution is
/// the product of its weights with it, over all images at once.
/// </summary>
internal sealed unsafe class Unrolled : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "Unrolled";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs)
    {
        var geometry = KernelNode.Read(attribute).Geometry;
        return [inputs[0][0] * geometry.Taps, inputs[0][1] * geometry.Windows];
    }

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var node = KernelNode.Read(attribute);
        var geometry = node.Geometry;
        var images = new ChannelTensor(inputs[0]);
        var result = (nint)output.Data;
        return new KernelWork(images.Channels, channel => UnrolledChannel.Forward(geometry, images[channel], UnrolledChannel.Matrix(geometry, (float*)result, channel, inputs[0].Shape[1])));
    }
}
