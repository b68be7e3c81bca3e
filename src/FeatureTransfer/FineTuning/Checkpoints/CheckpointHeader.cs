using System.Text.Json.Nodes;

namespace FeatureTransfer.FineTuning;

/// <summary>What a checkpoint says of itself, before its arrays.</summary>
internal sealed record CheckpointHeader
{
    /// <summary>The version of the format.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The options of the run.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>A SHA-256 of the rows.</summary>
    public required string Data { get; init; }

    /// <summary>A SHA-256 of the network before training.</summary>
    public required string Model { get; init; }

    /// <summary>Where the run stands.</summary>
    public required TuningState State { get; init; }

    /// <summary>How many steps each parameter made.</summary>
    public required Dictionary<string, long> Steps { get; init; }

    /// <summary>The arrays that follow: name and length.</summary>
    public required List<CheckpointArray> Arrays { get; init; }
}

/// <summary>An array in a checkpoint.</summary>
internal sealed record CheckpointArray(string Name, int Length);
