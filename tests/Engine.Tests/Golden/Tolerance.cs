using System.Globalization;
using System.Text.Json;

namespace Engine.Tests.Golden;

/// <summary>How closely a case must agree, as its file says.</summary>
internal sealed class Tolerance
{
    private readonly string _mode;
    private readonly double _values;
    private readonly double _scores;
    private readonly double _metrics;
    private readonly bool _labelsMayDiffer;

    private Tolerance(JsonElement json, bool labelsMayDiffer)
    {
        _labelsMayDiffer = labelsMayDiffer;
        _mode = json.GetProperty("compare").GetString()!;
        string values = json.TryGetProperty("values", out var v) ? v.GetString()! : "exact";
        _values = values.StartsWith("abs or rel", StringComparison.Ordinal) ? Number(values["abs or rel ".Length..]) : 0;
        _scores = json.TryGetProperty("scores", out var s) ? s.GetDouble() : _values;
        _metrics = json.TryGetProperty("metrics", out var m) ? m.GetDouble() : _values;
    }

    private bool ComparesRows => _mode is not ("schema only" or "shape only") && !IsClusters;

    // Clusters may be numbered otherwise, and so may lie their scores.
    private bool IsClusters => _mode.Contains("clusters", StringComparison.Ordinal);

    /// <summary>Whether the values are to agree at all: of some cases the shape alone does, as another seed gives other values.</summary>
    public bool ComparesSums => _mode is not ("schema only" or "shape only");

    private bool IsTrainer => _mode.StartsWith("scores", StringComparison.Ordinal);

    public static Tolerance Of(JsonElement json) => new(json.GetProperty("tolerance"), LabelsMayDiffer(json));

    public Comparison ForSchema() => Comparison.Exact();

    public Comparison ForValues(double spread = 0) =>
        new(Math.Max(_values, IsTrainer ? 0.01 : spread), Math.Max(_values, IsTrainer ? 0.01 : spread)) { KeepsFirst = 20 };

    // A sum may differ by what each of its terms may differ, and by the rounding of adding them in single precision.
    public Comparison ForSums(int count) => new(Math.Max(Math.Max(_values, _scores) * Math.Max(1, count), 1e-6), Math.Max(_values, 1e-6));

    public Comparison ForMetrics() => new(_metrics, IsClusters ? 1e-5 : IsTrainer ? 0 : _values) { Skips = name => IsTrainer && name is "ConfusionMatrix" };

    public void CompareRows(string path, JsonElement expected, List<object?> actual, List<string> differences)
    {
        if (!ComparesRows)
            return;
        if (_mode.StartsWith("scores on average", StringComparison.Ordinal))
        {
            CompareOnAverage(path, expected, actual, differences);
            return;
        }
        var comparison = new Comparison(_scores, IsTrainer ? 0 : _values) { Skips = name => _labelsMayDiffer && name is ("PredictedLabel" or "Predicted") };
        comparison.Compare(path, expected, actual);
        differences.AddRange(comparison.Differences);
    }

    // Where ML.NET itself decides some rows otherwise when the rows to train on lie in another order, a score near the
    // border may be decided otherwise here.
    private static bool LabelsMayDiffer(JsonElement json) => json.TryGetProperty("determinism", out var determinism)
        && determinism.EnumerateObject().Any(d => d.Value.ValueKind == JsonValueKind.Object && d.Value.TryGetProperty("labels", out _));

    private void CompareOnAverage(string path, JsonElement expected, List<object?> actual, List<string> differences)
    {
        var gaps = new List<double>();
        for (int i = 0; i < expected.GetArrayLength(); i++)
            foreach (var property in expected[i].EnumerateObject())
                if (((Dictionary<string, object?>)actual[i]!)[property.Name] is var value && value is float or List<object?>)
                    gaps.AddRange(Flat(value).Zip(Flat(property.Value), (a, b) => Math.Abs(a - b)));
        if (gaps.Count > 0 && gaps.Average() > _scores)
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: scores differ by {gaps.Average()} on average, allowed are {_scores}"));
    }

    private static IEnumerable<double> Flat(object? value) => value is List<object?> list
        ? list.SelectMany(Flat)
        : [Convert.ToDouble(value, CultureInfo.InvariantCulture)];

    private static IEnumerable<double> Flat(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Flat),
        JsonValueKind.String => [double.Parse(json.GetString()!, CultureInfo.InvariantCulture)],
        _ => [json.GetDouble()],
    };

    private static double Number(string text)
    {
        string number = new([.. text.TakeWhile(c => char.IsDigit(c) || c is '.' or 'e' or '-')]);
        return double.Parse(number, CultureInfo.InvariantCulture);
    }
}
