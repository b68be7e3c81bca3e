using System.Buffers;
using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>
/// A depthwise convolution of three by three in 8-bit integers, which gives the same bytes as ONNX Runtime's QLinearConv: from images in the
/// <see cref="IntegerLayout"/> with 32 channels or more, and packed weights, biases and scales (<see cref="IntegerWeights"/>), to such images. The attribute
/// is an <see cref="IntegerWindow"/>.
/// </summary>
internal sealed unsafe class IntegerDepthwise : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "IntegerDepthwise";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 4;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public TensorProto.Types.DataType OutputType => TensorProto.Types.DataType.Uint8;

    /// <inheritdoc/>
    public TensorProto.Types.DataType InputType(int input) => input switch
    {
        0 => TensorProto.Types.DataType.Uint8,
        1 => TensorProto.Types.DataType.Int16,
        2 => TensorProto.Types.DataType.Int32,
        _ => TensorProto.Types.DataType.Float,
    };

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs)
    {
        var window = IntegerWindow.Read(attribute);
        return [inputs[0][0], window.OutputRows(inputs[0][1]), window.OutputColumns(inputs[0][2]), inputs[0][3]];
    }

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var sizes = new IntegerSizes(IntegerWindow.Read(attribute), (int)inputs[0].Shape[1], (int)inputs[0].Shape[2], (int)inputs[0].Shape[3]);
        var (from, weights, bias, scales, to) = ((nint)inputs[0].Bytes, (nint)inputs[1].Bytes, (nint)inputs[2].Bytes, (nint)inputs[3].Bytes, (nint)output.Bytes);
        return new KernelWork((int)output.Shape[0] * sizes.Bands, piece =>
        {
            var (image, band) = Math.DivRem(piece, sizes.Bands);
            Compute(sizes, band * sizes.BandRows, new IntegerGroup((short*)weights, (int*)bias, (float*)scales), (byte*)from + (image * sizes.InputLength), (byte*)to + (image * sizes.OutputLength));
        });
    }

    private static void Compute(IntegerSizes sizes, int row, in IntegerGroup first, byte* image, byte* to)
    {
        var padding = ArrayPool<byte>.Shared.Rent(sizes.RowLength);
        padding.AsSpan(0, sizes.RowLength).Fill(sizes.Window.InputZero);
        fixed (byte* outside = padding)
        {
            var band = new IntegerBand(sizes, image, outside, to);
            for (var group = 0; group < IntegerLayout.Groups(sizes.Channels); group++)
                band.Compute(first.At(group), IntegerLayout.First(group, sizes.Channels), row, Math.Min(row + sizes.BandRows, sizes.OutputRows));
        }

        ArrayPool<byte>.Shared.Return(padding);
    }
}
