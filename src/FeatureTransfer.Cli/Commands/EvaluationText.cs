using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Writes how well rows were judged: the metrics, each label, and which labels were taken for which. It stays short with many labels.</summary>
internal static class EvaluationText
{
    // The widest matrix, and the most labels and pairs that are listed.
    private const int MostColumns = 12, MostLabels = 20, MostPairs = 10;

    public static void Write(Shell shell, EvaluationResult result, CalibrationReport? calibration = null)
    {
        shell.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{MetricText.Of(result)} on {result.Rows} rows"));
        if (result.MultiLabel is { } several)
            WriteLabels(shell, [.. several.Labels.Select(label => new ClassResult(label.Label, label.Precision, label.Recall, label.Count))]);
        else if (result.PerClass.Count > 0)
            WriteLabels(shell, result.PerClass);
        if (result.ConfusionCounts.Count > MostColumns)
            WritePairs(shell, result);
        else if (result.ConfusionCounts.Count > 0)
            WriteMatrix(shell, result);
        if (calibration is not null)
            shell.Out.WriteLine($"calibration: {LimitsText.Of(calibration)}");
        foreach (var (name, text) in LimitsText.Lines(result.Limits))
            shell.Out.WriteLine($"{name}: {text}");
        foreach (var slices in result.Slices)
            SliceText.Write(shell, slices);
    }

    private static void WriteLabels(Shell shell, IReadOnlyList<ClassResult> labels)
    {
        shell.Out.WriteLine();
        if (labels.Count > MostLabels)
        {
            shell.Out.WriteLine($"The {MostLabels} of {Count(labels.Count)} labels with the lowest F1:");
            labels = [.. labels.Where(label => label.Count > 0).OrderBy(label => label.F1).Take(MostLabels)];
        }

        shell.WriteTable(["label", "rows", "precision", "recall", "F1"], [.. labels.Select(Row)]);
    }

    // Without rows there is nothing that could have been found.
    private static IReadOnlyList<string> Row(ClassResult label) => label.Count > 0
        ? [label.Label, Count(label.Count), MetricText.Value(label.Precision), MetricText.Value(label.Recall), MetricText.Value(label.F1)]
        : [label.Label, "0", "-", "-", "-"];

    // The columns go by number, for names would not fit.
    private static void WriteMatrix(Shell shell, EvaluationResult result)
    {
        shell.Out.WriteLine($"{Environment.NewLine}Confusion: a row a true label, a column the number of the label predicted");
        shell.WriteTable(
            ["true label", .. result.Labels.Select((_, label) => Count(label + 1))],
            [.. result.Labels.Select((label, row) => (IReadOnlyList<string>)[$"{Count(row + 1)} {label}", .. result.ConfusionCounts[row].Select(Count)])]);
    }

    private static void WritePairs(Shell shell, EvaluationResult result)
    {
        if (result.MostConfused(MostPairs) is not { Count: > 0 } pairs)
            return;
        shell.Out.WriteLine($"{Environment.NewLine}Most confused:");
        shell.WriteTable(
            ["true label", "predicted", "rows", "of the true label"],
            [.. pairs.Select(pair => (IReadOnlyList<string>)[pair.Label, pair.Predicted, Count(pair.Count), MetricText.Value(pair.Share)])]);
    }

    private static string Count(double count) => count.ToString("0", CultureInfo.InvariantCulture);
}
