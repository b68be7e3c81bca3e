namespace FeatureTransfer.FineTuning;

/// <summary>
/// The learning-rate range test (Smith, 2017, arXiv:1506.01186): the rate grows step by step from small to large, and the one at which the
/// smoothed loss falls fastest is taken. The weights are put back afterwards.
/// </summary>
public sealed record LearningRateFinderOptions
{
    /// <summary>Whether the learning rate of the second phase is looked for. Default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>The least rate that is tried. Default 1e-6.</summary>
    public double Minimum { get; init; } = 1e-6;

    /// <summary>The largest rate that is tried. Default 0.5.</summary>
    public double Maximum { get; init; } = 0.5;

    /// <summary>The steps in between. Default 60.</summary>
    public int Steps { get; init; } = 60;
}
