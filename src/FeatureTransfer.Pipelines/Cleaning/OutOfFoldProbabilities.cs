using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Cleaning;

/// <summary>The mean probabilities of rows over the repetitions of a cross-validation, by models that have not learned from the row.</summary>
internal sealed class OutOfFoldProbabilities
{
    private readonly Dictionary<string, int> _classes;

    /// <summary>Averages scores.</summary>
    /// <param name="task">With two answers there is one probability a row, of the second label.</param>
    /// <param name="binary">The labels of such a task, the negative one first.</param>
    /// <param name="scores">The scores of all folds.</param>
    /// <param name="rows">The number of rows.</param>
    public OutOfFoldProbabilities(PipelineTask task, IReadOnlyList<string> binary, IEnumerable<(int Row, IReadOnlyList<string> Labels, RowScore Score)> scores, int rows)
    {
        var all = scores.Select(fold => task == PipelineTask.Binary ? (fold.Row, Labels: binary, Scores: OfTwo(fold.Score)) : (fold.Row, fold.Labels, Scores: fold.Score.Scores)).ToList();
        Labels = [.. all.SelectMany(fold => fold.Labels).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _classes = Labels.Select((label, number) => (label, number)).ToDictionary(pair => pair.label, pair => pair.number, StringComparer.Ordinal);
        var (sums, counts) = (Enumerable.Range(0, rows).Select(_ => new float[Labels.Count]).ToArray(), new int[rows]);
        foreach (var (row, labels, values) in all)
        {
            counts[row]++;
            for (var i = 0; i < labels.Count; i++)
                sums[row][_classes[labels[i]]] += values[i];
        }

        Rows = [.. sums.Select((sum, row) => Array.ConvertAll(sum, value => value / Math.Max(1, counts[row])))];
    }

    /// <summary>The labels, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The probabilities of each row.</summary>
    public IReadOnlyList<float[]> Rows { get; }

    /// <summary>The place of a label.</summary>
    public int ClassOf(string label) => _classes[label];

    private static float[] OfTwo(RowScore score)
    {
        var positive = score.Probability ?? (1 / (1 + MathF.Exp(-score.Scores[0])));
        return [1 - positive, positive];
    }
}
