using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>
/// The first convolution of a network, and the activation behind it: from images (batch, channels, height, width) and the weights of a
/// <see cref="FirstConvolution"/>, whose sizes are the attribute, into the <see cref="LaneLayout"/>.
/// </summary>
internal sealed unsafe class ImageToLanes : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "ImageToLanes";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 2;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs)
    {
        var convolution = FirstConvolution.Read(attribute);
        return [inputs[0][0], LaneLayout.Blocks(convolution.Outputs), convolution.OutputRows(inputs[0][2]), convolution.OutputColumns(inputs[0][3]), LaneLayout.Lanes];
    }

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var convolution = FirstConvolution.Read(attribute);
        var windows = new ImageWindows(convolution, (int)inputs[0].Shape[2], (int)inputs[0].Shape[3]);
        var (rows, step) = ((int)output.Shape[2], (nint)(output.Shape[2] * output.Shape[3] * LaneLayout.Lanes));
        var (from, weights, to) = ((nint)inputs[0].Data, (nint)inputs[1].Data, (nint)output.Data);
        return new KernelWork((int)output.Shape[0] * rows, piece =>
        {
            var (image, row) = Math.DivRem(piece, rows);
            var target = (float*)to + (image * step * LaneLayout.Blocks(convolution.Outputs)) + (row * windows.OutputColumns * LaneLayout.Lanes);
            var bounds = new Bounds(((float*)weights)[0], ((float*)weights)[1]);
            windows.Compute((float*)from + (image * windows.ImageLength), row, convolution.Layer.Read((float*)weights), new LaneTarget((nint)target, step, bounds));
        });
    }
}
