using System.Collections;
using System.Globalization;
using System.Text.Json;
using Engine.Tests.Golden;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Engine.Tests.Onnx;

/// <summary>The models of golden cases give the same values when they run as ONNX.</summary>
[TestFixture]
public class ConvertToOnnxTests
{
    private readonly MLContext _ml = new(1);

    private static IEnumerable<TestCaseData> Cases() => GoldenFiles.Groups.SelectMany(group => GoldenFiles.Cases(group)
        .Where(c => IsFitted(c) && Exceptions.All.All(e => e.Group != group || e.Id != c.GetProperty("id").GetString() || IsComparable(e)))
        .Where(c => group == "normalizers" || group.StartsWith("trainers-", StringComparison.Ordinal) || Steps(c).All(_convertible.Contains))
        .Where(c => Steps(c).All(s => !_notConvertible.Contains(s)) && !HasRowsOfOtherSizes(c.GetProperty("id").GetString()!))
        .Select(c => new TestCaseData(group, c.GetProperty("id").GetString())));

    private static readonly HashSet<string> _convertible =
        ["OneHotEncoding", "Concatenate", "CopyColumns", "DropColumns", "SelectColumns", "MapKeyToValue", "MapKeyToVector", "KMeans",
            "ProjectToPrincipalComponents", "ReplaceMissingValues", "SelectFeaturesBasedOnCount", "SelectFeaturesBasedOnMutualInformation"];

    private static readonly HashSet<string> _notConvertible =
        ["PairwiseCoupling", "Prior", "Isotonic", "Naive"];

    [TestCaseSource(nameof(Cases))]
    public void ConvertToOnnx_ModelOfAGoldenCase_GivesTheSameValues(string group, string id)
    {
        var (view, model) = new PipelineCase(GoldenFiles.Case(group, id)).FitOnly();
        if (HasNoOperator(GoldenFiles.Case(group, id)))
        {
            Assert.That(() => Apply(model, view), Throws.InvalidOperationException.With.Message.Contains("cannot be converted to ONNX"));
            return;
        }

        var onnx = Apply(model, view);

        var expected = model.Transform(view);
        foreach (var column in expected.Schema.Where(c => !c.IsHidden && onnx.Schema.GetColumnOrNull(c.Name + ".output") is not null))
            AssertSame(column.Name, Values(expected, column), Values(onnx, onnx.Schema[column.Name + ".output"]));
    }

    [Test]
    public void ConvertToOnnx_ChosenOutput_NeedsOnlyItsInputs()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new Row { Features = [1, 2] }, new Row { Features = [3, 5], Label = true } });
        var model = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(view);
        using var file = new MemoryStream();

        _ml.Model.ConvertToOnnx(model, view, file, "Score");

        file.Position = 0;
        var unlabelled = _ml.Data.LoadFromEnumerable(new[] { new Unlabelled { Features = [1, 2] } });
        var scored = _ml.Transforms.ApplyOnnxModel(file).Fit(unlabelled).Transform(unlabelled);
        Assert.That(scored.Schema.Select(c => c.Name), Is.EqualTo(new[] { "Features", "Score.output" }));
        Assert.That(scored.GetColumn<float[]>("Score.output").Single()[0], Is.EqualTo(model.Transform(view).GetColumn<float>("Score").First()).Within(1e-5));
    }

    [Test]
    public void ConvertToOnnx_OpSetTooOld_IsRefused()
    {
        var view = _ml.Data.LoadFromEnumerable(new[] { new Row { Features = [1, 2] } });
        var model = _ml.Transforms.NormalizeMinMax("Features").Fit(view);

        Assert.That(() => _ml.Model.ConvertToOnnx(model, view, 8, Stream.Null), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static bool IsFitted(JsonElement json) => json.TryGetProperty("pipeline", out _) && !json.TryGetProperty("code", out _)
        && !(json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object);

    private static IEnumerable<string> Steps(JsonElement json) =>
        json.GetProperty("pipeline").EnumerateArray().Select(s => s.GetProperty("call").GetString()!.Split('.')[^1]);

    // A model that differs from ML.NET's is held against itself here.
    private static bool IsComparable(Exceptions.Entry entry) => entry.Kind == "differs" && entry.Group is not "normalizers";

    private static bool HasRowsOfOtherSizes(string id) => id is "minmax-outside-range" or "binning-outside-range";

    // Keys as bits, and vectors of keys whose number is open.
    private static bool HasNoOperator(JsonElement json) => Steps(json).Contains("OneHotEncoding")
        && json.GetProperty("pipeline").GetRawText() is var text
        && (text.Contains("\"Binary\"") || (text.Contains("\"Var\"") && !text.Contains("\"Key\"")));

    private IDataView Apply(ITransformer model, IDataView view)
    {
        using var file = new MemoryStream();
        _ml.Model.ConvertToOnnx(model, view, file, Computed(model, view));
        file.Position = 0;
        return _ml.Transforms.ApplyOnnxModel(file).Fit(view).Transform(view);
    }

    // What only passes through is left out, for its rows may be of any size.
    private static string[] Computed(ITransformer model, IDataView view)
    {
        var schema = model.GetOutputSchema(view.Schema);
        return [.. schema.Where(c => !c.IsHidden && (view.Schema.GetColumnOrNull(c.Name) is null || schema.Any(h => h.IsHidden && h.Name == c.Name)))
            .Select(c => c.Name)];
    }

    private static List<object?> Values(IDataView view, DataViewSchema.Column column) =>
        [.. Dump.Rows(view, [column.Name], 200).rows.SelectMany(r => Flat(((IDictionary<string, object?>)r!)[column.Name]))];

    private static IEnumerable<object?> Flat(object? value) => value is IEnumerable items and not string and not IDictionary ? items.Cast<object?>() : [value];

    private static void AssertSame(string column, List<object?> expected, List<object?> actual)
    {
        Assert.That(actual, Has.Count.EqualTo(expected.Count), column);
        for (int i = 0; i < expected.Count; i++)
        {
            if (expected[i] is float or double)
            {
                double value = Convert.ToDouble(expected[i], CultureInfo.InvariantCulture);
                double tolerance = double.IsFinite(value) ? 1e-5 * Math.Max(1, Math.Abs(value)) : 0;
                Assert.That(Convert.ToDouble(actual[i], CultureInfo.InvariantCulture), Is.EqualTo(value).Within(tolerance), $"{column}[{i}]");
            }
            else
            {
                Assert.That(actual[i], Is.EqualTo(expected[i]), $"{column}[{i}]");
            }
        }
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Unlabelled
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
