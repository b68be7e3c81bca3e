namespace FeatureTransfer.Heads;

/// <summary>
/// A linear support vector machine, one class against the rest, by dual coordinate descent (Hsieh and others 2008, "A dual coordinate descent method
/// for large-scale linear SVM"), the method of LIBLINEAR.
/// </summary>
public sealed record LinearSvcOptions : CalibratedHeadOptions
{
    /// <summary>What errors cost beside the weights' squares: half the sum of squared weights, the bias's among them, plus this times the sum of losses is minimised. Above 0. Default 1.</summary>
    public double C { get; init; } = 1;

    /// <summary>The loss of a row within the margin. Default <see cref="MarginLoss.SquaredHinge"/>.</summary>
    public MarginLoss Loss { get; init; } = MarginLoss.SquaredHinge;

    /// <summary>The largest violation of the optimality conditions that ends the descent. Default 0.001.</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>The most passes over the rows, of each class. Default 1000.</summary>
    public int MaximumNumberOfIterations { get; init; } = 1000;

    /// <summary>The seed of the order in which rows are visited. Default 1.</summary>
    public int Seed { get; init; } = 1;

    internal override int RandomSeed => Seed;

    internal override HeadOptions Seeded(int seed) => this with { Seed = seed };

    internal override HeadDecision Learn(LabelledFeatures rows, CancellationToken cancellation)
    {
        var (weights, biases) = (new float[rows.Classes * rows.Dimension], new float[rows.Classes]);
        var vectors = Enumerable.Range(0, rows.Count).Select(row => Array.ConvertAll(rows.Row(row).ToArray(), value => (double)value)).ToArray();
        Parallel.For(0, rows.Classes, new ParallelOptions { CancellationToken = cancellation }, label =>
        {
            var learned = new DualCoordinateDescent(vectors, Array.ConvertAll(rows.Labels, other => other == label ? 1.0 : -1.0), this).Run(cancellation);
            for (var i = 0; i < rows.Dimension; i++)
                weights[(label * rows.Dimension) + i] = (float)learned.Weights[i];
            biases[label] = (float)learned.Bias;
        });
        return new LinearDecision(weights, biases);
    }

    private protected override IEnumerable<string> Faults() =>
        [.. NotPositive(nameof(C), C), .. NotPositive(nameof(Tolerance), Tolerance), .. Below(nameof(MaximumNumberOfIterations), MaximumNumberOfIterations, 1)];
}

/// <summary>The loss of a support vector machine, of a row at margin m.</summary>
public enum MarginLoss
{
    /// <summary>max(0, 1 - m).</summary>
    Hinge,

    /// <summary>max(0, 1 - m)², which is smooth.</summary>
    SquaredHinge,
}
