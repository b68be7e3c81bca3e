namespace FeatureTransfer.Inputs.Images;

/// <summary>
/// Bytes of RGB pixels to scaled floats in one pass, <c>(pixel * Scale - Mean[c]) / Std[c]</c>, to the last bit: where multiplying by
/// the reciprocal gives the same for all 256 bytes of each channel, it stands in for the slower division.
/// </summary>
internal sealed class PixelScaler
{
    private readonly ChannelScale[] _channels;
    private readonly bool _swapsBands;
    private readonly TensorLayout _layout;
    private readonly bool _divides;

    public PixelScaler(ImagePreprocessing preprocessing)
    {
        _channels = [.. Enumerable.Range(0, 3).Select(channel => new ChannelScale(preprocessing.Scale, preprocessing.Mean[channel], preprocessing.Std[channel]))];
        _swapsBands = preprocessing.Channels == ChannelOrder.Bgr;
        _layout = preprocessing.Layout;
        _divides = !_channels.All(channel => channel.ReciprocalIsExact);
    }

    /// <summary>Scales (height, width, 3) bytes into a tensor of as many floats.</summary>
    public void Scale(ReadOnlySpan<byte> pixels, Span<float> tensor)
    {
        tensor = tensor[..pixels.Length];
        if (_layout == TensorLayout.Nhwc)
            PixelRows.Scale(pixels, tensor, _swapsBands, _channels);
        else if (_divides)
            ToPlanes<ByDividing>(pixels, tensor);
        else
            ToPlanes<ByReciprocal>(pixels, tensor);
    }

    private unsafe void ToPlanes<TLast>(ReadOnlySpan<byte> pixels, Span<float> tensor)
        where TLast : struct, ILastStep
    {
        var area = pixels.Length / 3;
        var (red, blue) = _swapsBands ? (2, 0) : (0, 2);
        fixed (byte* from = pixels)
        fixed (float* to = tensor)
            PixelPlanes.Scale<TLast>(from, to + ((long)red * area), to + area, to + ((long)blue * area), area, (_channels[red], _channels[1], _channels[blue]));

        // Stores past the cache are not ordered with others: whoever is told that the tensor is there must see all of it.
        Thread.MemoryBarrier();
    }
}
