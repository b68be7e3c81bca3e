using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>The gradient of <see cref="Unrolled"/>: sums a matrix (channels * taps, batch * windows) to where its elements were read, (channels, batch, ...).</summary>
internal sealed unsafe class Rolled : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "Rolled";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs)
    {
        var node = KernelNode.Read(attribute);
        var geometry = node.Geometry;
        return [inputs[0][0] / geometry.Taps, inputs[0][1] / geometry.Windows, .. node.Input];
    }

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var node = KernelNode.Read(attribute);
        var geometry = node.Geometry;
        var images = new ChannelTensor(output);
        var matrix = (nint)inputs[0].Data;
        return new KernelWork(images.Channels, channel => UnrolledChannel.Backward(geometry, UnrolledChannel.Matrix(geometry, (float*)matrix, channel, output.Shape[1]), images[channel]));
    }
}
