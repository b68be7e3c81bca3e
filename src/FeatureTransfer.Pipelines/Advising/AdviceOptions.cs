namespace FeatureTransfer.Pipelines;

/// <summary>Which backbones and layers are compared, and on how many rows. Immutable.</summary>
public sealed record AdviceOptions
{
    /// <summary>The backbones: ids of the catalogue, or paths of cards or ONNX files. Default empty: those on this machine that take what the pipeline's step takes, and the step's own.</summary>
    public ValueList<string> Backbones { get; init; } = [];

    /// <summary>The rows of the first round, 10 or more. Default null: 40, or eight a label where that is more.</summary>
    public int? FirstRows { get; init; }

    /// <summary>The rows of the last round, at most; 10 or more. Default 2000.</summary>
    public int MaxRows { get; init; } = 2000;

    /// <summary>Of how many candidates one stays in the next round, which has so many times the rows; 2 or more. Default 3.</summary>
    public int Reduction { get; init; } = 3;

    /// <summary>How many candidates the pipeline's own chain judges in the last round, 1 or more; until then a ridge classifier stands for its trainer. Default 3.</summary>
    public int Finalists { get; init; } = 3;

    /// <summary>The folds of the probe's cross-validation, 2 or more. Default 5.</summary>
    public int Folds { get; init; } = 5;

    internal void Validate()
    {
        if (FirstRows is { } first)
            ArgumentOutOfRangeException.ThrowIfLessThan(first, 10, nameof(FirstRows));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRows, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(Reduction, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Finalists, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Folds, 2);
    }
}
