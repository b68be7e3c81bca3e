using System.Text.RegularExpressions;

namespace FeatureTransfer.Pipelines.Reports;

/// <summary>What metrics are called on a page, and how their values are written.</summary>
internal static partial class MetricTitles
{
    private static readonly Dictionary<string, (string Title, bool Share)> _known = new(StringComparer.Ordinal)
    {
        ["microAccuracy"] = ("Accuracy", true),
        ["macroAccuracy"] = ("Mean over classes", true),
        ["accuracy"] = ("Accuracy", true),
        ["topKAccuracy"] = ("Among the best few", true),
        ["subsetAccuracy"] = ("All labels right", true),
        ["hammingLoss"] = ("Labels wrong", true),
        ["logLoss"] = ("Log-loss", false),
        ["logLossReduction"] = ("Log-loss reduction", true),
        ["areaUnderRocCurve"] = ("Area under ROC", false),
        ["areaUnderPrecisionRecallCurve"] = ("Area under precision-recall", false),
        ["averagePrecision"] = ("Average precision", false),
        ["meanAveragePrecision"] = ("Mean average precision", false),
        ["f1"] = ("F1", false),
        ["f1Score"] = ("F1", false),
        ["microF1"] = ("F1 over all labels", false),
        ["macroF1"] = ("F1, mean over labels", false),
        ["precision"] = ("Precision", true),
        ["recall"] = ("Recall", true),
        ["positivePrecision"] = ("Precision, positive rows", true),
        ["positiveRecall"] = ("Recall, positive rows", true),
        ["negativePrecision"] = ("Precision, negative rows", true),
        ["negativeRecall"] = ("Recall, negative rows", true),
        ["entropy"] = ("Entropy of the labels", false),
        ["rSquared"] = ("R\u00b2", false),
        ["meanAbsoluteError"] = ("Mean absolute error", false),
        ["meanSquaredError"] = ("Mean squared error", false),
        ["rootMeanSquaredError"] = ("Root mean squared error", false),
        ["cheapShare"] = ("Answered by the cheap chain", true),
        ["askedShare"] = ("Left to a person", true),
        ["answeredAccuracy"] = ("Accuracy of the answered rows", true),
        ["lossFunction"] = ("Loss", false),
    };

    /// <summary>The title of a metric; of one that is not in the table, its name in words.</summary>
    public static string Title(string name)
    {
        if (_known.TryGetValue(name, out var known))
            return known.Title;
        var words = Hump().Replace(name, match => " " + match.Value.ToLowerInvariant());
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The value of a metric as it is written: shares as percentages.</summary>
    public static string Value(MetricValue metric) => IsShare(metric.Name) ? Html.Percent(metric.Value) : Html.Short(metric.Value);

    /// <summary>Whether a metric is written as a percentage.</summary>
    public static bool IsShare(string name) => _known.TryGetValue(name, out var known) && known.Share;

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex Hump();
}
