namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>Summed over the copies.</summary>
internal sealed class TileGradient() : UnaryGradient("Tile")
{
    protected override string Derive(GradientContext context, string gradient) =>
        Scattered.Back(context, gradient, numbers => context.Emit("Tile", [numbers, context.Input(1)]));
}
