using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>What a search found: the best of its trials.</summary>
internal static class SearchText
{
    // The report has all.
    private const int Most = 5;

    public static void Write(TextWriter output, SearchResult search)
    {
        output.WriteLine(Line($"  search            {search.Trials.Count} candidates in {search.Seconds:0.0} s on {search.Rows} training rows{(search.Resumed > 0 ? Line($", {search.Resumed} cross-validations from an earlier run") : "")}{(search.OutOfTime ? "; the minutes were over" : "")}"));
        using var table = new StringWriter();
        PlainTable.Write(table, ["rank", "cross-validation", "rows", "seconds", "options"], [.. search.Trials.Take(Most).Select(Row)]);
        foreach (var line in table.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            output.WriteLine($"    {line.TrimEnd('\r')}");
    }

    private static IReadOnlyList<string> Row(SearchTrial trial, int rank) =>
    [
        Line($"{rank + 1}"),
        trial.CrossValidation is { } folds ? MetricText.Of(folds) : trial.Error ?? "",
        Line($"{trial.Rows}"),
        Line($"{trial.Seconds:0.0}"),
        string.Join("; ", OptionText.Names([.. trial.Options.Keys]).Zip(trial.Options.Values, (name, value) => $"{name} {OptionText.Of(value)}")),
    ];

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
