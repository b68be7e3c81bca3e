namespace FeatureTransfer.Cascades;

/// <summary>How an ensemble answers.</summary>
public sealed record EnsembleOptions
{
    /// <summary>How the models' answers become one. Default the average.</summary>
    public EnsembleCombination Combination { get; init; } = EnsembleCombination.Average;

    /// <summary>The weight of each model in the average, 0 or more; they are taken relative to their sum. Default null: all weigh alike.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>The label: a key. Default <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>For stacking: rows with the same value here are in one fold. Default null: each row for itself.</summary>
    public string? GroupColumnName { get; init; }

    /// <summary>For stacking: into how many parts the rows are split; each model is fitted once without each of them. At least 2. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>For stacking: the seed of the folds. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>For stacking: how strongly large weights of the regression are held back, 0 or more. Default 1.</summary>
    public float L2Regularization { get; init; } = 1;

    internal void Validate(int models)
    {
        ArgumentException.ThrowIfNullOrEmpty(LabelColumnName);
        ArgumentOutOfRangeException.ThrowIfLessThan(Folds, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(L2Regularization);
        if (models < 2)
            throw new ArgumentException($"An ensemble needs two models or more, and there are {models}.", nameof(models));
        if (Weights is null)
            return;
        if (Combination != EnsembleCombination.Average)
            throw new ArgumentException($"{nameof(Weights)} are for {nameof(EnsembleCombination.Average)}. Leave them out.", nameof(Weights));
        if (Weights.Count != models || Weights.Any(weight => !(weight >= 0)) || Weights.Sum() is not (> 0 and < double.PositiveInfinity))
            throw new ArgumentException($"{nameof(Weights)} are {string.Join(", ", Weights)}. Expected {models} numbers of 0 or more, one a model, not all of them 0.", nameof(Weights));
    }
}
