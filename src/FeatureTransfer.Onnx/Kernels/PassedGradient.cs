using System.Numerics;
using System.Runtime.CompilerServices;
using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels;

/// <summary>
/// The gradient of an operator that passes elements between two bounds on and makes the others constant: from the output's gradient, the output and the
/// bounds, (low, high). It is passed where the output lies between them; without bounds, where the output is above 0.
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
    public bool MayOverwriteFirst => true;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => inputs[0];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var count = output.Shape.Aggregate(1L, (product, size) => product * size);
        var (gradient, result, to) = ((nint)inputs[0].Data, (nint)inputs[1].Data, (nint)output.Data);
        var (low, high) = inputs.Length > 2 ? (inputs[2].Data[0], inputs[2].Data[1]) : (0, float.PositiveInfinity);
        return new KernelWork((int)((count + Piece - 1) / Piece), piece =>
        {
            var first = (long)piece * Piece;
            var length = (int)Math.Min(Piece, count - first);
            ReadOnlySpan<float> Part(nint tensor) => new((float*)tensor + first, length);
            Pass(Part(gradient), Part(result), new Span<float>((float*)to + first, length), low, high);
        });
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Pass(ReadOnlySpan<float> gradient, ReadOnlySpan<float> output, Span<float> to, float low, float high)
    {
        var (below, above) = (new Vector<float>(low), new Vector<float>(high));
        var i = 0;
        for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = new Vector<float>(output[i..]);
            var inside = Vector.GreaterThan(value, below) & Vector.LessThan(value, above);
            Vector.ConditionalSelect(inside, new Vector<float>(gradient[i..]), Vector<float>.Zero).CopyTo(to[i..]);
        }

        for (; i < to.Length; i++)
            to[i] = output[i] > low && output[i] < high ? gradient[i] : 0;
    }
}
