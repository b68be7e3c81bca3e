using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Winograd;

/// <summary>Filters (outputs, inputs, 3, 3) transformed: (16, outputs, inputs).</summary>
internal sealed unsafe class WeightTiles : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "WinogradWeights";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => [TileGeometry.Elements, inputs[0][0], inputs[0][1]];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var (outputs, columns) = (inputs[0].Shape[0], inputs[0].Shape[1]);
        var (from, to) = ((nint)inputs[0].Data, (nint)output.Data);
        return new KernelWork((int)outputs, row => TileWeights.Forward(
            new ReadOnlySpan<float>((float*)from + (row * columns * 9), (int)columns * 9), TileMatrix.Rows(to, outputs, columns, row, 1)));
    }
}
