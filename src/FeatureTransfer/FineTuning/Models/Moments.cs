namespace FeatureTransfer.FineTuning;

/// <summary>Means and deviations, place by place.</summary>
internal static class Moments
{
    // Below this a place is as good as constant, and dividing by it would only make noise loud.
    private const double Least = 1e-6;

    /// <summary>The mean and the deviation of each place; 1 where it never changes.</summary>
    public static (float[] Mean, float[] Deviation) Of(IEnumerable<float[]> rows, int length)
    {
        var (count, mean, squares) = (0, new double[length], new double[length]);
        foreach (var row in rows)
        {
            count++;

            // Welford, 1962: no large sums are taken from one another.
            for (var i = 0; i < length; i++)
            {
                var distance = row[i] - mean[i];
                mean[i] += distance / count;
                squares[i] += distance * (row[i] - mean[i]);
            }
        }

        var deviations = squares.Select(square => Math.Sqrt(square / Math.Max(1, count)));
        return ([.. mean.Select(value => (float)value)], [.. deviations.Select(value => value > Least ? (float)value : 1)]);
    }
}
