using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>The mean over height and width of images in the <see cref="LaneLayout"/>. The attribute is the output's shape behind the batch: the channels, and two ones where it keeps the axes.</summary>
internal sealed unsafe class LaneMean : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "LaneMean";

    private const int Lanes = LaneLayout.Lanes;

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 1;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => [inputs[0][0], .. attribute];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var (channels, blocks, pixels) = ((int)attribute[0], (int)inputs[0].Shape[1], (int)(inputs[0].Shape[2] * inputs[0].Shape[3]));
        var (from, to) = ((nint)inputs[0].Data, (nint)output.Data);
        return new KernelWork((int)output.Shape[0] * blocks, piece =>
        {
            var (image, block) = Math.DivRem(piece, blocks);
            var mean = Mean((float*)from + ((nint)piece * pixels * Lanes), pixels);
            for (var lane = 0; lane < Math.Min(Lanes, channels - (block * Lanes)); lane++)
                ((float*)to)[((nint)image * channels) + (block * Lanes) + lane] = mean[lane];
        });
    }

    // Two sums of half the pixels each round less than one.
    [MethodImpl(Compiled.AtOnce)]
    private static Vector512<float> Mean(float* from, int pixels)
    {
        var (even, odd) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var pixel = 0;
        for (; pixel + 2 <= pixels; pixel += 2)
        {
            even += Vector512.Load(from + (pixel * Lanes));
            odd += Vector512.Load(from + ((pixel + 1) * Lanes));
        }

        if (pixel < pixels)
            even += Vector512.Load(from + (pixel * Lanes));
        return (even + odd) / pixels;
    }
}
