using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Inputs.Images;

/// <summary>One channel's formula for eight values. Three fields and no more, so that the compiler keeps them in registers.</summary>
internal readonly struct PlaneFormula<TLast>(ChannelScale channel)
    where TLast : struct, ILastStep
{
    private readonly Vector256<float> _scale = Vector256.Create(channel.Scale);
    private readonly Vector256<float> _mean = Vector256.Create(channel.Mean);
    private readonly Vector256<float> _last = Vector256.Create(TLast.Prepare(channel.Std));

    /// <summary>Scales eight pixels' values of the channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> pixels) => TLast.Apply((pixels * _scale) - _mean, _last);
}
