namespace FeatureTransfer.Pipelines;

/// <summary>
/// Which options of a pipeline's chain are tried out, and for how long. A run judges candidates by cross-validation on the training rows of the split, trains
/// the winner as a plain pipeline, and judges that on the held-out rows, which the search never saw. Immutable.
/// </summary>
public sealed record SearchOptions
{
    /// <summary>The options, each with what is tried for it.</summary>
    public ValueList<SearchedOption> Options { get; init; } = [];

    /// <summary>Whether all candidates are judged on all training rows. Default <see cref="SearchStrategy.Halving" />.</summary>
    public SearchStrategy Strategy { get; init; }

    /// <summary>How many candidates are drawn, 1 or more; fewer where there are not so many. Default 20.</summary>
    public int Trials { get; init; } = 20;

    /// <summary>The minutes after which no further trial begins; those of a search that this one resumes count. Default null: no limit.</summary>
    public double? Minutes { get; init; }

    /// <summary>The folds of each cross-validation, 2 to 100. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>In <see cref="SearchStrategy.Halving" />, of how many candidates one goes on to the next round, which has so many times the rows; 2 or more. Default 3.</summary>
    public int Reduction { get; init; } = 3;

    /// <summary>In <see cref="SearchStrategy.Halving" />, the fewest rows of the first round, 10 or more. Default null: 40, or eight a label where that is more.</summary>
    public int? FirstRows { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Minutes ?? 1, nameof(Minutes));
        ArgumentOutOfRangeException.ThrowIfLessThan(Folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Folds, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(Reduction, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstRows ?? 10, 10, nameof(FirstRows));
    }
}

/// <summary>How a search spends its rows.</summary>
public enum SearchStrategy
{
    /// <summary>
    /// Successive halving: candidates are judged on few rows first, the better of them on more, so that bad ones cost little. Jamieson and Talwalkar,
    /// "Non-stochastic Best Arm Identification and Hyperparameter Optimization" (2016).
    /// </summary>
    Halving,

    /// <summary>All candidates are judged on all training rows. Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization" (2012).</summary>
    Random,
}
