using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Products of tall row-major matrices with few outputs. Four rows and two outputs at a time stay in registers, so
/// that each value loaded is used more than once.
/// </summary>
internal static class DenseKernels
{
    private const int RowStep = 4;
    private const int OutputStep = 2;

    /// <summary>scores (rows, outputs) = x (rows, features) · w (outputs, features) transposed.</summary>
    public static void MultiplyTransposed(ReadOnlySpan<float> x, ReadOnlySpan<float> w, int features, Span<float> scores)
    {
        int rows = x.Length / Math.Max(features, 1);
        int outputs = w.Length / Math.Max(features, 1);
        int fullRows = rows - (rows % RowStep);
        int fullOutputs = outputs - (outputs % OutputStep);
        for (int r = 0; r < fullRows; r += RowStep)
            for (int k = 0; k < fullOutputs; k += OutputStep)
                Dot4x2(x[(r * features)..], w[(k * features)..], features, scores[((r * outputs) + k)..], outputs);
        for (int r = 0; r < rows; r++)
            for (int k = r < fullRows ? fullOutputs : 0; k < outputs; k++)
                scores[(r * outputs) + k] = TensorPrimitives.Dot(x.Slice(r * features, features), w.Slice(k * features, features));
    }

    /// <summary>sum (outputs, features) += m (rows, outputs) transposed · x (rows, features).</summary>
    public static void AddOuterProducts(ReadOnlySpan<float> m, ReadOnlySpan<float> x, int features, Span<float> sum)
    {
        int rows = x.Length / Math.Max(features, 1);
        int outputs = sum.Length / Math.Max(features, 1);
        int fullRows = rows - (rows % RowStep);
        int fullOutputs = outputs - (outputs % OutputStep);
        for (int r = 0; r < fullRows; r += RowStep)
            for (int k = 0; k < fullOutputs; k += OutputStep)
                Add4x2(m[((r * outputs) + k)..], outputs, x[(r * features)..], features, sum[(k * features)..]);
        for (int r = 0; r < rows; r++)
        {
            for (int k = r < fullRows ? fullOutputs : 0; k < outputs; k++)
            {
                var target = sum.Slice(k * features, features);
                TensorPrimitives.MultiplyAdd(x.Slice(r * features, features), m[(r * outputs) + k], target, target);
            }
        }
    }

    private static void Dot4x2(ReadOnlySpan<float> x, ReadOnlySpan<float> w, int features, Span<float> scores, int outputs)
    {
        ref float xs = ref MemoryMarshal.GetReference(x);
        ref float ws = ref MemoryMarshal.GetReference(w);
        Vector<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        int j = 0;
        for (; j <= features - Vector<float>.Count; j += Vector<float>.Count)
        {
            var w0 = Load(ref ws, j);
            var w1 = Load(ref ws, j + features);
            var x0 = Load(ref xs, j);
            s00 = Vector.FusedMultiplyAdd(x0, w0, s00);
            s01 = Vector.FusedMultiplyAdd(x0, w1, s01);
            var x1 = Load(ref xs, j + features);
            s10 = Vector.FusedMultiplyAdd(x1, w0, s10);
            s11 = Vector.FusedMultiplyAdd(x1, w1, s11);
            var x2 = Load(ref xs, j + (2 * features));
            s20 = Vector.FusedMultiplyAdd(x2, w0, s20);
            s21 = Vector.FusedMultiplyAdd(x2, w1, s21);
            var x3 = Load(ref xs, j + (3 * features));
            s30 = Vector.FusedMultiplyAdd(x3, w0, s30);
            s31 = Vector.FusedMultiplyAdd(x3, w1, s31);
        }
        int first = j;
        scores[0] = Vector.Sum(s00) + Rest(x, w, first, features);
        scores[1] = Vector.Sum(s01) + Rest(x, w[features..], first, features);
        scores[outputs] = Vector.Sum(s10) + Rest(x[features..], w, first, features);
        scores[outputs + 1] = Vector.Sum(s11) + Rest(x[features..], w[features..], first, features);
        scores[2 * outputs] = Vector.Sum(s20) + Rest(x[(2 * features)..], w, first, features);
        scores[(2 * outputs) + 1] = Vector.Sum(s21) + Rest(x[(2 * features)..], w[features..], first, features);
        scores[3 * outputs] = Vector.Sum(s30) + Rest(x[(3 * features)..], w, first, features);
        scores[(3 * outputs) + 1] = Vector.Sum(s31) + Rest(x[(3 * features)..], w[features..], first, features);
    }

    private static void Add4x2(ReadOnlySpan<float> m, int outputs, ReadOnlySpan<float> x, int features, Span<float> sum)
    {
        ref float xs = ref MemoryMarshal.GetReference(x);
        ref float sums = ref MemoryMarshal.GetReference(sum);
        float m00 = m[0], m01 = m[1], m10 = m[outputs], m11 = m[outputs + 1];
        float m20 = m[2 * outputs], m21 = m[(2 * outputs) + 1], m30 = m[3 * outputs], m31 = m[(3 * outputs) + 1];
        Vector<float> v00 = new(m00), v01 = new(m01), v10 = new(m10), v11 = new(m11);
        Vector<float> v20 = new(m20), v21 = new(m21), v30 = new(m30), v31 = new(m31);
        int j = 0;
        for (; j <= features - Vector<float>.Count; j += Vector<float>.Count)
        {
            var x0 = Load(ref xs, j);
            var x1 = Load(ref xs, j + features);
            var x2 = Load(ref xs, j + (2 * features));
            var x3 = Load(ref xs, j + (3 * features));
            var t0 = Vector.FusedMultiplyAdd(x0, v00, Load(ref sums, j));
            var t1 = Vector.FusedMultiplyAdd(x0, v01, Load(ref sums, j + features));
            t0 = Vector.FusedMultiplyAdd(x1, v10, t0);
            t1 = Vector.FusedMultiplyAdd(x1, v11, t1);
            t0 = Vector.FusedMultiplyAdd(x2, v20, t0);
            t1 = Vector.FusedMultiplyAdd(x2, v21, t1);
            t0 = Vector.FusedMultiplyAdd(x3, v30, t0);
            t1 = Vector.FusedMultiplyAdd(x3, v31, t1);
            Vector.StoreUnsafe(t0, ref sums, (nuint)j);
            Vector.StoreUnsafe(t1, ref sums, (nuint)(j + features));
        }
        for (; j < features; j++)
        {
            sum[j] += (x[j] * m00) + (x[j + features] * m10) + (x[j + (2 * features)] * m20) + (x[j + (3 * features)] * m30);
            sum[j + features] += (x[j] * m01) + (x[j + features] * m11) + (x[j + (2 * features)] * m21) + (x[j + (3 * features)] * m31);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ref float source, int at) => Vector.LoadUnsafe(ref source, (nuint)at);

    private static float Rest(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int first, int end)
    {
        float sum = 0;
        for (int j = first; j < end; j++)
            sum += a[j] * b[j];
        return sum;
    }
}
