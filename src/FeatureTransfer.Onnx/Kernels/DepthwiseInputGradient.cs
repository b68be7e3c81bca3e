using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>The gradient of a depthwise convolution with respect to its images: from the output's gradient and the filters.</summary>
internal sealed unsafe class DepthwiseInputGradient : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "DepthwiseConvInputGradient";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 2;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => [inputs[0][0], inputs[0][1], .. KernelNode.Read(attribute).Input];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var node = KernelNode.Read(attribute);
        var geometry = node.Geometry;
        var (from, to) = (new ChannelTensor(inputs[0]), new ChannelTensor(output));
        var filters = (nint)inputs[1].Data;
        return new KernelWork(from.Channels, channel => DepthwiseChannel.InputGradient(
            geometry, from[channel], new ReadOnlySpan<float>((float*)filters + (channel * geometry.Taps), geometry.Taps), to[channel]));
    }
}
