using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>
/// An average pool over images in the <see cref="IntegerLayout"/>: the sum of a window's bytes is exact, and rounded once, to the nearest byte, ties to even.
/// The second input is the input's scale by the output's, the attribute an <see cref="IntegerPool"/>.
/// </summary>
internal sealed unsafe class IntegerAveragePool : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "IntegerAveragePool";

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 2;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public TensorProto.Types.DataType OutputType => TensorProto.Types.DataType.Uint8;

    /// <inheritdoc/>
    public TensorProto.Types.DataType InputType(int input) => input == 0 ? TensorProto.Types.DataType.Uint8 : TensorProto.Types.DataType.Float;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs)
    {
        var pool = IntegerPool.Read(attribute);
        return [inputs[0][0], pool.Rows.Windows((int)inputs[0][1]), pool.Columns.Windows((int)inputs[0][2]), inputs[0][3]];
    }

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var pool = IntegerPool.Read(attribute);
        var (height, width, channels) = ((int)inputs[0].Shape[1], (int)inputs[0].Shape[2], (int)inputs[0].Shape[3]);
        var (outputRows, outputColumns) = ((int)output.Shape[1], (int)output.Shape[2]);
        var (from, ratio, to) = ((nint)inputs[0].Bytes, *inputs[1].Data, (nint)output.Bytes);
        return new KernelWork((int)output.Shape[0] * outputRows, piece =>
        {
            var (image, row) = Math.DivRem(piece, outputRows);
            var (firstRow, rows) = Inside(pool.Rows, row, height);
            var target = (byte*)to + ((nint)piece * outputColumns * channels);
            for (var column = 0; column < outputColumns; column++, target += channels)
            {
                var (firstColumn, columns) = Inside(pool.Columns, column, width);
                var corner = (byte*)from + ((((((nint)image * height) + firstRow) * width) + firstColumn) * channels);
                var counted = pool.CountsPadding ? pool.Rows.Kernel * pool.Columns.Kernel : rows * columns;
                var window = new Window(corner, rows, columns, width * channels, channels);
                Compute(window, new Rounding(rows * columns * pool.InputZero, ratio / counted, pool.OutputZero), channels, target);
            }
        });
    }

    // Where a window begins and how many of its elements there are, without those in the padding.
    private static (int First, int Count) Inside(AxisAttributes axis, int window, int size)
    {
        var first = (window * axis.Stride) - axis.Before;
        return (Math.Max(first, 0), Math.Min(first + axis.Kernel, size) - Math.Max(first, 0));
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Compute(in Window window, in Rounding rounding, int channels, byte* to)
    {
        var channel = 0;
        for (; channel + IntegerLayout.Lanes <= channels; channel += IntegerLayout.Lanes)
        {
            var sums = window.Sums(channel);
            rounding.Store(sums.GetLower(), to + channel);
            rounding.Store(sums.GetUpper(), to + channel + Vector512<int>.Count);
        }

        for (; channel < channels; channel++)
            to[channel] = rounding.Round(window.Sum(channel));
    }

    private readonly struct Window(byte* corner, int rows, int columns, int rowStep, int columnStep)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<ushort> Sums(int channel)
        {
            var sums = Vector512<ushort>.Zero;
            for (var row = 0; row < rows; row++)
            {
                var pixel = corner + channel + ((nint)row * rowStep);
                for (var column = 0; column < columns; column++, pixel += columnStep)
                    sums += Avx512BW.ConvertToVector512UInt16(Vector256.Load(pixel));
            }

            return sums;
        }

        public int Sum(int channel)
        {
            var sum = 0;
            for (var tap = 0; tap < rows * columns; tap++)
                sum += corner[channel + ((nint)(tap / columns) * rowStep) + ((nint)(tap % columns) * columnStep)];
            return sum;
        }
    }

    private readonly struct Rounding(int zeros, float ratio, byte outputZero)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(Vector256<ushort> sums, byte* to)
        {
            var exact = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(sums) - Vector512.Create(zeros)) * ratio;
            var whole = Avx512F.ConvertToVector512Int32(Vector512.MinNative(exact, Vector512.Create((float)short.MaxValue))) + Vector512.Create((int)outputZero);
            Avx512F.ConvertToVector128ByteWithSaturation(Vector512.Max(whole, Vector512<int>.Zero).AsUInt32()).Store(to);
        }

        public byte Round(int sum) => (byte)Math.Clamp(MathF.Round((sum - zeros) * ratio) + outputZero, byte.MinValue, byte.MaxValue);
    }
}
