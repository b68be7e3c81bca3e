namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>
/// The constants of an <see cref="IntegerDepthwise"/>, in the order of its sums. Instructions multiply pairs of 16-bit integers and add both products: the
/// weights of the window's first two rows are such a pair, that of its third row has a zero beside it.
/// </summary>
/// <param name="Weights">The weights: group, column of the window, pair, channel, row of the pair.</param>
/// <param name="Bias">A number a channel, from which the input's zero, times all weights, is taken away.</param>
/// <param name="Scales">What a sum is multiplied by.</param>
internal sealed record IntegerWeights(short[] Weights, int[] Bias, float[] Scales)
{
    private const int Size = IntegerWindow.Size;
    private const int Lanes = IntegerLayout.Lanes;

    // Of a window of the largest products, and once more for the input's zero.
    private const int LargestSum = 2 * Size * Size * byte.MaxValue * -sbyte.MinValue;

    /// <summary>16-bit integers of a group's weights.</summary>
    public const int GroupLength = Size * ColumnLength;

    /// <summary>16-bit integers of a column of the window.</summary>
    public const int ColumnLength = 4 * Lanes;

    /// <summary>Packs what a quantized convolution has.</summary>
    /// <param name="weights">The weights (channels, 1, 3, 3).</param>
    /// <param name="bias">A number a channel.</param>
    /// <param name="scales">What the sums of a channel are multiplied by.</param>
    /// <param name="inputZero">The byte that stands for zero in what goes in.</param>
    public static IntegerWeights Pack(ReadOnlySpan<sbyte> weights, ReadOnlySpan<int> bias, float[] scales, byte inputZero)
    {
        var channels = scales.Length;
        var sums = new int[channels];
        for (var channel = 0; channel < channels; channel++)
        {
            sums[channel] = bias[channel];
            foreach (var weight in weights.Slice(channel * Size * Size, Size * Size))
                sums[channel] -= inputZero * weight;
        }

        var packed = new short[IntegerLayout.Groups(channels) * GroupLength];
        for (var group = 0; group < IntegerLayout.Groups(channels); group++)
        {
            for (var place = 0; place < Lanes; place++)
            {
                var channel = IntegerLayout.First(group, channels) + IntegerLayout.Channel(place);
                Place(weights.Slice(channel * Size * Size, Size * Size), packed.AsSpan(group * GroupLength, GroupLength), 2 * place);
            }
        }

        return new IntegerWeights(packed, IntegerLayout.Pack(sums), IntegerLayout.Pack(scales));
    }

    /// <summary>Whether no sum leaves 32 bits, neither before nor behind its scale.</summary>
    /// <param name="bias">A number a channel.</param>
    /// <param name="scales">What the sums of a channel are multiplied by.</param>
    public static bool Hold(ReadOnlySpan<int> bias, ReadOnlySpan<float> scales)
    {
        for (var channel = 0; channel < scales.Length; channel++)
        {
            var most = Math.Abs((double)bias[channel]) + LargestSum;
            if (!(most <= int.MaxValue && most * scales[channel] < IntegerScaling.Bound))
                return false;
        }

        return true;
    }

    private static void Place(ReadOnlySpan<sbyte> window, Span<short> group, int at)
    {
        for (var column = 0; column < Size; column++)
        {
            var to = group.Slice(column * ColumnLength, ColumnLength);
            to[at] = window[column];
            to[at + 1] = window[Size + column];
            to[(ColumnLength / 2) + at] = window[(2 * Size) + column];
        }
    }
}
