using FeatureTransfer.Devices;
using FeatureTransfer.Inputs;

namespace FeatureTransfer.FineTuning;

/// <summary>What the parts of one fine-tuning share.</summary>
internal sealed record TuningContext
{
    public required FineTuneOptions Options { get; init; }

    public required TuningModel Model { get; init; }

    public required FixedPreparation Preparation { get; init; }

    public required IReadOnlyList<TuningRow> Rows { get; init; }

    public required FeatureTransferServices Services { get; init; }

    /// <summary>The rows that teach.</summary>
    public int[] Train { get; init; } = [];

    /// <summary>The rows that judge.</summary>
    public int[] Validation { get; init; } = [];

    /// <summary>The rows of a target domain, which teach without their labels.</summary>
    public int[] Target { get; init; } = [];

    /// <summary>What the frozen part makes of all rows; null until it is computed.</summary>
    public FrozenRows? Frozen { get; init; }

    /// <summary>The weight of each class; null: all the same.</summary>
    public float[]? ClassWeights { get; init; }

    public IProgress<FineTuneProgress>? Progress { get; init; }

    public ITuningObserver? Observer { get; init; }

    public CancellationToken Cancellation { get; init; }

    /// <summary>The metric that decides.</summary>
    public ValidationMetric Metric => ValidationScores.Resolve(Options.EarlyStopping.Metric, Model.Layout.Task);

    /// <summary>How models are opened.</summary>
    public SessionSettings Session => new() { Device = Services.Device ?? Options.Device, IntraOpThreads = Options.IntraOpThreads ?? 0, Logger = Services.Logger };

    /// <summary>The threads that images are decoded with.</summary>
    public int Threads => Options.IntraOpThreads ?? Environment.ProcessorCount;
}
