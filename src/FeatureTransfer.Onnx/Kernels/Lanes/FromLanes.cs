using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>Lays images in the <see cref="LaneLayout"/> out as (batch, channels, height, width). The attribute is the number of channels.</summary>
internal sealed unsafe class FromLanes : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "FromLanes";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => [inputs[0][0], attribute[0], inputs[0][2], inputs[0][3]];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var (channels, blocks, pixels) = ((int)attribute[0], (int)inputs[0].Shape[1], (int)(output.Shape[2] * output.Shape[3]));
        var (from, to) = ((nint)inputs[0].Data, (nint)output.Data);
        return new KernelWork((int)output.Shape[0] * blocks, piece =>
        {
            var (image, block) = Math.DivRem(piece, blocks);
            var planes = (float*)to + ((((nint)image * channels) + (block * LaneLayout.Lanes)) * pixels);
            for (var lane = 0; lane < Math.Min(LaneLayout.Lanes, channels - (block * LaneLayout.Lanes)); lane++)
                LaneTransposition.ToPlane((float*)from + ((nint)piece * pixels * LaneLayout.Lanes) + lane, pixels, planes + ((nint)lane * pixels));
        });
    }
}
