using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>A depthwise convolution, and the activation behind it: images, filters (channels, 1, ...) and, if there is one, a bias a channel.</summary>
internal sealed unsafe class DepthwiseForward : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "DepthwiseConv";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 3;

    /// <inheritdoc/>
    public bool LastIsOptional => true;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => [inputs[0][0], inputs[0][1], .. KernelNode.Read(attribute).Output];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var node = KernelNode.Read(attribute);
        var geometry = node.Geometry;
        var (from, to) = (new ChannelTensor(inputs[0]), new ChannelTensor(output));
        var (filters, bias) = ((nint)inputs[1].Data, inputs.Length > 2 ? (nint)inputs[2].Data : 0);
        return new KernelWork(from.Channels, channel => DepthwiseChannel.Forward(
            geometry, from[channel], new ReadOnlySpan<float>((float*)filters + (channel * geometry.Taps), geometry.Taps), bias == 0 ? 0 : ((float*)bias)[channel], node.Bounds, to[channel]));
    }
}
