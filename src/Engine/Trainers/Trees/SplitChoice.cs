namespace Microsoft.ML.Trainers.FastTree;

/// <summary>
/// Chooses among the best splits by each feature: the one that gains most, less the penalty of its feature (Z. Xu et al.,
/// "Gradient Boosted Feature Selection", 2014), or one at random, by the softmax of the gains over a temperature.
/// </summary>
internal sealed class SplitChoice(int features, TreeOptions options)
{
    private readonly Random _random = new(options.FeatureSelectionSeed);
    private readonly bool[] _used = new bool[features];
    private readonly double _leastGain = LeastGain(options.GainConfidenceLevel);

    /// <summary>Whether gains are held against the spread of the targets.</summary>
    public bool NeedsVariance => _leastGain > 0;

    /// <summary>Chooses for a leaf; <paramref name="variance"/> is that of its targets, of use with a confidence level only.</summary>
    public Split Choose(Span<Split> splits, double variance)
    {
        var best = Split.None;
        double highest = 0;
        foreach (ref var split in splits)
        {
            if (!split.Exists || split.Gain <= _leastGain * variance || Rank(split) <= 0)
                split = Split.None;
            else if (Rank(split) > highest)
                (best, highest) = (split, Rank(split));
        }
        return options.SoftmaxTemperature > 0 && best.Exists ? Draw(splits, highest) : best;
    }

    /// <summary>Remembers that a tree has a split by this feature.</summary>
    public void Use(int feature) => _used[feature] = true;

    /// <summary>What a split gains beyond the penalty that its feature has now; a split of no leaf ranks 0.</summary>
    public double Rank(Split split) =>
        split.Exists ? split.Gain - (_used[split.Feature] ? options.FeatureReusePenalty : options.FeatureFirstUsePenalty) : 0;

    private Split Draw(ReadOnlySpan<Split> splits, double highest)
    {
        double sum = 0;
        foreach (var split in splits)
            sum += Odds(split, highest);
        double left = _random.NextDouble() * sum;
        var drawn = Split.None;
        foreach (var split in splits)
        {
            if (!split.Exists)
                continue;
            drawn = split;
            left -= Odds(split, highest);
            if (left < 0)
                break;
        }
        return drawn;
    }

    private double Odds(Split split, double highest) => split.Exists ? Math.Exp((Rank(split) - highest) / options.SoftmaxTemperature) : 0;

    /// <summary>
    /// The gain, in variances of the targets, that a split at random stays below with this probability: it is
    /// distributed as the square of a normal number.
    /// </summary>
    private static double LeastGain(double level)
    {
        if (level <= 0)
            return 0;
        double low = 0;
        double high = 40;
        while (high - low > 1e-12 * high)
        {
            double middle = (low + high) / 2;
            (low, high) = ErrorFunction.Erf(middle / Math.Sqrt(2)) < level ? (middle, high) : (low, middle);
        }
        return low * low;
    }
}
