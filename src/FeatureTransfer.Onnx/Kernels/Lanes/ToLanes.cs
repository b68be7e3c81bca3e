using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>Lays images (batch, channels, height, width) out in the <see cref="LaneLayout"/>.</summary>
internal sealed unsafe class ToLanes : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "ToLanes";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => [inputs[0][0], LaneLayout.Blocks(inputs[0][1]), inputs[0][2], inputs[0][3], LaneLayout.Lanes];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var (channels, blocks, pixels) = ((int)inputs[0].Shape[1], (int)output.Shape[1], (int)(output.Shape[2] * output.Shape[3]));
        var (from, to) = ((nint)inputs[0].Data, (nint)output.Data);
        return new KernelWork((int)output.Shape[0] * blocks, piece =>
        {
            var (image, block) = Math.DivRem(piece, blocks);
            var first = block * LaneLayout.Lanes;
            var planes = (float*)from + ((((nint)image * channels) + first) * pixels);
            LaneTransposition.ToBlock(planes, Math.Min(LaneLayout.Lanes, channels - first), pixels, (float*)to + ((nint)piece * pixels * LaneLayout.Lanes));
        });
    }
}
