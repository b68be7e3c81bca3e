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

        // The second output counts the winners through the whole input.
        var winners = context.EmitMany("MaxPool", 2, [context.Input(0)], [.. context.Node.Attribute])[1];
        var flat = context.Emit("Reshape", [context.ZerosLike(context.Input(0)), context.Ints(-1)]);
        var scattered = context.Emit(
            "ScatterElements",
            [flat, context.Reshaped(winners, -1), context.Reshaped(gradient, -1)],
            GraphBuilder.Int("axis", 0),
            GraphBuilder.Text("reduction", "add"));
        context.Accumulate(0, context.ReshapeLike(scattered, context.Input(0)));
    }
}
