using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Writes how well groups of rows were judged.</summary>
internal static class SliceText
{
    private const int MostGroups = 20;

    /// <summary>A table of the groups, the worst first, and the differences between them.</summary>
    public static void Write(Shell shell, SliceReport slices)
    {
        shell.Out.WriteLine(Text($"{Environment.NewLine}By {slices.Column}{(slices.Groups.Count > MostGroups ? Text($", the {MostGroups} of {slices.Groups.Count} groups with the lowest accuracy") : "")}:"));
        shell.WriteTable(
            [slices.Column, "rows", "accuracy", "interval"],
            [.. slices.Groups.Take(MostGroups).Select(group => (IReadOnlyList<string>)[group.Name, Text($"{group.Rows}"), MetricText.Value(group.Accuracy), MetricText.Brackets(group.Interval).TrimStart()])]);
        foreach (var line in Gaps(slices))
            shell.Out.WriteLine(line);
    }

    /// <summary>The worst group and the difference of accuracy in one line.</summary>
    public static string Short(SliceReport slices) => slices.Groups.FirstOrDefault(group => group.Name == slices.Worst) is { } worst
        ? Text($"by {slices.Column}: lowest accuracy {MetricText.Value(worst.Accuracy)}{MetricText.Brackets(worst.Interval)} for '{worst.Name}' on {worst.Rows} rows{(slices.Accuracy is { } gap ? Text($", {MetricText.Value(gap.Difference)} below '{gap.High}'") : "")}")
        : Text($"by {slices.Column}: no group has {SliceReport.LeastRows} rows to judge by");

    private static IEnumerable<string> Gaps(SliceReport slices)
    {
        if (slices.Accuracy is { } accuracy)
            yield return Line("accuracy", accuracy);
        if (slices.TruePositiveRate is { } found)
            yield return Line("true positive rate", found);
        if (slices.FalsePositiveRate is { } mistaken)
            yield return Line("false positive rate", mistaken);
        if (slices.SelectionRate is { } given)
            yield return Line("rate of the label (demographic parity)", given);
        if (slices.EqualisedOdds is { } odds)
            yield return $"equalised odds difference {MetricText.Value(odds)}";
    }

    private static string Line(string rate, RateGap gap) =>
        $"{rate}{(gap.Label is { } label ? $" of '{label}'" : "")}: {MetricText.Value(gap.Difference)}{MetricText.Brackets(gap.Interval)} between '{gap.High}' and '{gap.Low}'";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
