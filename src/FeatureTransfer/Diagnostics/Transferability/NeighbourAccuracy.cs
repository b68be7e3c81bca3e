using System.Numerics.Tensors;

namespace FeatureTransfer.Diagnostics;

/// <summary>How many rows have the class that most of their nearest neighbours by cosine have, each row left out of its own neighbours: a probe that trains nothing.</summary>
public static class NeighbourAccuracy
{
    /// <summary>The share of rows, 0 to 1.</summary>
    /// <param name="data">Features and classes; time grows with the square of the rows.</param>
    /// <param name="neighbours">How many neighbours vote, 1 or more; the nearest decides between equals. Default 5.</param>
    /// <param name="groups">Rows of one group are no neighbours of each other, such as shots of one thing. Default null: each row for itself.</param>
    /// <exception cref="ArgumentException">The number of neighbours is below 1, or that of groups is not that of rows.</exception>
    public static double Of(LabelledFeatures data, int neighbours = 5, IReadOnlyList<string>? groups = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        if (groups is not null && groups.Count != data.Count)
            throw new ArgumentException($"There are {groups.Count} groups and {data.Count} rows. Expected one group a row.", nameof(groups));
        var lengths = data.Features.Select(row => Math.Max(TensorPrimitives.Norm(row), float.Epsilon)).ToArray();
        var right = 0;
        Parallel.For(0, data.Count, row =>
        {
            if (Vote(row) == data.Classes[row])
                Interlocked.Increment(ref right);
        });
        return right / (double)data.Count;

        int? Vote(int row) => Enumerable.Range(0, data.Count)
            .Where(other => other != row && (groups is null || groups[other] != groups[row]))
            .Select(other => (Other: other, Cosine: TensorPrimitives.Dot(data.Features[row], data.Features[other]) / lengths[other]))
            .OrderByDescending(pair => pair.Cosine).ThenBy(pair => pair.Other)
            .Take(neighbours)
            .Select((pair, rank) => (Class: data.Classes[pair.Other], Rank: rank))
            .GroupBy(vote => vote.Class)
            .OrderByDescending(votes => votes.Count()).ThenBy(votes => votes.Min(vote => vote.Rank))
            .Select(votes => (int?)votes.Key)
            .FirstOrDefault();
    }
}
