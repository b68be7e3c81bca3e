using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradient of a maximum pool goes to the position that won each window, and is summed where windows overlap.</summary>
internal sealed class MaxPoolGradient : IOperatorGradient
{
    /// <inheritdoc/>
    public string Operator => "MaxPool";

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient || !context.Needs(0))
            return;
        if (context.Int("storage_order", 0) != 0)
            throw context.Unsupported("storage_order 1 counts winners column by column; export the model with storage_order 0");

        context.Accumulate(0, Windows(context) is { } windows ? Kernel(context, windows, gradient) : Scattered(context, gradient));
    }

    private static string Kernel(GradientContext context, WindowGeometry windows, string gradient) => context.EmitKernel(
        PooledGradient.OperatorName,
        [gradient, context.Output(0), context.Input(0)],
        KernelNode.Write(windows.Kernel, windows.Strides, windows.Dilations, [.. windows.Before, .. windows.After], windows.Input));

    // Null where an operator of our own does not know them.
    private static WindowGeometry? Windows(GradientContext context)
    {
        bool Known(string tensor) => context.Shape(tensor) is { Length: 3 or 4 } shape && !shape.Skip(2).Contains(null);
        return context.UsesKernels && Known(context.Input(0)) && Known(context.Output(0))
            ? WindowGeometry.Of(context, context.Input(0), context.Output(0), context.IntList("kernel_shape")!)
            : null;
    }

    private static string Scattered(GradientContext context, string gradient)
    {
        // The second output counts the winners through the whole input.
        var winners = context.EmitMany("MaxPool", 2, [context.Input(0)], [.. context.Node.Attribute])[1];
        var flat = context.Emit("Reshape", [context.ZerosLike(context.Input(0)), context.Ints(-1)]);
        var scattered = context.Emit(
            "ScatterElements",
            [flat, context.Reshaped(winners, -1), context.Reshaped(gradient, -1)],
            GraphBuilder.Int("axis", 0),
            GraphBuilder.Text("reduction", "add"));
        return context.ReshapeLike(scattered, context.Input(0));
    }
}
