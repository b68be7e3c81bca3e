using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>
/// The block that MobileNets repeat (Sandler et al. 2018, "MobileNetV2: Inverted Residuals and Linear Bottlenecks"), strip by strip, so that what it
/// widens stays in the core's cache; by itself each of its convolutions writes and reads all of that in memory. From images, weights of a
/// <see cref="Bottleneck"/> and images that are added to what comes out, where there are any, to images, all in the <see cref="LaneLayout"/>, but those
/// that go into a network's first convolution: (batch, channels, height, width).
/// </summary>
internal sealed unsafe class InvertedResidual : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "InvertedResidual";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 3;

    /// <inheritdoc/>
    public bool LastIsOptional => true;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs)
    {
        var bottleneck = Bottleneck.Read(attribute);
        var (rows, columns) = bottleneck.Filtered(inputs[0][2], inputs[0][3]);
        return [inputs[0][0], LaneLayout.Blocks(bottleneck.Outputs), bottleneck.OutputRows(rows), bottleneck.OutputColumns(columns), LaneLayout.Lanes];
    }

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var sizes = new BottleneckSizes(Bottleneck.Read(attribute), (int)inputs[0].Shape[2], (int)inputs[0].Shape[3]);
        var (from, weights, to) = ((nint)inputs[0].Data, (nint)inputs[1].Data, (nint)output.Data);
        var added = inputs.Length > 2 ? (nint)inputs[2].Data : 0;
        var run = new object();
        return new KernelWork((int)output.Shape[0] * sizes.Strips, piece =>
        {
            var (image, strip) = Math.DivRem(piece, sizes.Strips);
            var source = (float*)from + (image * sizes.InputLength);
            var target = (float*)to + (image * sizes.OutputLength);
            new BottleneckStrips(sizes, (float*)weights, source, target, BottleneckScratch.Of(sizes, run, image))
            {
                Added = added == 0 ? null : (float*)added + (image * sizes.OutputLength),
            }.Compute(strip);
        });
    }
}
