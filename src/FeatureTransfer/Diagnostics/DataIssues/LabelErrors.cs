namespace FeatureTransfer.Diagnostics;

/// <summary>A row whose label a model doubts that has not learned from it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Suggested">The class that is likelier than all others but the row's own.</param>
/// <param name="Doubt">From 0, the label is sure, to 1, the other is.</param>
/// <param name="IsProbable">Whether the row is as sure of another class as rows of that class are on average: a probable error.</param>
public readonly record struct DoubtedLabel(int Row, int Suggested, double Doubt, bool IsProbable);

/// <summary>
/// Finds labels that are probably wrong, by confident learning: Northcutt and others, "Confident Learning: Estimating Uncertainty in Dataset Labels" (2021).
/// </summary>
public static class LabelErrors
{
    /// <summary>All rows, the most doubtful first.</summary>
    /// <param name="probabilities">One probability a class of each row, by models that have not learned from the row, such as those of a cross-validation.</param>
    /// <param name="classes">The class that each row is labelled with, from 0.</param>
    /// <exception cref="ArgumentException">There is not one class a row, or one is beyond the probabilities.</exception>
    public static IReadOnlyList<DoubtedLabel> Rank(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(classes);
        if (probabilities.Count != classes.Count)
            throw new ArgumentException($"There are {probabilities.Count} rows of probabilities and {classes.Count} classes. Expected one class a row.", nameof(classes));
        for (var row = 0; row < classes.Count; row++)
        {
            if (classes[row] < 0 || classes[row] >= probabilities[row].Length || probabilities[row].Length < 2)
                throw new ArgumentException($"Row {row} is of class {classes[row]} and has {probabilities[row].Length} probabilities. Expected a probability for each of two classes or more, its own among them.", nameof(classes));
        }

        var usual = SelfConfidence(probabilities, classes);
        return
        [
            .. Enumerable.Range(0, classes.Count)
                .Select(row => Judge(row, probabilities[row], classes[row], usual))
                .OrderByDescending(label => label.Doubt).ThenBy(label => label.Row),
        ];
    }

    // How probable a class is on average in the rows that are labelled so; above 1 for a class without rows, which nothing reaches.
    private static double[] SelfConfidence(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> classes)
    {
        var means = Enumerable.Repeat(2.0, probabilities.Count == 0 ? 0 : probabilities.Max(row => row.Length)).ToArray();
        foreach (var rows in Enumerable.Range(0, classes.Count).GroupBy(row => classes[row]))
            means[rows.Key] = rows.Average(row => (double)probabilities[row][rows.Key]);
        return means;
    }

    private static DoubtedLabel Judge(int row, float[] probabilities, int own, double[] usual)
    {
        var other = Enumerable.Range(0, probabilities.Length).Where(value => value != own).MaxBy(value => probabilities[value]);
        var confident = Enumerable.Range(0, probabilities.Length).Where(value => probabilities[value] >= usual[value]).Select(value => (int?)value).MaxBy(value => probabilities[value!.Value]);
        return new DoubtedLabel(row, other, (1 + probabilities[other] - probabilities[own]) / 2.0, confident is { } likeliest && likeliest != own);
    }
}
