using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Inputs.Images;

/// <summary>One channel's plane of a tensor, with the formula of what goes into it. Its memory is pinned while it is written.</summary>
internal readonly unsafe struct PixelPlane<TLast>
    where TLast : struct, ILastStep
{
    // A plane this long is not read again before much else has passed through the cache. Storing it past the cache spares reading
    // the lines that are about to be overwritten, and leaves the cache to the weights of the backbone.
    private const int StreamedLength = 1 << 14;

    private readonly float* _first;
    private readonly ChannelScale _channel;
    private readonly Vector256<float> _scale;
    private readonly Vector256<float> _mean;
    private readonly Vector256<float> _last;
    private readonly bool _streams;

    public PixelPlane(float* first, int length, ChannelScale channel)
    {
        _first = first;
        Length = length;
        _channel = channel;
        _scale = Vector256.Create(channel.Scale);
        _mean = Vector256.Create(channel.Mean);
        _last = Vector256.Create(TLast.Prepare(channel.Std));
        _streams = length >= StreamedLength && (nuint)first % (nuint)Vector256<byte>.Count == 0;
    }

    /// <summary>How many values the plane has.</summary>
    public int Length { get; }

    /// <summary>Writes sixteen values; the caller keeps to <see cref="Length"/>, and to multiples of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Vector128<byte> pixels, int at)
    {
        var (lower, upper) = (Scaled(ByteVectors.LowerFloats(pixels)), Scaled(ByteVectors.UpperFloats(pixels)));
        if (_streams)
        {
            lower.StoreAlignedNonTemporal(_first + at);
            upper.StoreAlignedNonTemporal(_first + at + 8);
        }
        else
        {
            lower.Store(_first + at);
            upper.Store(_first + at + 8);
        }
    }

    /// <summary>Writes one value; the caller keeps to <see cref="Length"/>.</summary>
    public void Write(byte pixel, int at) => _first[at] = _channel.Of(pixel);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Scaled(Vector256<float> pixels) => TLast.Apply((pixels * _scale) - _mean, _last);
}
