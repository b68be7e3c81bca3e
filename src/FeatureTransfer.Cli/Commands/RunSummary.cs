using System.Globalization;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>What a person wants to know of a run.</summary>
internal static class RunSummary
{
    public static void Write(TextWriter output, RunResult result)
    {
        output.WriteLine(Line($"{result.Name}: {result.Rows} rows, {result.Labels.Count} labels ({string.Join(", ", result.Labels)})"));
        if (result.Backbone is { } backbone)
            output.WriteLine(Line($"  backbone          {backbone.Id}, {backbone.FeatureLength} features: {backbone.Pooling} of {string.Join(", ", backbone.Layers)}"));
        if (result.CrossValidation is { } folds)
            output.WriteLine(Line($"  cross-validation  accuracy {folds.Mean.MicroAccuracy:0.000} ± {folds.Std.MicroAccuracy:0.000} over {folds.Folds.Count} folds of {result.TrainRows} rows"));
        if (result.Test is { } test)
            output.WriteLine(Line($"  held-out test     accuracy {test.MicroAccuracy:0.000}, mean over labels {test.MacroAccuracy:0.000}, {LogLoss(test.LogLoss)} on {result.TestRows} rows"));
        if (result.Rejected.Count > 0)
            output.WriteLine(Line($"  rejected          {result.Rejected.Count} rows, the first: {result.Rejected[0].Input}: {result.Rejected[0].Reason}"));
        output.WriteLine(Line($"  time              {result.Elapsed.TotalSeconds:0.0} s ({string.Join(", ", result.StageSeconds.Select(stage => Line($"{stage.Key} {stage.Value:0.0}")))})"));
        if (result.BundlePath is { } bundle)
            output.WriteLine($"  bundle            {Shorten(bundle)}");
        if (result.ReportPath is { } report)
            output.WriteLine($"  report            {Shorten(report)}");
        if (result is { BundlePath: { } path, Test.Predictions: [var first, ..] } && File.Exists(first.Input))
            output.WriteLine($"Try: ft predict {Shorten(path)} {Shorten(first.Input)}");
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Shorten(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path) is { } relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;

    /// <summary>The log-loss in words; a trainer without probabilities has none.</summary>
    public static string LogLoss(double? loss) => loss is { } value ? Line($"log-loss {value:0.000}") : "log-loss not available";
}
