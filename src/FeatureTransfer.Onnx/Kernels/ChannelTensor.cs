using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>A tensor of images, (channels, batch, ...), seen channel by channel.</summary>
/// <param name="tensor">The tensor.</param>
internal sealed unsafe class ChannelTensor(KernelTensor tensor)
{
    private readonly int _images = (int)tensor.Shape[1];
    private readonly int _size = (int)tensor.Shape.Skip(2).Aggregate(1L, (product, size) => product * size);

    /// <summary>How many channels there are.</summary>
    public int Channels { get; } = (int)tensor.Shape[0];

    /// <summary>A channel of all images.</summary>
    public ChannelRows this[int channel] => new(tensor.Data + ((long)channel * _images * _size), _images, _size, _size);
}
