using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FeatureTransfer.Onnx.Kernels.Lanes;

/// <summary>One row of a depthwise convolution with a window of three by three, of one block of channels, over three rows of pixels with their padding.</summary>
/// <param name="weights">Of the nine pixels of a window, row by row; a block each.</param>
/// <param name="bias">A block.</param>
/// <param name="bounds">Of what comes out.</param>
internal readonly unsafe ref struct DepthwiseLine(float* weights, float* bias, Bounds bounds)
{
    private const int Lanes = LaneLayout.Lanes;
    private readonly Vector512<float> _bias = Vector512.Load(bias);
    private readonly Vector512<float> _low = Vector512.Create(bounds.Low);
    private readonly Vector512<float> _high = Vector512.Create(bounds.High);
    private readonly float* _weights = weights;

    /// <summary>Computes a row.</summary>
    /// <param name="upper">The first pixel of the first window's upper row.</param>
    /// <param name="middle">Of its middle row.</param>
    /// <param name="lower">Of its lower row.</param>
    /// <param name="stride">From window to window, 1 or 2.</param>
    /// <param name="pixels">How many pixels come out.</param>
    /// <param name="to">Takes them.</param>
    [MethodImpl(Compiled.AtOnce | MethodImplOptions.NoInlining)]
    public void Compute(float* upper, float* middle, float* lower, int stride, int pixels, float* to)
    {
        var (top, centre, bottom) = (new Taps(_weights), new Taps(_weights + (3 * Lanes)), new Taps(_weights + (6 * Lanes)));
        var pixel = 0;
        for (; stride == 1 && pixel + 4 <= pixels; pixel += 4)
        {
            var at = pixel * Lanes;
            var sums = Four.Of(_bias).Plus(upper + at, top).Plus(middle + at, centre).Plus(lower + at, bottom);
            Bound(sums.A).Store(to + at);
            Bound(sums.B).Store(to + at + Lanes);
            Bound(sums.C).Store(to + at + (2 * Lanes));
            Bound(sums.D).Store(to + at + (3 * Lanes));
        }

        for (; pixel < pixels; pixel++)
        {
            var at = pixel * stride * Lanes;
            var sum = top.Sum(upper + at, _bias) + (centre.Sum(middle + at, Vector512<float>.Zero) + bottom.Sum(lower + at, Vector512<float>.Zero));
            Bound(sum).Store(to + (pixel * Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Bound(Vector512<float> value) => Vector512.MinNative(Vector512.MaxNative(value, _low), _high);

    /// <summary>The weights of one row of a window.</summary>
    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct Taps(float* weights)
    {
        public readonly Vector512<float> Left = Vector512.Load(weights);
        public readonly Vector512<float> Middle = Vector512.Load(weights + Lanes);
        public readonly Vector512<float> Right = Vector512.Load(weights + (2 * Lanes));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Sum(float* pixels, Vector512<float> sum)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(pixels), Left, sum);
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(pixels + Lanes), Middle, sum);
            return Vector512.FusedMultiplyAdd(Vector512.Load(pixels + (2 * Lanes)), Right, sum);
        }
    }

    /// <summary>Sums of four pixels side by side, so that each pixel that goes in is read once.</summary>
    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct Four(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        public readonly Vector512<float> A = a;
        public readonly Vector512<float> B = b;
        public readonly Vector512<float> C = c;
        public readonly Vector512<float> D = d;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Four Of(Vector512<float> all) => new(all, all, all, all);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Four Plus(float* pixels, Taps taps)
        {
            var (x0, x1, x2) = (Vector512.Load(pixels), Vector512.Load(pixels + Lanes), Vector512.Load(pixels + (2 * Lanes)));
            var (x3, x4, x5) = (Vector512.Load(pixels + (3 * Lanes)), Vector512.Load(pixels + (4 * Lanes)), Vector512.Load(pixels + (5 * Lanes)));
            return new Four(Sum(x0, x1, x2, taps, A), Sum(x1, x2, x3, taps, B), Sum(x2, x3, x4, taps, C), Sum(x3, x4, x5, taps, D));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Sum(Vector512<float> left, Vector512<float> middle, Vector512<float> right, Taps taps, Vector512<float> sum) =>
            Vector512.FusedMultiplyAdd(right, taps.Right, Vector512.FusedMultiplyAdd(middle, taps.Middle, Vector512.FusedMultiplyAdd(left, taps.Left, sum)));
    }
}
