namespace FeatureTransfer.Heads;

/// <summary>
/// Sets of classes that hold the right one with a chosen probability, whatever the model is, if the rows to come are drawn as those that it is fitted on
/// (split conformal prediction, Vovk and others 2005).
/// </summary>
public sealed record ConformalSets
{
    // So many probabilities of a row make its random part.
    private const int Drawing = 5;

    /// <summary>How classes are ranked into a set.</summary>
    public required ConformalMethod Method { get; init; }

    /// <summary>The share of rows whose set is to hold their class.</summary>
    public required double Coverage { get; init; }

    /// <summary>The largest score of a class within a set; infinity where there were too few rows for the coverage, and sets then hold all classes.</summary>
    public required double Threshold { get; init; }

    /// <summary>The seed of the random part of <see cref="ConformalMethod.Adaptive"/>. That part comes of it and of the row's own probabilities, so that a row has one set in whichever batch it is.</summary>
    public required int Seed { get; init; }

    /// <summary>Finds the threshold.</summary>
    /// <param name="probabilities">The probabilities of rows that the model did not learn from.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="coverage">The share of rows whose set is to hold their class, above 0 and below 1. Default 0.9.</param>
    /// <param name="method">How classes are ranked. Default <see cref="ConformalMethod.LeastAmbiguous"/>.</param>
    /// <param name="seed">The seed of the random part. Default 1.</param>
    /// <exception cref="ArgumentException">There are no rows, or not a label for each.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The coverage is not between 0 and 1.</exception>
    public static ConformalSets Fit(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> labels, double coverage = 0.9, ConformalMethod method = ConformalMethod.LeastAmbiguous, int seed = 1)
    {
        ScoreChecks.Check(probabilities, labels);
        var scores = probabilities.Zip(labels, (row, label) => Scores(row, method, seed)[label]);
        return new ConformalSets { Method = method, Coverage = coverage, Threshold = FiniteSampleQuantile.At(scores, coverage), Seed = seed };
    }

    /// <summary>The set of each row, its likeliest class first. A set may be empty: none of the classes fits as rows usually do.</summary>
    /// <param name="probabilities">The probabilities of each row's classes.</param>
    public IReadOnlyList<IReadOnlyList<int>> Of(IReadOnlyList<float[]> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        return [.. probabilities.Select(SetOf)];
    }

    private int[] SetOf(float[] row)
    {
        var scores = Scores(row, Method, Seed);
        return [.. Enumerable.Range(0, row.Length).Where(label => scores[label] <= Threshold).OrderByDescending(label => row[label])];
    }

    /// <summary>How far down each class of a row is, 0 to 1: those up to the threshold are in its set.</summary>
    internal static double[] Scores(float[] row, ConformalMethod method, int seed)
    {
        if (method == ConformalMethod.LeastAmbiguous)
            return Array.ConvertAll(row, probability => 1.0 - probability);
        var (scores, before, draw) = (new double[row.Length], 0.0, Draw(row, seed));
        foreach (var label in Enumerable.Range(0, row.Length).OrderByDescending(label => row[label]))
        {
            scores[label] = Math.Min(1, before + (draw * row[label]));
            before += row[label];
        }

        return scores;
    }

    // The last bits of a probability differ from batch to batch and must not count: the logarithms of the likeliest are rounded.
    private static double Draw(float[] row, int seed)
    {
        var hash = unchecked((uint)seed);
        foreach (var probability in row.OrderDescending().Take(Drawing))
        {
            hash = unchecked((hash ^ (uint)(int)Math.Round(100 * Math.Log(Math.Max(probability, 1e-9f)))) * 0x9E3779B1u);
            hash ^= hash >> 15;
        }

        return new Random(unchecked((int)hash)).NextDouble();
    }
}

/// <summary>How a conformal set ranks classes.</summary>
public enum ConformalMethod
{
    /// <summary>1 minus the probability (LAC; Sadinle and others 2019): the smallest sets on average, which cover easy rows more often than hard ones.</summary>
    LeastAmbiguous,

    /// <summary>The probabilities of likelier classes plus a random share of its own (APS; Romano and others 2020): larger sets, which cover hard rows nearly as often.</summary>
    Adaptive,
}
