using System.Runtime.InteropServices;
using FeatureTransfer.Diagnostics;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Splits;

namespace FeatureTransfer.Studio.Learning;

/// <summary>Trains a classifier on the labelled rows, cross-validated, so that mistakes and doubtful labels are honest.</summary>
internal static class HeadTraining
{
    private const int MostFolds = 5, Seed = 1;

    /// <summary>Why there is nothing to learn yet; null where there is.</summary>
    public static string? Missing(IEnumerable<string?> labels)
    {
        var classes = labels.OfType<string>().CountBy(label => label, StringComparer.Ordinal).ToList();
        return classes.Count < 2 ? "Give two different labels first, each to two items or more."
            : classes.Count(label => label.Value > 1) < 2 ? "Give two of the labels to two items or more each."
            : null;
    }

    /// <summary>Trains.</summary>
    /// <param name="features">The features of each row; null where there are none.</param>
    /// <param name="labels">The label of each row; null where there is none.</param>
    /// <param name="steps">The steps that learn.</param>
    /// <param name="services">What stops the work, and is told how far it is.</param>
    public static HeadResult Train(IReadOnlyList<float[]?> features, IReadOnlyList<string?> labels, IReadOnlyList<PipelineStep> steps, FeatureTransferServices services)
    {
        string?[] usable = [.. labels.Select((label, row) => features[row] is null ? null : label)];
        if (Missing(usable) is { } missing)
            throw new FeatureTransferException(missing);
        int[] rows = [.. Enumerable.Range(0, usable.Length).Where(row => usable[row] is not null)];
        string[] classes = [.. rows.Select(row => usable[row]!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        HeadRow[] learned = [.. rows.Select(row => new HeadRow { Label = usable[row]!, Features = features[row]! })];
        var probabilities = new float[]?[features.Count];
        var folds = Folds(learned);
        foreach (var (number, fold) in folds.Index())
        {
            services.Cancellation.ThrowIfCancellationRequested();
            services.Progress?.Report(new WorkProgress("training", number, folds.Count + 1));
            var judge = Head.Fit([.. fold.Train.Select(place => learned[place])], classes, steps, services);
            foreach (var (place, answer) in fold.Test.Zip(judge.Answer(fold.Test.Select(place => learned[place].Features))))
                probabilities[rows[place]] = answer;
        }

        // A model that never saw the class cannot say anything of its only row.
        foreach (var alone in rows.GroupBy(row => usable[row]).Where(group => group.Count() == 1))
            probabilities[alone.First()] = null;
        var head = Head.Fit(learned, classes, steps, services);
        int[] others = [.. Enumerable.Range(0, features.Count).Where(row => usable[row] is null && features[row] is not null)];
        foreach (var (row, answer) in others.Zip(head.Answer(others.Select(row => features[row]!))))
            probabilities[row] = answer;
        return new HeadResult { Head = head, Classes = classes, Labels = usable, Probabilities = probabilities, Doubts = Doubts(rows, usable, classes, probabilities) };
    }

    // Copies of a row lie on one side, unless that would leave too few sides.
    private static IReadOnlyList<SplitRows> Folds(HeadRow[] rows)
    {
        string[] labels = [.. rows.Select(row => row.Label)];
        var folds = Math.Clamp(labels.CountBy(label => label, StringComparer.Ordinal).Select(label => label.Value).Where(count => count > 1).Min(), 2, MostFolds);
        string[] copies = [.. rows.Select(row => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes<float>(row.Features))))];
        return Splitter.Folds(labels, copies.Zip(labels).DistinctBy(copy => copy.First).CountBy(copy => copy.Second).Count(label => label.Value >= folds) == labels.Distinct().Count() ? copies : null, folds, Seed);
    }

    private static IReadOnlyList<DoubtedLabel> Doubts(int[] rows, string?[] labels, string[] classes, float[]?[] probabilities)
    {
        int[] judged = [.. rows.Where(row => probabilities[row] is not null)];
        return
        [
            .. LabelErrors.Rank([.. judged.Select(row => probabilities[row]!)], [.. judged.Select(row => Array.IndexOf(classes, labels[row]))])
                .Where(label => label is { IsProbable: true, Doubt: > 0.5 }).Select(label => label with { Row = judged[label.Row] }),
        ];
    }
}
