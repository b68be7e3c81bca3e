using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Metrics in words.</summary>
internal static class MetricText
{
    private static readonly Dictionary<string, string> _words = new(StringComparer.Ordinal)
    {
        ["microAccuracy"] = "accuracy",
        ["macroAccuracy"] = "mean over labels",
        ["logLoss"] = "log-loss",
        ["accuracy"] = "accuracy",
        ["areaUnderRocCurve"] = "area under ROC",
        ["f1Score"] = "F1",
        ["rSquared"] = "R²",
        ["meanAbsoluteError"] = "mean absolute error",
        ["rootMeanSquaredError"] = "root mean squared error",
        ["microF1"] = "F1",
        ["macroF1"] = "mean over labels",
        ["subsetAccuracy"] = "all labels right",
    };

    /// <summary>The metrics that a person asks for first, of rows that were judged; behind a share of rows stands its 95 % confidence interval.</summary>
    public static string Of(EvaluationResult result)
    {
        var told = result.Metrics.Where(metric => _words.ContainsKey(metric.Name)).Select(metric => $"{_words[metric.Name]} {Value(metric.Value)}{(metric == result.Metrics.Headline ? Brackets(result.Interval) : "")}").ToList();
        if (result.Task == PipelineTask.Multiclass && result.Metrics["logLoss"] is null)
            told.Add("log-loss not available");
        if (result.Binary is { } binary)
            told.Add($"threshold {Value(binary.Threshold)}");
        if (result.MultiLabel is { } several)
            told.Add($"threshold {Value(several.Threshold)}");
        return string.Join(", ", told);
    }

    /// <summary>The metric that counts most, over folds, and the 95 % confidence interval of its mean.</summary>
    public static string Of(CrossValidationResult folds) => folds.Mean.Headline is { } mean
        ? $"{Name(mean)} {Value(mean.Value)}{Brackets(folds.Interval)}"
        : "no metric";

    /// <summary>A 95 % confidence interval in brackets; nothing where there is none.</summary>
    public static string Brackets(Interval? interval) => interval is { } known ? $" [{Value(known.Low)}, {Value(known.High)}]" : "";

    /// <summary>A metric by its name in words.</summary>
    public static string Of(MetricValue metric) => $"{Name(metric)} {Value(metric.Value)}";

    /// <summary>A metric or a threshold as it is written.</summary>
    public static string Value(double value) => Math.Abs(value) < 10000
        ? (Math.Round(value, 3, MidpointRounding.AwayFromZero) + 0.0).ToString("0.000", CultureInfo.InvariantCulture) // Adding 0 takes the sign from a negative zero.
        : value.ToString("0.###e+0", CultureInfo.InvariantCulture);

    /// <summary>The name of a metric in words.</summary>
    public static string Name(MetricValue metric) => _words.GetValueOrDefault(metric.Name, metric.Name);
}
