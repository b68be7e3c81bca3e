using System.Text.Json.Serialization;

namespace FeatureTransfer.Pipelines;

/// <summary>Layers of a backbone as they did in the last round that they were in.</summary>
public sealed record AdvisedLayers
{
    /// <summary>The backbone's id, or what it was named by.</summary>
    public required string Backbone { get; init; }

    /// <summary>The layers, aliases or tensors, whose features stand side by side.</summary>
    public required ValueList<string> Layers { get; init; }

    /// <summary>The number of features.</summary>
    public required int Features { get; init; }

    /// <summary>The round, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>The rows of that round.</summary>
    public required int Rows { get; init; }

    /// <summary>The metrics of a cross-validated probe: the pipeline's own chain behind the features; of what was left out before the last round, with a ridge classifier for its trainer.</summary>
    public required CrossValidationResult Probe { get; init; }

    /// <summary>The metric that counts most, of the probe; NaN where it has none.</summary>
    [JsonIgnore]
    public double Score => Probe.Mean.Headline?.Value ?? double.NaN;

    /// <summary>See <see cref="Diagnostics.LogMe" />; null for tasks without classes.</summary>
    public double? LogMe { get; init; }

    /// <summary>See <see cref="Diagnostics.HScore" />; null for tasks without classes.</summary>
    public double? HScore { get; init; }

    /// <summary>See <see cref="Diagnostics.NeighbourAccuracy" />; null for tasks without classes.</summary>
    public double? Neighbours { get; init; }

    /// <summary>
    /// Seconds a row, from the input to features, as measured here on all cores; a layer that was tapped together with deeper ones has the share of
    /// the multiplications up to it.
    /// </summary>
    public required double SecondsPerRow { get; init; }

    /// <summary>The size of the backbone's file in bytes, all of which has to be in memory; null where the card does not say.</summary>
    public long? SizeInBytes { get; init; }
}
