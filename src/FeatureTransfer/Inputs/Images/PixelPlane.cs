using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Inputs.Images;

/// <summary>One channel's plane of a tensor, with the formula of what goes into it.</summary>
internal readonly ref struct PixelPlane<TLast>
    where TLast : struct, ILastStep
{
    private readonly ref float _first;
    private readonly ChannelScale _channel;
    private readonly Vector256<float> _scale;
    private readonly Vector256<float> _mean;
    private readonly Vector256<float> _last;

    public PixelPlane(Span<float> values, ChannelScale channel)
    {
        _first = ref MemoryMarshal.GetReference(values);
        _channel = channel;
        _scale = Vector256.Create(channel.Scale);
        _mean = Vector256.Create(channel.Mean);
        _last = Vector256.Create(TLast.Prepare(channel.Std));
        Length = values.Length;
    }

    /// <summary>How many values the plane has.</summary>
    public int Length { get; }

    /// <summary>Writes sixteen values; the caller keeps to <see cref="Length"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Vector128<byte> pixels, int at)
    {
        Scaled(ByteVectors.LowerFloats(pixels)).StoreUnsafe(ref _first, (nuint)at);
        Scaled(ByteVectors.UpperFloats(pixels)).StoreUnsafe(ref _first, (nuint)(at + 8));
    }

    /// <summary>Writes one value; the caller keeps to <see cref="Length"/>.</summary>
    public void Write(byte pixel, int at) => Unsafe.Add(ref _first, at) = _channel.Of(pixel);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Scaled(Vector256<float> pixels) => TLast.Apply((pixels * _scale) - _mean, _last);
}
