namespace FeatureTransfer.Diagnostics;

/// <summary>
/// How far the means of the classes lie apart, measured by how the features spread: the trace of the inverse covariance times the covariance between
/// classes. From 0 to the number of classes less one; higher is better. By Bao and others, "An Information-Theoretic Approach to Transferability"
/// (2019), with the covariance shrunk as Ledoit and Wolf (2004) do, which Ibrahim and others, "Newer is not always better" (2021), found it needs.
/// </summary>
public static class HScore
{
    /// <summary>The score.</summary>
    /// <param name="data">Features and classes; some hundred rows are enough, and time grows with the cube of the smaller of rows and features.</param>
    public static double Of(LabelledFeatures data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var centred = data.Matrix(centred: true);
        var spectrum = Spectrum.Of(centred);
        double rows = data.Count;
        var variances = spectrum.Squares / rows;
        var mean = variances.Sum() / data.Length;
        if (mean <= 0)
            return 0;
        var lengths = centred.EnumerateRows().Select(row => row.DotProduct(row));
        var shrinkage = Shrinkage(lengths, variances.Sum(variance => variance * variance), mean, data);
        var score = 0.0;
        foreach (var value in data.UsedClasses)
        {
            var indicator = data.Indicator(value);
            var along = spectrum.Left.TransposeThisAndMultiply(indicator);

            // The class's mean along the i-th principal axis is s_i u_i'y / n_k, and counts n_k / n times.
            for (var i = 0; i < along.Count; i++)
                score += (1 - shrinkage) * spectrum.Squares[i] * along[i] * along[i] / (indicator.Sum() * rows * (((1 - shrinkage) * variances[i]) + (shrinkage * mean)));
        }

        return score;
    }

    // How much of the covariance gives way to the same variance in every direction.
    private static double Shrinkage(IEnumerable<double> lengths, double norm, double mean, LabelledFeatures data)
    {
        double rows = data.Count;
        var scatter = (lengths.Sum(length => length * length) / (rows * rows)) - (norm / rows);
        var distance = norm - (data.Length * mean * mean);
        return distance <= 0 ? 1 : Math.Clamp(scatter / distance, 0, 1);
    }
}
