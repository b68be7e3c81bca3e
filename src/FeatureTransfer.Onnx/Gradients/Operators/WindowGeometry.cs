namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Where the windows of a convolution or a pool lie. Every list has one number for each spatial axis.</summary>
/// <param name="Input">Sizes of the input.</param>
/// <param name="Output">How many windows there are.</param>
/// <param name="Kernel">Elements in a window.</param>
/// <param name="Strides">Steps from window to window.</param>
/// <param name="Dilations">Steps from element to element within a window.</param>
/// <param name="Before">Padding before the input.</param>
/// <param name="After">Padding after the input, as declared: windows may stop short of it or, rounding up, pass it.</param>
internal sealed record WindowGeometry(long[] Input, long[] Output, long[] Kernel, long[] Strides, long[] Dilations, long[] Before, long[] After)
{
    /// <summary>The number of spatial axes.</summary>
    public int Rank => Kernel.Length;

    /// <summary>Elements in one window.</summary>
    public long Taps => TensorEmissions.Count(Kernel);

    /// <summary>Whether every window is one element.</summary>
    public bool IsPointwise => Taps == 1;

    /// <summary>Whether windows start at every element.</summary>
    public bool IsDense => Strides.All(stride => stride == 1);

    /// <summary>From the first to the last element of a window, both counted.</summary>
    public long Reach(int axis) => ((Kernel[axis] - 1) * Dilations[axis]) + 1;

    /// <summary>Padding after the input that the last window needs; below 0 where it ends before the input does.</summary>
    public long NeededAfter(int axis) => ((Output[axis] - 1) * Strides[axis]) + Reach(axis) - Input[axis] - Before[axis];

    /// <summary>For every axis.</summary>
    public long[] NeededAfter() => [.. Enumerable.Range(0, Rank).Select(NeededAfter)];

    /// <summary>The windows of a node that reads <paramref name="input"/> and writes <paramref name="output"/>, both (batch, channels, ...).</summary>
    public static WindowGeometry Of(GradientContext context, string input, string output, long[] kernel) =>
        Of(context.Node, context.KnownSizes(input, 2), context.KnownSizes(output, 2), kernel);

    /// <summary>The windows of a node between spatial sizes that are known.</summary>
    public static WindowGeometry Of(NodeProto node, long[] from, long[] to, long[] kernel)
    {
        var strides = node.Ints("strides") ?? Ones(kernel.Length);
        var dilations = node.Ints("dilations") ?? Ones(kernel.Length);
        var (before, after) = Pads(node, from, to, kernel, strides, dilations);
        return new WindowGeometry(from, to, kernel, strides, dilations, before, after);
    }

    /// <summary>The place of each tap in the window, the last axis running fastest.</summary>
    public IEnumerable<long[]> TapPositions() => Positions(Kernel);

    /// <summary>All places in a box, the last axis running fastest.</summary>
    public static IEnumerable<long[]> Positions(long[] sizes)
    {
        var count = TensorEmissions.Count(sizes);
        for (var i = 0L; i < count; i++)
        {
            var place = new long[sizes.Length];
            var rest = i;
            for (var axis = sizes.Length - 1; axis >= 0; axis--)
                (rest, place[axis]) = Math.DivRem(rest, sizes[axis]);
            yield return place;
        }
    }

    /// <summary>A list of ones.</summary>
    public static long[] Ones(int count) => [.. Enumerable.Repeat(1L, count)];

    private static (long[] Before, long[] After) Pads(NodeProto node, long[] from, long[] to, long[] kernel, long[] strides, long[] dilations)
    {
        var automatic = node.Text("auto_pad", "NOTSET");
        if (automatic is "SAME_UPPER" or "SAME_LOWER")
        {
            var totals = from.Select((size, axis) => Math.Max(0, ((to[axis] - 1) * strides[axis]) + ((kernel[axis] - 1) * dilations[axis]) + 1 - size)).ToArray();
            long[] small = [.. totals.Select(total => total / 2)];
            long[] large = [.. totals.Select(total => total - (total / 2))];
            return automatic == "SAME_UPPER" ? (small, large) : (large, small);
        }

        return node.Ints("pads") is { } pads ? (pads[..kernel.Length], pads[kernel.Length..]) : (new long[kernel.Length], new long[kernel.Length]);
    }
}
