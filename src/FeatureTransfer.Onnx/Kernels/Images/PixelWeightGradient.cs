using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Images;

/// <summary>
/// The gradient of <see cref="PixelConvolution"/> with respect to its weights, as shares that are to be summed: from images (channels, batch, ...) and the
/// output's gradient (outputs, batch, ...) to (shares, outputs, channels, ...). There are always as many shares, so that sums are the same on any processor.
/// </summary>
internal sealed unsafe class PixelWeightGradient : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "PixelConvWeightGradient";

    private const int Shares = 16;

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 2;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) =>
        [Shares, inputs[1][0], inputs[0][0], .. Enumerable.Repeat(1L, KernelNode.Read(attribute).Input.Length)];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var (images, gradients, to) = ((nint)inputs[0].Data, (nint)inputs[1].Data, (nint)output.Data);
        var pixels = (nint)inputs[0].Shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        var length = ((pixels / Shares / PixelRow.Lanes) + 1) * PixelRow.Lanes;
        var sums = new PixelCorrelation((int)inputs[0].Shape[0], (int)inputs[1].Shape[0], pixels);
        return new KernelWork(Shares, share =>
        {
            var first = share * length;
            sums.Compute((float*)images + first, (float*)gradients + first, (int)Math.Clamp(pixels - first, 0, length), (float*)to + (share * sums.Length));
        });
    }
}
