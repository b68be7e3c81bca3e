using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>A tensor of images, seen channel by channel.</summary>
internal sealed unsafe class ChannelTensor
{
    private readonly float* _data;
    private readonly bool _channelsFirst;
    private readonly int _images;
    private readonly int _size;

    private ChannelTensor(FloatTensor tensor, bool channelsFirst)
    {
        var shape = tensor.Shape;
        _data = tensor.Data;
        _channelsFirst = channelsFirst;
        (Channels, _images) = channelsFirst ? ((int)shape[0], (int)shape[1]) : ((int)shape[1], (int)shape[0]);
        _size = (int)shape.Skip(2).Aggregate(1L, (product, size) => product * size);
    }

    /// <summary>How many channels there are.</summary>
    public int Channels { get; }

    /// <summary>A channel of all images.</summary>
    public ChannelRows this[int channel] => _channelsFirst
        ? new(_data + ((long)channel * _images * _size), _images, _size, _size)
        : new(_data + ((long)channel * _size), _images, (long)Channels * _size, _size);

    /// <summary>A tensor, in the order of axes that its node says.</summary>
    public static ChannelTensor Of(KernelNode node, FloatTensor tensor) => new(tensor, node.ChannelsFirst);
}
