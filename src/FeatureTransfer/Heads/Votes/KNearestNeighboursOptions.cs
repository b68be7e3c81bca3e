using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Heads;

/// <summary>
/// The k nearest of the training rows vote (Cover and Hart 1967, "Nearest neighbor pattern classification"). Nothing is fitted, which suits a
/// handful of labels; the model holds all training rows.
/// </summary>
/// <remarks><c>Score</c> is the share of the votes after one more vote is split among all classes, so that no class is impossible. Of equal shares the class that comes first wins.</remarks>
public sealed record KNearestNeighboursOptions : HeadOptions
{
    /// <summary>How many rows vote; all where there are fewer. Default 5.</summary>
    public int K { get; init; } = 5;

    /// <summary>How distances are computed. Default <see cref="SimilarityMetric.Cosine"/>.</summary>
    public SimilarityMetric Metric { get; init; } = SimilarityMetric.Cosine;

    /// <summary>What a vote counts. Default <see cref="NeighbourWeights.Distance"/>.</summary>
    public NeighbourWeights Weights { get; init; } = NeighbourWeights.Distance;

    internal override HeadDecision Learn(LabelledFeatures rows, CancellationToken cancellation)
    {
        float[] prepared = [.. rows.Values];
        for (var row = 0; row < rows.Count; row++)
            VectorSpace.Prepare(Metric, prepared.AsSpan(row * rows.Dimension, rows.Dimension));
        var votes = new float[rows.Count * rows.Classes];
        for (var row = 0; row < rows.Count; row++)
            votes[(row * rows.Classes) + rows.Labels[row]] = 1;
        return new VoteDecision(prepared, rows.Dimension, votes, rows.Classes, this);
    }

    private protected override IEnumerable<string> Faults() => Below(nameof(K), K, 1);
}

/// <summary>What the vote of a neighbour counts.</summary>
public enum NeighbourWeights
{
    /// <summary>All votes count alike.</summary>
    Uniform,

    /// <summary>A vote counts the inverse of the distance; a row at distance 0 decides alone.</summary>
    Distance,
}
