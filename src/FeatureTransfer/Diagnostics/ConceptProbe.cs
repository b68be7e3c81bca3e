using FeatureTransfer.Heads;
using HeadFeatures = FeatureTransfer.Heads.LabelledFeatures;

namespace FeatureTransfer.Diagnostics;

/// <summary>
/// How well a linear classifier tells a column from features, such as the speaker or the camera (Alain and Bengio 2017, "Understanding intermediate layers using linear
/// classifier probes"). What a linear probe does not find another classifier may.
/// </summary>
/// <param name="Accuracy">The share of rows whose value it tells, each by a probe that has not learned from the row.</param>
/// <param name="Chance">The share of the most frequent value: what is reached without looking at the features.</param>
/// <param name="Rows">The rows that were told; a value with a single row is learned from and never told.</param>
/// <param name="Values">How many values there are.</param>
public sealed record ConceptProbe(double Accuracy, double Chance, int Rows, int Values)
{
    private const int Folds = 5;

    /// <summary>Probes features.</summary>
    /// <param name="features">A vector (features) a row, all of one length.</param>
    /// <param name="values">The column's value of each row; rows whose value is empty are passed over.</param>
    /// <param name="seed">The seed of the folds. Default 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, vectors have other lengths, or fewer than two values have two rows.</exception>
    public static ConceptProbe Of(IReadOnlyList<float[]> features, IReadOnlyList<string> values, int seed = 1, CancellationToken cancellationToken = default)
    {
        var rows = Read(features, values);
        var (right, told) = (0, new int[rows.Classes]);
        foreach (var (train, test) in HeldOut.Folds(rows, Folds, seed))
        {
            var scale = UnitVariance.Of(train);
            var learned = (LinearDecision)new LinearProbeOptions { Seed = seed }.Learn(scale.Apply(train), cancellationToken);
            var scaled = scale.Apply(test);
            for (var row = 0; row < test.Count; row++)
            {
                told[test.Labels[row]]++;
                right += System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(learned.Logits(scaled.Row(row))) == test.Labels[row] ? 1 : 0;
            }
        }

        return new ConceptProbe(right / (double)told.Sum(), told.Max() / (double)told.Sum(), told.Sum(), rows.Classes);
    }

    private static HeadFeatures Read(IReadOnlyList<float[]> features, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(values);
        if (features.Count != values.Count || features.Any(row => row.Length != features[0].Length))
            throw new ArgumentException($"There are {features.Count} rows of features and {values.Count} values. Expected rows of one length, and a value for each.", nameof(features));
        int[] used = [.. Enumerable.Range(0, values.Count).Where(row => values[row].Length > 0)];
        var names = used.Select(row => values[row]).CountBy(name => name, StringComparer.Ordinal).OrderBy(name => name.Key, StringComparer.Ordinal).ToList();
        if (names.Count(name => name.Value > 1) < 2)
            throw new ArgumentException($"There are {names.Count} values, {names.Count(name => name.Value > 1)} of them of two rows or more. Expected two such values, which features may tell apart.", nameof(values));
        var place = names.Index().ToDictionary(name => name.Item.Key, name => name.Index, StringComparer.Ordinal);
        return new HeadFeatures([.. used.SelectMany(row => features[row])], features[0].Length, [.. used.Select(row => place[values[row]])], names.Count);
    }
}
