using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>The gradient of a depthwise convolution with respect to its filters: from the images and the output's gradient.</summary>
internal sealed unsafe class DepthwiseWeightGradient : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "DepthwiseConvWeightGradient";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 2;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs)
    {
        var node = KernelNode.Read(attribute);
        var channels = inputs[0][0];
        return node.Input.Length == 1 ? [channels, 1, node.Window.Width.Kernel] : [channels, 1, node.Window.Height.Kernel, node.Window.Width.Kernel];
    }

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var node = KernelNode.Read(attribute);
        var geometry = node.Geometry;
        var (images, gradients) = (new ChannelTensor(inputs[0]), new ChannelTensor(inputs[1]));
        var result = (nint)output.Data;
        return new KernelWork(images.Channels, channel => DepthwiseChannel.WeightGradient(
            geometry, images[channel], gradients[channel], new Span<float>((float*)result + (channel * geometry.Taps), geometry.Taps)));
    }
}
