namespace Microsoft.ML.Data;

/// <summary>How well classes were predicted.</summary>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(MulticlassCounts counts, ConfusionMatrix matrix, int topKPredictionCount)
    {
        ConfusionMatrix = matrix;
        double correct = 0;
        int present = 0;
        double recalls = 0;
        for (int k = 0; k < matrix.NumberOfClasses; k++)
        {
            correct += matrix.Counts[k][k];
            present += counts.RowsOf[k] > 0 ? 1 : 0;
            recalls += matrix.PerClassRecall[k];
        }
        LogLoss = ConfusionMatrix.Ratio(counts.LossOf.Sum(), counts.Rows);
        LogLossReduction = 1 - (LogLoss / counts.Entropy());
        MicroAccuracy = ConfusionMatrix.Ratio(correct, counts.Rows);
        MacroAccuracy = ConfusionMatrix.Ratio(recalls, present);
        PerClassLogLoss = [.. counts.LossOf.Select((loss, k) => ConfusionMatrix.Ratio(loss, counts.RowsOf[k]))];
        TopKPredictionCount = topKPredictionCount;
        if (topKPredictionCount == 0)
            return;
        double sum = 0;
        TopKAccuracyForAllK = [.. counts.AtRank.Take(topKPredictionCount).Select(hits => ConfusionMatrix.Ratio(sum += hits, counts.Rows))];
        TopKAccuracy = TopKAccuracyForAllK[^1];
    }

    public double LogLoss { get; }

    public double LogLossReduction { get; }

    public double MacroAccuracy { get; }

    public double MicroAccuracy { get; }

    /// <summary>The share of rows whose class is among the first that the scores name; 0 where it was not asked for.</summary>
    public double TopKAccuracy { get; }

    public int TopKPredictionCount { get; }

    /// <summary>The same for each number up to <see cref="TopKPredictionCount"/>; null where it was not asked for.</summary>
    public IReadOnlyList<double> TopKAccuracyForAllK { get; } = null!;

    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
