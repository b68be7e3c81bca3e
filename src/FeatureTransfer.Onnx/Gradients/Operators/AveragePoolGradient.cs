namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// The gradient of an average pool. Each output is divided by the number of elements that its window counts; then every input sums
/// the windows that read it, which is an average pool again, over the gradient with zeros between and around its elements.
/// </summary>
internal sealed class AveragePoolGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "AveragePool";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient || !context.Needs(0))
            return;
        var kernel = context.IntList("kernel_shape")!;
        var windows = WindowGeometry.Of(context, context.Input(0), context.Output(0), kernel);
        var spread = Interleaved(context, windows, Weighted(context, windows, gradient));
        context.Accumulate(0, windows.Dilations.All(dilation => dilation == 1)
            ? Pooled(context, windows, spread)
            : Convolved(context, windows, spread));
    }

    private static string Pooled(GradientContext context, WindowGeometry windows, string spread) => context.Emit(
        "AveragePool",
        [context.Padded(spread, [0, 0, .. Before(windows)], [0, 0, .. After(windows)])],
        GraphBuilder.Ints("kernel_shape", windows.Kernel));

    // Pools take no padding as wide as their kernel, which dilated ones need here; a convolution with equal weights does.
    private static string Convolved(GradientContext context, WindowGeometry windows, string spread)
    {
        var weights = context.Floats([.. Enumerable.Repeat(1f / windows.Taps, (int)windows.Taps)]);
        long[] sizes = [.. windows.Output.Select((size, axis) => size * windows.Strides[axis])];
        var padded = context.Padded(context.Reshaped(spread, [-1, 1, .. sizes]), [0, 0, .. Before(windows)], [0, 0, .. After(windows)]);
        var result = context.Emit("Conv", [padded, context.Reshaped(weights, [1, 1, .. windows.Kernel])], GraphBuilder.Ints("dilations", windows.Dilations));
        return context.ReshapeLike(result, context.Input(0));
    }

    // The pool behind divides by the taps of a window; windows at the border may count fewer.
    private static string Weighted(GradientContext context, WindowGeometry windows, string gradient)
    {
        var taps = windows.Taps;
        var counts = Counts(windows, context.Int("count_include_pad", 0) == 1);
        if (counts.All(count => count == taps))
            return gradient;
        var weights = context.Reshaped(context.Floats([.. counts.Select(count => (float)taps / count)]), windows.Output);
        return context.Times(gradient, weights);
    }

    private static List<long> Counts(WindowGeometry windows, bool countPadding)
    {
        var perAxis = Enumerable.Range(0, windows.Rank).Select(axis => CountsAlong(windows, axis, countPadding)).ToArray();
        return [.. WindowGeometry.Positions(windows.Output).Select(place => place.Select((index, axis) => perAxis[axis][index]).Aggregate((product, count) => product * count))];
    }

    // Padding is counted where the node says so, but never what lies behind it: windows reach there when sizes are rounded up.
    private static long[] CountsAlong(WindowGeometry windows, int axis, bool countPadding)
    {
        var first = countPadding ? -windows.Before[axis] : 0;
        var end = windows.Input[axis] + (countPadding ? windows.After[axis] : 0);
        return [.. Enumerable.Range(0, (int)windows.Output[axis]).Select(window => Enumerable.Range(0, (int)windows.Kernel[axis])
            .Select(tap => (window * windows.Strides[axis]) + (tap * windows.Dilations[axis]) - windows.Before[axis])
            .LongCount(position => position >= first && position < end))];
    }

    // Zeros behind each element, so that windows lie one step apart: (.., n, ..) as (.., n, 1, ..), padded to (.., n, stride, ..).
    private static string Interleaved(GradientContext context, WindowGeometry windows, string gradient)
    {
        if (windows.IsDense)
            return gradient;
        var apart = context.Reshaped(gradient, [0, 0, .. windows.Output.SelectMany(size => new[] { size, 1 })]);
        var spread = context.Padded(apart, new long[2 + (2 * windows.Rank)], [0, 0, .. windows.Strides.SelectMany(stride => new[] { 0, stride - 1 })]);
        return context.Reshaped(spread, [0, 0, .. windows.Output.Select((size, axis) => size * windows.Strides[axis])]);
    }

    private static IEnumerable<long> Before(WindowGeometry windows) =>
        Enumerable.Range(0, windows.Rank).Select(axis => windows.Reach(axis) - 1 - windows.Before[axis]);

    // As much as makes the result as large as the input.
    private static IEnumerable<long> After(WindowGeometry windows) => Enumerable.Range(0, windows.Rank).Select(axis =>
        windows.Input[axis] + windows.Before[axis] - (windows.Output[axis] * windows.Strides[axis]));
}
