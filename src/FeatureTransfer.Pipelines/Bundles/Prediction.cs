namespace FeatureTransfer.Pipelines;

/// <summary>A bundle's answer for one input. Exactly one of <see cref="Label" /> and <see cref="Error" /> is set.</summary>
public sealed record Prediction
{
    /// <summary>The input, as a path.</summary>
    public required string Input { get; init; }

    /// <summary>The label predicted; null when the input could not be read.</summary>
    public string? Label { get; init; }

    /// <summary>The probability of <see cref="Label" />, 0 to 1.</summary>
    public double Confidence { get; init; }

    /// <summary>The score of every label, in the order of the bundle's labels; empty when the input could not be read.</summary>
    public IReadOnlyList<float> Scores { get; init; } = [];

    /// <summary>Why the input could not be read; null when it was.</summary>
    public string? Error { get; init; }
}
