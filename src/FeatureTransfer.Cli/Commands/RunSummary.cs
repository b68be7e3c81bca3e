using FeatureTransfer.Cascades;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>What a person wants to know of a run.</summary>
internal static class RunSummary
{
    public static void Write(TextWriter output, RunResult result)
    {
        output.WriteLine(Line($"{result.Name}: {result.Rows} rows, {Answers(result)}"));
        if (result.Backbone is { } backbone)
            output.WriteLine(Line($"  backbone          {backbone.Id}, {backbone.FeatureLength} features: {backbone.Pooling} of {backbone.LayersText}"));
        if (result.Search is { } search)
            SearchText.Write(output, search);
        if (result.CrossValidation is { } folds)
            output.WriteLine(Line($"  cross-validation  {MetricText.Of(folds)} over {folds.Folds.Count} folds of {result.TrainRows} training rows"));
        if (result.Test is { } test)
            output.WriteLine(Line($"  held-out test     {MetricText.Of(test)} on {result.TestRows} rows"));
        if (result.Calibration is { } calibration)
            output.WriteLine($"  calibration       {LimitsText.Of(calibration)}");
        foreach (var (name, text) in LimitsText.Lines(result.Test?.Limits))
            output.WriteLine($"  {name,-16}  {text}");
        foreach (var slices in result.Test?.Slices ?? [])
            output.WriteLine($"  groups            {SliceText.Short(slices)}");
        if (result.FewShot.Count > 0)
            output.WriteLine($"  few labels        {string.Join(", ", result.FewShot.Select(draws => Line($"{draws.Shots}: {MetricText.Value(draws.Mean)} ± {MetricText.Value(draws.HalfWidth)}")))} (labels a class: accuracy)");
        foreach (var line in result.Probes.SelectMany(ProbeText.Lines))
            output.WriteLine($"  probe             {line}");
        if (result.Gate is { } gate)
            output.WriteLine(Line($"  gate              {OfGate(gate, result.Test?.Metrics)}"));
        if (result.Baseline is { } baseline)
            output.WriteLine(Line($"  without transfer  {Of(baseline)} ({baseline.Name}, the same chain and rows)"));
        if (result.Target is { } target)
            AdaptText.Write(output, target);
        if ((result.CrossValidation?.Interval ?? result.Test?.Interval) is not null)
            output.WriteLine("                    in brackets: 95 % confidence intervals");
        if (result.Rejected.Count > 0)
            output.WriteLine(Line($"  rejected          {result.Rejected.Count} rows, the first: {result.Rejected[0].Input}: {result.Rejected[0].Reason}"));
        foreach (var note in result.Notes)
            output.WriteLine($"  note              {note}");
        output.WriteLine(Line($"  time              {result.Elapsed.TotalSeconds:0.0} s ({string.Join(", ", result.StageSeconds.Select(stage => Line($"{stage.Key} {stage.Value:0.0}")))})"));
        if (result.BundlePath is { } bundle)
            output.WriteLine($"  model file        {Shorten(bundle)}");
        if (result.Search?.WinnerPath is { } winner)
            output.WriteLine($"  winner            {Shorten(winner)}");
        if (result.ReportPath is { } report)
            output.WriteLine($"  report            {Shorten(report)}");
        if (result.BundlePath is { } model && Example(result) is { } input)
            output.WriteLine($"Next: ft predict {CommandText.Path(Shorten(model))} {CommandText.Path(input)}");
    }

    private static string Of(BaselineResult baseline) => (baseline.Test?.Metrics.Headline, baseline.CrossValidation) switch
    {
        ({ } metric, _) => MetricText.Of(metric) + MetricText.Brackets(baseline.Test.Interval),
        (_, { } folds) => MetricText.Of(folds),
        _ => "not judged",
    };

    private static string OfGate(GateReport gate, MetricSet? test) => string.Concat(
        Line($"{100 * (test?["cheapShare"] ?? gate.CheapShare):0} % of the {(test is null ? "validation" : "held-out")} rows are answered by the cheap chain, from a confidence of {MetricText.Value(gate.CheapThreshold)} on"),
        test?["askedShare"] is { } asked ? Line($", {100 * asked:0} % are left to a person (accuracy of the others {MetricText.Value(test["answeredAccuracy"] ?? double.NaN)})") : "",
        gate.TimeShare is { } time ? Line($"; it takes {100 * time:0} % of the costly chain's time") : "");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Shorten(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path) is { } relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;

    private static string Answers(RunResult result) => result.Task == PipelineTask.Regression
        ? "a number each"
        : Line($"{result.Labels.Count} labels ({Names.Few(result.Labels)})");

    // A file or a text that the model has not seen; where there is none at hand, a name to put in.
    private static string? Example(RunResult result) =>
        result.NumberColumns.Count > 0 ? null
        : result.TextColumns.Count > 0 ? FirstText(result)
        : result.Test is { } test && FirstInput(test) is { } input && File.Exists(input) ? Shorten(input) : result.Backbone is null ? null : "photo.jpg";

    private static string? FirstInput(EvaluationResult test) => test.Predictions.FirstOrDefault()?.Input ?? test.Regression?.Predictions.FirstOrDefault()?.Input;

    // Where an image stands beside the text, a table has to bring both.
    private static string? FirstText(RunResult result) =>
        result.TextColumns.Count == 1 && result.Test is { } test && FirstInput(test) is { } text && !Path.IsPathRooted(text) ? text : null;
}
