namespace FeatureTransfer.Inputs.Images;

/// <summary>
/// Which source pixels make up each pixel of a window, along one axis, and with which weights. The kernel is widened when the axis
/// shrinks; at the image's edges it is cut and its weights are made to sum to 1 again, as Pillow does.
/// </summary>
internal sealed class ResampleAxis
{
    private readonly float[] _weights;
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly int _stride;

    private ResampleAxis(int length, int stride)
    {
        _weights = new float[checked(length * stride)];
        _first = new int[length];
        _count = new int[length];
        _stride = stride;
    }

    /// <summary>How many pixels the window has.</summary>
    public int Length => _first.Length;

    /// <summary>The first source pixel that counts.</summary>
    public int Begin { get; private set; }

    /// <summary>The source pixel after the last that counts.</summary>
    public int End { get; private set; }

    /// <summary>How many pixels of the window share one source pixel at most, or lie between those that do.</summary>
    public int MostOpen { get; private set; }

    /// <summary>How many weights are held.</summary>
    public int Size => _weights.Length;

    /// <summary>Works out the weights.</summary>
    /// <param name="interpolation">The kernel.</param>
    /// <param name="source">Length of the source.</param>
    /// <param name="target">Length that the whole source is scaled to.</param>
    /// <param name="start">Where in that the window begins.</param>
    /// <param name="length">How long the window is.</param>
    public static ResampleAxis Of(Interpolation interpolation, int source, int target, int start, int length)
    {
        var scale = (double)source / target;
        var widening = Math.Max(1, scale);
        var nearest = interpolation == Interpolation.Nearest;
        var reach = nearest ? 0 : ResampleKernel.Reach(interpolation) * widening;
        var axis = new ResampleAxis(length, nearest ? 1 : (int)Math.Min(source, Math.Ceiling(2 * reach) + 1));
        Span<double> weights = new double[axis._stride];
        for (var i = 0; i < length; i++)
        {
            var centre = (start + i + 0.5) * scale;
            var first = nearest ? Math.Min((int)centre, source - 1) : Math.Max(0, (int)(centre - reach + 0.5));
            var count = nearest ? 1 : Math.Min(source, (int)(centre + reach + 0.5)) - first;
            for (var tap = 0; tap < count; tap++)
                weights[tap] = nearest ? 1 : ResampleKernel.Weight(interpolation, (first + tap + 0.5 - centre) / widening);
            axis.Keep(i, first, weights[..count]);
        }

        axis.Measure();
        return axis;
    }

    /// <summary>The first source pixel of a window's pixel.</summary>
    public int First(int i) => _first[i];

    /// <summary>The source pixel after the last of a window's pixel.</summary>
    public int Last(int i) => _first[i] + _count[i] - 1;

    /// <summary>The weights of a window's pixel, from its first source pixel on.</summary>
    public ReadOnlySpan<float> Weights(int i) => _weights.AsSpan(i * _stride, _count[i]);

    private void Keep(int i, int first, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
            sum += weight;
        for (var tap = 0; tap < weights.Length; tap++)
            _weights[(i * _stride) + tap] = (float)(weights[tap] / sum);
        // Weights of zero stay: without them a pixel could begin later or end earlier than its neighbours, and rows come in order.
        (_first[i], _count[i]) = (first, weights.Length);
    }

    private void Measure()
    {
        Begin = _first.Min();
        End = Enumerable.Range(0, Length).Max(Last) + 1;
        for (int oldest = 0, next = 0; oldest < Length; oldest++)
        {
            while (next < Length && _first[next] <= Last(oldest))
                next++;
            MostOpen = Math.Max(MostOpen, next - oldest);
        }
    }
}
