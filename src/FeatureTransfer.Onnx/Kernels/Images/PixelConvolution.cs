using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Images;

/// <summary>
/// A 1 x 1 convolution of few channels, and the activation behind it: from images (channels, batch, ...), weights (outputs, channels, ...) and, if there is one, a
/// bias an output to (outputs, batch, ...). Sums so short take less time than to write the result, which is written once.
/// </summary>
internal sealed unsafe class PixelConvolution : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "PixelConv";

    // Tiles of a piece: long enough that results are written in long rows.
    private const int MostTiles = 48;

    // Floats that a piece reads, half a megabyte: they stay in the second cache.
    private const int MostElements = 1 << 17;

    // Pieces at least, where there are enough pixels.
    private const int Pieces = 16;

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 3;

    /// <inheritdoc/>
    public bool LastIsOptional => true;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => [inputs[1][0], .. inputs[0].Skip(1)];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var pixels = output.Shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        var panels = WeightPanels.Of(inputs[1], inputs.Length > 2 ? inputs[2].Data : null);
        var bounds = KernelNode.Read(attribute).Bounds;
        var (channels, from, to) = ((int)inputs[0].Shape[0], (nint)inputs[0].Data, (nint)output.Data);
        var length = Tiles(channels, pixels) * OutputTile.Pixels;
        return new KernelWork((int)((pixels + length - 1) / length), piece =>
        {
            var first = (nint)piece * length;
            var product = new PixelProduct(panels, bounds, channels, (nint)pixels);
            product.Compute((float*)from + first, (int)Math.Min(length, pixels - first), (float*)to + first);
        });
    }

    private static int Tiles(long channels, long pixels) =>
        (int)Math.Max(1, Math.Min(Math.Min(MostTiles, MostElements / (channels * OutputTile.Pixels)), pixels / (Pieces * OutputTile.Pixels)));
}
