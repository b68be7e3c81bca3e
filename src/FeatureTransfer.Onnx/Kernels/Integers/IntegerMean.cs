using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FeatureTransfer.Onnx.Kernels.Runtime;

namespace FeatureTransfer.Onnx.Kernels.Integers;

/// <summary>
/// The mean over height and width of what images in the <see cref="IntegerLayout"/> stand for, in floats, with the scale as second input. The attribute is
/// the byte that stands for zero, and whether both axes stay, as 1 or 0.
/// </summary>
internal sealed unsafe class IntegerMean : IKernelOperator
{
    /// <summary>The operator's name.</summary>
    public const string OperatorName = "IntegerMean";

    private const int Lanes = 16;
    private const int Line = 4 * Lanes;

    /// <inheritdoc/>
    public string Name => OperatorName;

    /// <inheritdoc/>
    public int Inputs => 2;

    /// <inheritdoc/>
    public bool LastIsOptional => false;

    /// <inheritdoc/>
    public TensorProto.Types.DataType InputType(int input) => input == 0 ? TensorProto.Types.DataType.Uint8 : TensorProto.Types.DataType.Float;

    /// <inheritdoc/>
    public long[] OutputShape(long[] attribute, long[][] inputs) => attribute[1] == 0 ? [inputs[0][0], inputs[0][3]] : [inputs[0][0], inputs[0][3], 1, 1];

    /// <inheritdoc/>
    public KernelWork Prepare(long[] attribute, KernelTensor[] inputs, KernelTensor output)
    {
        var (pixels, channels, zero) = ((int)(inputs[0].Shape[1] * inputs[0].Shape[2]), (int)inputs[0].Shape[3], (int)attribute[0]);
        var (from, scale, to) = ((nint)inputs[0].Bytes, *inputs[1].Data, (nint)output.Data);
        return new KernelWork((int)output.Shape[0], image =>
        {
            var bytes = (byte*)from + ((nint)image * pixels * channels);
            var means = (float*)to + ((nint)image * channels);
            Compute(bytes, pixels, channels, zero, scale, means);
        });
    }

    // A line of the cache at a time, as long as there is one.
    [MethodImpl(Compiled.AtOnce)]
    private static void Compute(byte* bytes, int pixels, int channels, int zero, float scale, float* means)
    {
        var channel = 0;
        for (; channel + Line <= channels; channel += Line)
            Means(bytes + channel, pixels, channels, zero, scale, means + channel);
        for (; channel < channels; channel++)
        {
            var sum = 0;
            for (var pixel = 0; pixel < pixels; pixel++)
                sum += bytes[((nint)pixel * channels) + channel];
            means[channel] = (sum - (pixels * zero)) * scale / pixels;
        }
    }

    [MethodImpl(Compiled.AtOnce)]
    private static void Means(byte* from, int pixels, int step, int zero, float scale, float* to)
    {
        var (first, second, third, fourth) = (Vector512<int>.Zero, Vector512<int>.Zero, Vector512<int>.Zero, Vector512<int>.Zero);
        for (var pixel = 0; pixel < pixels; pixel++, from += step)
        {
            first += Load(from);
            second += Load(from + Lanes);
            third += Load(from + (2 * Lanes));
            fourth += Load(from + (3 * Lanes));
        }

        Mean(first, pixels, zero, scale).Store(to);
        Mean(second, pixels, zero, scale).Store(to + Lanes);
        Mean(third, pixels, zero, scale).Store(to + (2 * Lanes));
        Mean(fourth, pixels, zero, scale).Store(to + (3 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Load(byte* from) => Avx512F.ConvertToVector512Int32(Vector128.Load(from));

    private static Vector512<float> Mean(Vector512<int> sums, int pixels, int zero, float scale) => Vector512.ConvertToSingle(sums - Vector512.Create(pixels * zero)) * scale / pixels;
}
