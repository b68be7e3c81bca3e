namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>
/// The gradient of a transposed convolution. It is the convolution's input gradient, so its own input gradient is the convolution,
/// and its weight gradient is the convolution's with the two images exchanged.
/// </summary>
internal sealed class ConvTransposeGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "ConvTranspose";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient)
            return;
        var convolution = Reversed(context);
        if (context.Needs(0))
            context.Accumulate(0, Forward(context, convolution, gradient));
        if (context.Needs(1))
            context.Accumulate(1, ConvolutionWeightGradient.Emit(context, convolution, gradient, context.Input(0)));
        if (context.Needs(2))
            context.Accumulate(2, context.Sum(ChannelRows.Of(context, gradient, convolution.Inputs, convolution.Windows.Rank), [1], keep: false));
    }

    // The convolution that leads from the node's output to its input.
    private static Convolution Reversed(GradientContext context)
    {
        var shape = context.KnownSizes(context.Input(1), 0);
        var groups = context.Int("group", 1);
        var kernel = shape[2..];
        var large = context.KnownSizes(context.Output(0), 2);
        var small = context.KnownSizes(context.Input(0), 2);
        var strides = context.IntList("strides") ?? WindowGeometry.Ones(kernel.Length);
        var dilations = context.IntList("dilations") ?? WindowGeometry.Ones(kernel.Length);
        var before = Before(context, small, large, kernel, strides, dilations);
        var windows = new WindowGeometry(large, small, kernel, strides, dilations, before, new long[kernel.Length]);
        return new Convolution(shape[1] * groups, shape[0], groups, windows);
    }

    private static string Forward(GradientContext context, Convolution convolution, string gradient)
    {
        var windows = convolution.Windows;
        long[] after = [.. Enumerable.Range(0, windows.Rank).Select(windows.NeededAfter)];

        // Output padding and sizes given outright leave rows behind the last window, always fewer than a stride: no window reads them.
        return context.Emit(
            "Conv",
            [gradient, context.Input(1)],
            GraphBuilder.Ints("kernel_shape", windows.Kernel),
            GraphBuilder.Ints("strides", windows.Strides),
            GraphBuilder.Ints("dilations", windows.Dilations),
            GraphBuilder.Ints("pads", [.. windows.Before, .. after.Select(size => Math.Max(0, size))]),
            GraphBuilder.Int("group", convolution.Groups));
    }

    // Pads are given, or follow from the output's size: then an odd one goes before with SAME_LOWER and behind otherwise.
    private static long[] Before(GradientContext context, long[] small, long[] large, long[] kernel, long[] strides, long[] dilations)
    {
        var automatic = context.Text("auto_pad", "NOTSET");
        if (automatic is not ("SAME_UPPER" or "SAME_LOWER") && context.IntList("output_shape") is null)
            return context.IntList("pads")?[..kernel.Length] ?? new long[kernel.Length];
        var extra = context.IntList("output_padding") ?? new long[kernel.Length];
        return [.. small.Select((size, axis) =>
        {
            var total = Math.Max(0, (strides[axis] * (size - 1)) + extra[axis] + ((kernel[axis] - 1) * dilations[axis]) + 1 - large[axis]);
            return automatic == "SAME_UPPER" ? total / 2 : total - (total / 2);
        })];
    }
}
