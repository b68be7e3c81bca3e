namespace FeatureTransfer.FineTuning;

/// <summary>When the state of training is saved, and whether it is taken up again.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The file, which is replaced as a whole each time. Default, and null: no checkpoints.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// Epochs between checkpoints, besides one after the last of each stage; 0 is after those by which saving takes about a twentieth of the time:
    /// with a small network after each, with a large one and few rows after some or none. Default 0.
    /// </summary>
    public int EveryEpochs { get; init; }

    /// <summary>Steps between checkpoints within an epoch; 0 is none. Default 0.</summary>
    public int EverySteps { get; init; }

    /// <summary>
    /// Whether to go on from the checkpoint where there is one; the final weights are those of a run without a break. A checkpoint of
    /// other options or data is refused. Default false.
    /// </summary>
    public bool Resume { get; init; }
}
