namespace Microsoft.ML.Data;

/// <summary>How often each class was taken for which: rows are the true classes, columns the predicted ones.</summary>
public sealed class ConfusionMatrix
{
    private readonly ConfusionTable _table;

    internal ConfusionMatrix(double[][] counts, string[] names, bool isBinary)
    {
        Counts = counts;
        NumberOfClasses = counts.Length;
        PerClassPrecision = [.. Enumerable.Range(0, counts.Length).Select(k => Ratio(counts[k][k], counts.Sum(row => row[k])))];
        PerClassRecall = [.. Enumerable.Range(0, counts.Length).Select(k => Ratio(counts[k][k], counts[k].Sum()))];
        _table = new ConfusionTable(this, names, isBinary);
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses { get; }

    public string GetFormattedConfusionTable() => _table.ToString();

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        Check.Param(
            predictedClassIndicatorIndex >= 0 && predictedClassIndicatorIndex < NumberOfClasses,
            nameof(predictedClassIndicatorIndex), $"There are {NumberOfClasses} classes.");
        Check.Param(
            actualClassIndicatorIndex >= 0 && actualClassIndicatorIndex < NumberOfClasses,
            nameof(actualClassIndicatorIndex), $"There are {NumberOfClasses} classes.");
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    internal static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;
}
