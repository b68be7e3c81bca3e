using System.Numerics;
using System.Runtime.CompilerServices;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>
/// One channel of a depthwise convolution over all images of a batch, forward and both ways back. A plane of an image stays in the
/// first caches from end to end, and nothing is unrolled. Channels are independent, so results do not depend on the number of threads.
/// </summary>
internal static class DepthwiseChannel
{
    /// <summary>What the channel's filter makes of every image.</summary>
    /// <param name="geometry">Where its windows lie.</param>
    /// <param name="input">The channel of the images.</param>
    /// <param name="filter">One weight a tap.</param>
    /// <param name="bias">Is added to every element.</param>
    /// <param name="bounds">The activation behind it.</param>
    /// <param name="output">Takes the channel of the results.</param>
    [MethodImpl(Compiled.AtOnce)]
    public static void Forward(PlaneGeometry geometry, ChannelRows input, ReadOnlySpan<float> filter, float bias, Bounds bounds, ChannelRows output)
    {
        using var memory = new Scratch(geometry, geometry.Planes * geometry.Spacing, geometry.Wide);
        var offsets = memory.OffsetsInPlanes();
        for (var image = 0; image < input.Images; image++)
        {
            PlanePacking.Deal(geometry, input[image], memory.First);
            Correlation.Sum(memory.First, offsets, filter, bias, bounds, memory.Second, geometry.Wide);
            PlanePacking.Narrow(geometry, memory.Second, output[image]);
        }
    }

    /// <summary>The gradient of every image.</summary>
    /// <param name="geometry">Where the windows lie.</param>
    /// <param name="gradient">The channel of the output's gradient.</param>
    /// <param name="filter">One weight a tap.</param>
    /// <param name="result">Takes the channel of the input's gradient.</param>
    [MethodImpl(Compiled.AtOnce)]
    public static void InputGradient(PlaneGeometry geometry, ChannelRows gradient, ReadOnlySpan<float> filter, ChannelRows result)
    {
        // Before the gradient lie zeros, as many as a tap may reach back.
        using var memory = new Scratch(geometry, geometry.LastOffset + geometry.Plane, geometry.Planes * geometry.Spacing);
        var start = geometry.FirstRow * geometry.Pitch;
        Span<float> weights = new float[geometry.Taps];
        for (var image = 0; image < gradient.Images; image++)
        {
            PlanePacking.Widen(geometry, gradient[image], memory.First[geometry.LastOffset..]);
            for (var plane = 0; plane < geometry.Planes; plane++)
            {
                var taps = Gathered(filter, geometry.BackwardTaps[plane], weights);
                Correlation.Sum(memory.First[start..], geometry.BackwardOffsets[plane], taps, bias: 0, Bounds.None, memory.Second[((plane * geometry.Spacing) + start)..], geometry.UsedRows * geometry.Pitch);
            }

            PlanePacking.Gather(geometry, memory.Second, result[image]);
        }
    }

    /// <summary>The gradient of the filter, summed over the images in their order.</summary>
    /// <param name="geometry">Where the windows lie.</param>
    /// <param name="input">The channel of the images.</param>
    /// <param name="gradient">The channel of the output's gradient.</param>
    /// <param name="result">Takes one number a tap.</param>
    [MethodImpl(Compiled.AtOnce)]
    public static void WeightGradient(PlaneGeometry geometry, ChannelRows input, ChannelRows gradient, Span<float> result)
    {
        using var memory = new Scratch(geometry, geometry.Planes * geometry.Spacing, geometry.Wide);
        var offsets = memory.OffsetsInPlanes();
        Span<Vector<float>> sums = new Vector<float>[geometry.Taps];
        for (var image = 0; image < input.Images; image++)
        {
            PlanePacking.Deal(geometry, input[image], memory.First);
            PlanePacking.Widen(geometry, gradient[image], memory.Second);
            Correlation.Products(memory.First, offsets, memory.Second, sums, geometry.Wide);
        }

        for (var tap = 0; tap < result.Length; tap++)
            result[tap] = Vector.Sum(sums[tap]);
    }

    [MethodImpl(Compiled.AtOnce)]
    private static ReadOnlySpan<float> Gathered(ReadOnlySpan<float> filter, int[] taps, Span<float> weights)
    {
        for (var i = 0; i < taps.Length; i++)
            weights[i] = filter[taps[i]];
        return weights[..taps.Length];
    }
}
