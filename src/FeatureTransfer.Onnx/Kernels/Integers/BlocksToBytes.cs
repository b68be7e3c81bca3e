using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>
/// Quantizes images (batch, channels, height, width), of four channels at most, and makes blocks of two by two pixels one pixel of the
/// <see cref="IntegerLayout"/>: row of the block, column, channel. An odd size ends with zeros. The second input is the scale, the attribute the byte that stands for zero.
/// </summary>
internal sealed unsafe class BlocksToBytes : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "BlocksToBytes";

    /// <summary>Channels at most.</summary>
    public const int MostChannels = 4;

    private const int Side = 2;

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 2;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public TensorProto.Types.DataType OutputType => TensorProto.Types.DataType.Uint8;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => [inputs[0][0], (inputs[0][2] + 1) / Side, (inputs[0][3] + 1) / Side, Side * Side * inputs[0][1]];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var (channels, rows, columns) = ((int)inputs[0].Shape[1], (int)inputs[0].Shape[2], (int)inputs[0].Shape[3]);
        var (from, scale, zero, to) = ((nint)inputs[0].Data, *inputs[1].Data, (byte)attribute[0], (nint)output.Bytes);
        var (order, blocks, width) = (Order(channels), (int)output.Shape[1], (int)output.Shape[2] * Side);
        return new KernelWork((int)output.Shape[0] * blocks, piece =>
        {
            var (image, row) = Math.DivRem(piece, blocks);
            var bytes = ArrayPool<byte>.Shared.Rent(Side * channels * width);
            for (var i = 0; i < Side * channels; i++)
            {
                var (within, channel) = Math.DivRem(i, channels);
                var pixels = (float*)from + (((((nint)image * channels) + channel) * rows) + (row * Side) + within) * columns;
                var read = (row * Side) + within < rows ? columns : 0;
                Quantize(pixels, scale, zero, bytes.AsSpan(i * width, read));
                bytes.AsSpan((i * width) + read, width - read).Fill(zero);
            }

            Gather(bytes, width, channels, order, new Span<byte>((byte*)to + ((nint)piece * Side * channels * width), Side * channels * width));
            ArrayPool<byte>.Shared.Return(bytes);
        });
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Quantize(float* pixels, float scale, byte zero, Span<byte> to)
    {
        var most = Vector512.Create((float)short.MaxValue);
        var i = 0;
        for (; i + Vector512<float>.Count <= to.Length; i += Vector512<float>.Count)
        {
            var whole = Avx512F.ConvertToVector512Int32(Vector512.MinNative(Vector512.Load(pixels + i) / scale, most));
            var words = Vector512.Max(whole + Vector512.Create((int)zero), Vector512<int>.Zero);
            Avx512F.ConvertToVector128ByteWithSaturation(words.AsUInt32()).CopyTo(to[i..]);
        }

        for (; i < to.Length; i++)
            to[i] = (byte)Math.Clamp(MathF.Round(pixels[i] / scale) + zero, byte.MinValue, byte.MaxValue);
    }

    // Eight pixels of each row become four blocks.
    [MethodImpl(Compiled.AtOnce)]
    private static void Gather(ReadOnlySpan<byte> rows, int columns, int channels, Vector512<byte> order, Span<byte> to)
    {
        const int Pixels = sizeof(ulong);
        var (block, place) = (Side * Side * channels, Side * channels);
        var column = 0;
        Span<byte> written = stackalloc byte[Vector512<byte>.Count];
        for (; column + Pixels <= columns; column += Pixels)
        {
            var read = Vector512.Create(
                Eight(rows, place, columns, 0, column), Eight(rows, place, columns, 1, column), Eight(rows, place, columns, 2, column), Eight(rows, place, columns, 3, column),
                Eight(rows, place, columns, 4, column), Eight(rows, place, columns, 5, column), Eight(rows, place, columns, 6, column), Eight(rows, place, columns, 7, column));
            Vector512.Shuffle(read.AsByte(), order).CopyTo(written);
            written[..(Pixels * place)].CopyTo(to[(column * place)..]);
        }

        for (; column < columns; column++)
        {
            for (var i = 0; i < place; i++)
                to[(column / Side * block) + (i / channels * Side * channels) + (column % Side * channels) + (i % channels)] = rows[(i * columns) + column];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(ReadOnlySpan<byte> rows, int count, int columns, int row, int column) => row < count ? MemoryMarshal.Read<ulong>(rows[((row * columns) + column)..]) : 0;

    // Where the byte of each place comes from.
    private static Vector512<byte> Order(int channels)
    {
        var order = new byte[Vector512<byte>.Count];
        var block = Side * Side * channels;
        for (var i = 0; i < sizeof(ulong) * Side * channels; i++)
        {
            var (number, place) = Math.DivRem(i, block);
            var (within, rest) = Math.DivRem(place, Side * channels);
            var (column, channel) = Math.DivRem(rest, channels);
            order[i] = (byte)((((within * channels) + channel) * sizeof(ulong)) + (number * Side) + column);
        }

        return Vector512.Create<byte>(order);
    }
}
