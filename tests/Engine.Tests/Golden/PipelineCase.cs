using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Golden;

/// <summary>Runs a case that is described by steps: load, build, fit, transform, read, evaluate.</summary>
internal sealed class PipelineCase(JsonElement json)
{
    private static readonly JsonSerializerOptions _anyNumber = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly MLContext _ml = new(1);
    private readonly Tolerance _tolerance = Tolerance.Of(json);
    private readonly List<string> _differences = [];
    private string _stage = "Load";
    private ITransformer[] _model = [];
    private IDataView? _view;

    /// <summary>The differences from the golden file; none where the engine agrees.</summary>
    public IReadOnlyList<string> Run()
    {
        try
        {
            var view = DataSpec.Load(json.GetProperty("data"), _ml);
            var fitView = json.TryGetProperty("fitData", out var fitData) ? DataSpec.Load(fitData, _ml) : view;
            Fit(fitView);
            _stage = "Transform";
            _view = Transform(view);
            CompareSchema(_view);
            _stage = "Read";
            int rowCount = _view.Preview(int.MaxValue).RowView.Length;
            CompareRows(_view, "rows", "allRows", rowCount);
            CompareParameters();
            CompareSaved(view);
            _stage = "Evaluate";
            CompareEvaluation();
        }
        catch (Exception e) when (json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            return ErrorComparison.Compare(error, e is TargetInvocationException { InnerException: { } inner } ? inner : e, _stage);
        }
        if (json.TryGetProperty("error", out var expected) && expected.ValueKind == JsonValueKind.Object)
            _differences.Add($"no error, expected {expected.GetProperty("type")} at {expected.GetProperty("stage")}");
        return _differences;
    }

    /// <summary>The view of the data, and the model fitted as the case says.</summary>
    public (IDataView View, TransformerChain<ITransformer> Model) FitOnly()
    {
        var view = DataSpec.Load(json.GetProperty("data"), _ml);
        Fit(json.TryGetProperty("fitData", out var fitData) ? DataSpec.Load(fitData, _ml) : view);
        return (view, new TransformerChain<ITransformer>(_model));
    }

    private void Fit(IDataView view)
    {
        _stage = "Build";
        if (!json.TryGetProperty("pipeline", out var steps))
            return;
        var estimators = steps.EnumerateArray().Select(s => (IEstimator<ITransformer>)Calls.Invoke(s, "call", _ml)!).ToArray();
        _stage = "Fit";
        var model = new List<ITransformer>();
        foreach (var estimator in estimators)
        {
            var shape = SchemaShapes.Of(view.Schema);
            model.Add(estimator.Fit(view));
            CompareShape(estimator.GetOutputSchema(shape), model[^1].GetOutputSchema(view.Schema));
            if (model.Count < estimators.Length)
                view = model[^1].Transform(view);
        }
        _model = [.. model];
    }

    // What the estimator foretells is what the transformer does.
    private void CompareShape(SchemaShape foretold, DataViewSchema actual)
    {
        var wanted = SchemaShapes.Of(actual).Select(Describe).Order();
        var got = foretold.Select(Describe).Order();
        foreach (string difference in got.Except(wanted))
            _differences.Add($"foretold {difference}, the columns are {string.Join("; ", wanted)}");
    }

    private static string Describe(SchemaShape.Column column) => $"{column.Name} {column.Kind} {column.ItemType} {column.IsKey}";

    private IDataView Transform(IDataView view) => _model.Aggregate(view, (v, t) => t.Transform(v));

    private void CompareSchema(IDataView view)
    {
        if (json.TryGetProperty("columnNames", out var names))
            Compare("columnNames", names, view.Schema.Select(Dump.Name).ToList(), Comparison.Exact());
        if (!json.TryGetProperty("schema", out var columns) || columns.ValueKind != JsonValueKind.Array)
            return;
        var seen = new Dictionary<(string, bool), int>();
        foreach (var expected in columns.EnumerateArray())
        {
            string name = expected.GetProperty("name").GetString()!;
            bool hidden = expected.TryGetProperty("hidden", out var h) && h.GetBoolean();
            int place = seen[(name, hidden)] = seen.GetValueOrDefault((name, hidden), -1) + 1;
            var column = view.Schema.Cast<DataViewSchema.Column?>().Where(c => c!.Value.Name == name && c.Value.IsHidden == hidden).ElementAtOrDefault(place);
            if (column is null)
                _differences.Add($"schema.{name}: missing");
            else
                Compare($"schema.{name}", expected, Dump.Column(column.Value), _tolerance.ForSchema());
        }
    }

    private void CompareRows(IDataView view, string rowsKey, string sumsKey, int rowCount)
    {
        if (json.TryGetProperty(rowsKey, out var rows) && rows.ValueKind == JsonValueKind.Array && rows.GetArrayLength() > 0)
        {
            var names = rows[0].EnumerateObject().Select(p => p.Name);
            var (actual, _) = Dump.Rows(view, names, rows.GetArrayLength());
            _tolerance.CompareRows(rowsKey, rows, actual, _differences);
        }
        if (json.TryGetProperty(sumsKey, out var sums) && sums.ValueKind == JsonValueKind.Object)
            CompareSums(view, sums, rowCount);
    }

    private void CompareSums(IDataView view, JsonElement sums, int rowCount)
    {
        foreach (var sum in sums.EnumerateObject())
        {
            if (sum.Name == "rowCount")
            {
                Compare("allRows.rowCount", sum.Value, rowCount, Comparison.Exact());
                continue;
            }
            if (!_tolerance.ComparesSums)
                continue;
            var numbers = Dump.Numbers(view, sum.Name).ToArray();
            var present = numbers.Where(n => !double.IsNaN(n)).ToArray();
            var actual = new Dictionary<string, object?> { ["sum"] = present.Sum(), ["sumAbs"] = present.Sum(Math.Abs) };
            if (sum.Value.TryGetProperty("nanCount", out _))
                actual["nanCount"] = numbers.Length - present.Length;
            Compare($"allRows.{sum.Name}", sum.Value, actual, _tolerance.ForSums(present.Length));
        }
    }

    // A model that was saved and loaded does what it did before.
    private void CompareSaved(IDataView view)
    {
        if (_model.Length == 0 || _model.Any(t => t.GetType().Name.StartsWith("CustomMapping", StringComparison.Ordinal)))
            return;
        using var file = new MemoryStream();
        _ml.Model.Save(new TransformerChain<ITransformer>(_model), view.Schema, file);
        file.Position = 0;
        var loaded = _ml.Model.Load(file, out _).Transform(view);
        var (before, after) = (Dump.Schema(_view!.Schema), Dump.Schema(loaded.Schema));
        if (JsonSerializer.Serialize(before, _anyNumber) != JsonSerializer.Serialize(after, _anyNumber))
            _differences.Add("The schema of the saved model's output is another.");
        int count = _differences.Count;
        CompareRows(loaded, "rows", "", 0);
        if (_differences.Count > count)
            _differences.Insert(count, "The saved model gives:");
    }

    private void CompareParameters()
    {
        if (!json.TryGetProperty("parameters", out var expected) || expected.ValueKind != JsonValueKind.Array)
            return;
        var actual = ModelFacts.Of(_model).ToList();
        Compare("parameters", expected, actual, _tolerance.ForValues());
    }

    private void CompareEvaluation()
    {
        if (!json.TryGetProperty("evaluate", out var call))
            return;
        var holdout = json.TryGetProperty("holdout", out var data) ? Transform(DataSpec.Load(data, _ml)) : null;
        if (holdout is not null)
            CompareRows(holdout, "holdoutRows", "", 0);
        foreach (var (key, view) in new[] { ("metrics", _view), ("holdoutMetrics", holdout) })
        {
            if (view is null || !json.TryGetProperty(key, out var expected))
                continue;
            var metrics = Calls.Invoke(call, "call", _ml, view)!;
            Compare(key, expected, Dump.Members(metrics), _tolerance.ForMetrics());
        }
    }

    private void Compare(string path, JsonElement expected, object? actual, Comparison comparison)
    {
        comparison.Compare(path, expected, actual);
        _differences.AddRange(comparison.Differences);
    }
}
