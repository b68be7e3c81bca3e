using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Heads;

/// <summary>
/// Labels spread along a graph of nearest neighbours, to rows that have none too (Zhou and others 2004, "Learning with local and global consistency"); a new row is told by
/// a vote of its nearest among all of them, as Delalleau and others 2005 do.
/// </summary>
/// <remarks>
/// Two rows are joined where one is among the k nearest of the other. With S = D^-1/2 W D^-1/2 for the joins W and their numbers D, the labels' shares are the rows of
/// (1 - a)(I - aS)^-1 Y, each scaled to a sum of 1; rows that no label reaches do not vote. Time grows with the square of the rows, and the model holds all that vote.
/// </remarks>
public sealed record LabelPropagationOptions : HeadOptions
{
    /// <summary>How many nearest rows a row is joined with, and how many vote. Default 10.</summary>
    public int K { get; init; } = 10;

    /// <summary>How distances are computed. Default <see cref="SimilarityMetric.Cosine"/>.</summary>
    public SimilarityMetric Metric { get; init; } = SimilarityMetric.Cosine;

    /// <summary>a: how much of a row's label comes of its neighbours, above 0 and below 1; the rest is the label that it was given. Default 0.9.</summary>
    public double Alpha { get; init; } = 0.9;

    internal override bool ReadsUnlabelled => true;

    internal override HeadDecision Learn(LabelledFeatures rows, CancellationToken cancellation) => Learn(rows, [], cancellation);

    internal override HeadDecision Learn(HeadRows rows, CancellationToken cancellation) => Learn(rows.Features, rows.Unlabelled, cancellation);

    private VoteDecision Learn(LabelledFeatures rows, float[] unlabelled, CancellationToken cancellation)
    {
        float[] all = [.. rows.Values, .. unlabelled];
        for (var start = 0; start < all.Length; start += rows.Dimension)
            VectorSpace.Prepare(Metric, all.AsSpan(start, rows.Dimension));
        var graph = LabelGraph.Of(all, rows.Dimension, K, Metric, cancellation);
        var shares = graph.Spread(rows.Labels, rows.Classes, Alpha, cancellation);
        int[] reached = [.. Enumerable.Range(0, shares.Length).Where(row => shares[row].Sum() > 0)];
        return new VoteDecision(
            [.. reached.SelectMany(row => all[(row * rows.Dimension)..((row + 1) * rows.Dimension)])],
            rows.Dimension,
            [.. reached.SelectMany(row => shares[row].Select(share => (float)(share / shares[row].Sum())))],
            rows.Classes,
            new KNearestNeighboursOptions { K = K, Metric = Metric });
    }

    private protected override IEnumerable<string> Faults()
    {
        foreach (var fault in Below(nameof(K), K, 1))
            yield return fault;
        if (!(Alpha is > 0 and < 1))
            yield return string.Create(CultureInfo.InvariantCulture, $"{nameof(Alpha)} is {Alpha}; expected a number above 0 and below 1");
    }
}
