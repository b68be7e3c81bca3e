using System.Numerics;
using System.Runtime.CompilerServices;
using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>
/// The gradient of an operator that passes some elements on and makes the others constant: from the output's gradient, the output and, if there
/// is one, the input. It is passed where output and input are the same; without an input, where the output is above 0.
/// </summary>
internal sealed unsafe class PassedGradient : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "PassedGradient";

    // Elements of a piece: some ten microseconds.
    private const int Piece = 1 << 15;

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 3;

    /// <inheritdoc/>
    public bool LastIsOptional => true;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => inputs[0];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, FloatTensor[] inputs, FloatTensor output)
    {
        var count = output.Shape.Aggregate(1L, (product, size) => product * size);
        var (gradient, result, to) = ((nint)inputs[0].Data, (nint)inputs[1].Data, (nint)output.Data);
        var from = inputs.Length > 2 ? (nint)inputs[2].Data : 0;
        return new KernelWork((int)((count + Piece - 1) / Piece), piece =>
        {
            var first = (long)piece * Piece;
            var length = (int)Math.Min(Piece, count - first);
            ReadOnlySpan<float> Part(nint tensor) => new((float*)tensor + first, length);
            if (from == 0)
                WherePositive(Part(gradient), Part(result), new Span<float>((float*)to + first, length));
            else
                WhereSame(Part(gradient), Part(result), Part(from), new Span<float>((float*)to + first, length));
        });
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void WherePositive(ReadOnlySpan<float> gradient, ReadOnlySpan<float> output, Span<float> to)
    {
        var i = 0;
        for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.ConditionalSelect(Vector.GreaterThan(new Vector<float>(output[i..]), Vector<float>.Zero), new Vector<float>(gradient[i..]), Vector<float>.Zero).CopyTo(to[i..]);
        for (; i < to.Length; i++)
            to[i] = output[i] > 0 ? gradient[i] : 0;
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void WhereSame(ReadOnlySpan<float> gradient, ReadOnlySpan<float> output, ReadOnlySpan<float> input, Span<float> to)
    {
        var i = 0;
        for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.ConditionalSelect(Vector.Equals(new Vector<float>(output[i..]), new Vector<float>(input[i..])), new Vector<float>(gradient[i..]), Vector<float>.Zero).CopyTo(to[i..]);
        for (; i < to.Length; i++)
            to[i] = output[i] == input[i] ? gradient[i] : 0;
    }
}
