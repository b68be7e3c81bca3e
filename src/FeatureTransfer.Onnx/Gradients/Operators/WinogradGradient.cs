using FeatureTransfer.Onnx.Kernels.Winograd;

namespace FeatureTransfer.Onnx.Gradients.Operators;

/// <summary>The gradients of the transforms of tiles: all are linear, and their transposes are operators too.</summary>
internal sealed class WinogradGradient(string name, string transpose) : IOperatorGradient
{
    /// <summary>The gradients of all three.</summary>
    public static IEnumerable<IOperatorGradient> All =>
    [
        new WinogradGradient(InputTiles.OperatorName, InputTilesGradient.OperatorName),
        new WinogradGradient(WeightTiles.OperatorName, WeightTilesGradient.OperatorName),
        new WinogradGradient(OutputTiles.OperatorName, OutputTilesGradient.OperatorName),
    ];

    /// <inheritdoc/>
    public string Operator => name;

    /// <inheritdoc/>
    public void Build(GradientContext context)
    {
        if (context.OutputGradient(0) is not { } gradient)
            return;
        if (context.Needs(0))
            context.Accumulate(0, context.EmitKernel(transpose, [gradient], context.Node.Attribute.Single().Clone()));
        if (context.Needs(1))
            context.Accumulate(1, context.Sum(gradient, [1, 2, 3], keep: false));
    }
}
