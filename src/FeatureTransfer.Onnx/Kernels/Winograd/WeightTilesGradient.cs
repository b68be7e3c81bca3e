using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>The gradient of <see cref="WeightTiles"/>: from (16, outputs, inputs) to (outputs, inputs, 3, 3).</summary>
internal sealed unsafe class WeightTilesGradient : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "WinogradWeightsGradient";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => [inputs[0][1], inputs[0][2], 3, 3];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var (outputs, columns) = (inputs[0].Shape[1], inputs[0].Shape[2]);
        var (from, to) = ((nint)inputs[0].Data, (nint)output.Data);
        return new KernelWork((int)outputs, row => TileWeights.Backward(
            TileMatrix.Rows(from, outputs, columns, row, 1), new Span<float>((float*)to + (row * columns * 9), (int)columns * 9)));
    }
}
