using System.Runtime.CompilerServices;
using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>
/// A convolution with a window of one, and the activation behind it, in the <see cref="LaneLayout"/>: from images and the weights of a
/// <see cref="PointwiseLayer"/>, whose sizes are the attribute.
/// </summary>
internal sealed unsafe class LanePointwise : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "LanePointwise";

    // So many at once use each weight often enough; a thread takes so many.
    private const int PixelsAtOnce = 56;

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 2;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => [inputs[0][0], LaneLayout.Blocks(attribute[1]), inputs[0][2], inputs[0][3], LaneLayout.Lanes];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var layer = new PointwiseLayer((int)attribute[0], (int)attribute[1]);
        var pixels = (int)(output.Shape[2] * output.Shape[3]);
        var step = (nint)pixels * LaneLayout.Lanes;
        var (from, weights, to) = ((nint)inputs[0].Data, (nint)inputs[1].Data, (nint)output.Data);
        var offsets = PanelWeights.Offsets(layer.Inputs, step);
        var pieces = (pixels + PixelsAtOnce - 1) / PixelsAtOnce;
        return new KernelWork((int)output.Shape[0] * pieces, piece =>
        {
            var (image, part) = Math.DivRem(piece, pieces);
            var first = part * PixelsAtOnce;
            var pixel = (float*)from + (image * step * LaneLayout.Blocks(layer.Inputs)) + ((nint)first * LaneLayout.Lanes);
            var target = (float*)to + (image * step * LaneLayout.Blocks(layer.Outputs)) + ((nint)first * LaneLayout.Lanes);
            Compute(layer, (float*)weights, offsets, pixel, Math.Min(PixelsAtOnce, pixels - first), target, step);
        });
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Compute(PointwiseLayer layer, float* weights, int[] offsets, float* from, int pixels, float* to, nint step)
    {
        var product = new PixelProduct<LaneSpacing>(layer.Read(weights), offsets);
        for (var channel = 0; channel < layer.Filled; channel += PanelWeights.Width)
            product.Compute(channel, from, pixels, new LaneTarget((nint)to, step, new Bounds(weights[0], weights[1])));
    }
}
