using CsvHelper;
using FeatureTransfer.Pipelines;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Says what <c>ft clean</c> found.</summary>
internal static class CleanText
{
    private const int Most = 20;

    /// <summary>What was found, the most doubtful first.</summary>
    public static void Write(Shell shell, CleanReport report, string? file)
    {
        if (shell.Json)
        {
            shell.WriteJson(new { Rows = report.Rows.Where(row => row.IsSuspect), report.Leaks, report.Rejected });
            return;
        }

        var suspects = report.Rows.Where(row => row.IsProbableError).ToList();
        shell.Out.WriteLine(Text($"{report.Rows.Count} rows: {Count(suspects.Count, "label is probably wrong", "labels are probably wrong")}, {Count(report.Rows.Where(row => row.Duplicates is not null).DistinctBy(row => row.Duplicates).Count(), "group", "groups")} of near-duplicates ({Count(report.Rows.Count(row => row.IsContradicted), "row", "rows")} with labels that contradict each other, {Count(report.Rows.Count(row => row.IsAcrossSplit), "row", "rows")} on both sides of the split), {Count(report.Rows.Count(row => row.IsOutlier), "outlier", "outliers")}, {report.Rejected.Count} unreadable"));
        if (suspects.Count > 0)
        {
            shell.Out.WriteLine();
            shell.WriteTable(["input", "label", "suggested", "doubt"], [.. suspects.Take(Most).Select(row => (IReadOnlyList<string>)[row.Input, row.Label, row.Suggestion ?? "", MetricText.Value(row.Doubt)])]);
            if (suspects.Count > Most)
                shell.Out.WriteLine(Text($"... and {suspects.Count - Most} more"));
        }

        foreach (var leak in report.Leaks.Take(Most))
            shell.Out.WriteLine(Text($"warning: {leak.Share:P0} of the {leak.Rows} rows whose {leak.Property} is '{leak.Value}' are '{leak.Label}', {leak.Covered:P0} of that label: a model may learn the {leak.Property}"));
        foreach (var row in report.Rejected.Take(Most))
            shell.Error.WriteLine($"{row.Input}: {row.Reason}");
        if (file is not null)
            shell.Out.WriteLine($"Next: mend the labels in {CommandText.Path(file)}, delete lines, and ft train {CommandText.Path(file)}");
    }

    /// <summary>All rows as a table to mend: paths are from its folder.</summary>
    public static void WriteRows(string file, CleanReport report) => AtomicFile.Write(file, stream =>
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        using var text = new StreamWriter(stream, leaveOpen: true);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var name in new[] { "path", "label", "suggestion", "doubt", "issues", "duplicates" })
            csv.WriteField(name);
        csv.NextRecord();
        foreach (var row in report.Rows)
        {
            csv.WriteField(File.Exists(row.Input) ? Path.GetRelativePath(folder, row.Input).Replace(Path.DirectorySeparatorChar, '/') : row.Input);
            csv.WriteField(row.Label);
            csv.WriteField(row.Suggestion ?? "");
            csv.WriteField(Text($"{row.Doubt:0.000}"));
            csv.WriteField(string.Join(' ', Issues(row)));
            csv.WriteField(row.Duplicates);
            csv.NextRecord();
        }
    });

    private static IEnumerable<string> Issues(CleanedRow row)
    {
        if (row.IsProbableError)
            yield return "label";
        if (row.IsContradicted)
            yield return "contradiction";
        else if (row.Duplicates is not null)
            yield return "duplicate";
        if (row.IsAcrossSplit)
            yield return "acrossSplit";
        if (row.IsOutlier)
            yield return "outlier";
    }

    private static string Count(int count, string one, string several) => Text($"{count} {(count == 1 ? one : several)}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
