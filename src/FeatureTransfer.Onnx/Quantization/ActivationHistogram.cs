using System.Numerics.Tensors;

namespace FeatureTransfer.Onnx.Quantization;

/// <summary>The distribution of a tensor's values, in bins around 0 that widen as larger values come: one pass over the sample is enough.</summary>
internal sealed class ActivationHistogram
{
    private const int Half = 2048;
    private const double Tail = 1e-4;

    // Of one tensor of one row: enough for its distribution. The least and the largest are of all values.
    private const int MostCounted = 1 << 15;

    // Of the range, as candidates for the least squared error.
    private const int Candidates = 100;
    private const double Narrowest = 0.2;

    private readonly long[] _counts = new long[2 * Half];
    private float _limit = 1e-6f;
    private float _min;
    private float _max;
    private long _total;

    /// <summary>Adds values.</summary>
    /// <exception cref="NotFiniteNumberException">One of them is infinite or no number.</exception>
    public void Add(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
            return;
        (_min, _max) = (Math.Min(_min, TensorPrimitives.Min(values)), Math.Max(_max, TensorPrimitives.Max(values)));
        if (!float.IsFinite(_max - _min))
            throw new NotFiniteNumberException();
        while (_limit < Math.Max(-_min, _max))
            Widen();
        var factor = Half / _limit;

        // An odd step, so that it does not always meet the same columns of an image.
        var step = (values.Length / MostCounted) | 1;
        for (var i = 0; i < values.Length; i += step)
            _counts[Math.Min((int)((values[i] * factor) + Half), _counts.Length - 1)]++;
        _total += (values.Length + step - 1) / step;
    }

    /// <summary>The range that the values are quantized in.</summary>
    public ActivationRange Range(CalibrationMethod method) => method switch
    {
        CalibrationMethod.Percentile => new ActivationRange(Math.Max(_min, Edge(Place(Tail))), Math.Min(_max, Edge(Place(1 - Tail) + 1))),
        CalibrationMethod.Mse => LeastError(),
        _ => new ActivationRange(_min, _max),
    };

    private void Widen()
    {
        var old = (long[])_counts.Clone();
        Array.Clear(_counts);
        for (var bin = 0; bin < old.Length; bin++)
            _counts[((bin - Half) >> 1) + Half] += old[bin];
        _limit *= 2;
    }

    private float Edge(int bin) => (bin - Half) * (_limit / Half);

    // The bin with the value that this share of all lies below.
    private int Place(double share)
    {
        var wanted = share * _total;
        var bin = 0;
        for (var below = _counts[0]; below < wanted && bin < _counts.Length - 1; below += _counts[bin])
            bin++;
        return bin;
    }

    private ActivationRange LeastError()
    {
        var shares = Enumerable.Range(0, Candidates).Select(i => 1 - (i * (1 - Narrowest) / Candidates));
        var best = shares.MinBy(share => Error((float)(_min * share), (float)(_max * share)));
        return new ActivationRange((float)(_min * best), (float)(_max * best));
    }

    private double Error(float min, float max)
    {
        var step = (max - min) / byte.MaxValue;
        var error = 0.0;
        for (var bin = 0; bin < _counts.Length; bin++)
        {
            // Zeros, all that a ReLU leaves of half the values, are exact in every range.
            var middle = Edge(bin) + (_limit / Half / 2);
            if (_counts[bin] == 0 || bin == Half)
                continue;
            var clipped = middle < min ? min - middle : middle > max ? middle - max : 0;
            error += _counts[bin] * ((clipped * clipped) + (clipped > 0 ? 0 : step * step / 12));
        }

        return error;
    }
}
