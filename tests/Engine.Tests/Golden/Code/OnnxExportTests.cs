#nullable disable
using System.Text.Json;
using Engine.Tests.Golden.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Engine.Tests.Golden.Code;

/// <summary>Models written as ONNX, and run.</summary>
[TestFixture]
public class OnnxExportTests() : CodeCases("cross-validation-importance-onnx")
{
    [TestCase("onnx-of-chain")]
    public void ConvertToOnnx_Multiclass_Agrees(string id) => Agree(id, (ml, expected) =>
    {
        var v = Load("D1", ml);
        var m = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(v);
        return OnnxSame(ml, m, v, "Score.output", expected);
    });

    [TestCase("onnx-binary")]
    public void ConvertToOnnx_Binary_Agrees(string id) => Agree(id, (ml, expected) =>
    {
        var v = Load("D2", ml);
        var m = ml.Transforms.NormalizeMeanVariance("Features").Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression()).Fit(v);
        return OnnxSame(ml, m, v, "Probability.output", expected);
    });

    [TestCase("onnx-regression-tree")]
    public void ConvertToOnnx_RegressionTree_Agrees(string id) => Agree(id, (ml, expected) =>
    {
        var v = Load("D3", ml);
        var m = ml.Transforms.NormalizeMinMax("Features").Append(ml.Regression.Trainers.FastTree(numberOfTrees: 10)).Fit(v);
        return OnnxSame(ml, m, v, "Score.output", expected);
    });

    [TestCase("onnx-one-hot")]
    public void ConvertToOnnx_OneHot_Agrees(string id) => Agree(id, (ml, expected) =>
    {
        var v = Load("C", ml);
        var m = ml.Transforms.Categorical.OneHotEncoding("O", "Cat").Fit(v);
        return OnnxSame(ml, m, v, null, expected);
    });

    [TestCase("onnx-custom-mapping")]
    public void ConvertToOnnx_CustomMapping_Agrees(string id) => Agree(id, ml =>
    {
        var v = Load("N", ml);
        var m = ml.Transforms.CustomMapping<MapIn, MapOut>((i, r) => r.Sum = 1, null).Fit(v);
        ml.Model.ConvertToOnnx(m, v, Stream.Null);
        return null;
    });

    private static IEnumerable<string> OnnxSame(MLContext ml, ITransformer m, IDataView v, string output, JsonElement expected)
    {
        using var file = new MemoryStream();
        ml.Model.ConvertToOnnx(m, v, file);
        file.Position = 0;
        var o = ml.Transforms.ApplyOnnxModel(file).Fit(v).Transform(v);
        var facts = new Dictionary<string, object>
        {
            ["columns"] = o.Schema.Where(c => c.Name.EndsWith(".output", StringComparison.Ordinal))
                .Select(c => $"{c.Name[..^".output".Length]} : {c.Type}").ToArray(),
        };
        if (output is not null)
        {
            var scores = o.GetColumn<float[]>(output).ToArray();
            facts["rows"] = scores.Length;
            facts["scoresAgreeWithin1e5"] = scores.Zip(Scores(m.Transform(v), output[..^".output".Length]), Distance).Max() < 1e-5;
            facts["firstRows"] = scores[..5];
        }
        // ML.NET's models take one row at a time, the engine's any number: their types have no leading 1.
        var comparison = new Comparison(0.02, 0.02) { Skips = name => name == "columns" };
        comparison.Compare("result", expected, Dump.Value(facts));
        var columns = expected.GetProperty("columns").EnumerateArray()
            .Select(c => c.GetString().Replace(", 1, ", ", ", StringComparison.Ordinal)).ToArray();
        if (!columns.SequenceEqual((string[])facts["columns"]))
            comparison.Differences.Add($"columns: {string.Join("; ", (string[])facts["columns"])}, expected {string.Join("; ", columns)}");
        return comparison.Differences;
    }

    private static IEnumerable<float[]> Scores(IDataView view, string name) =>
        view.Schema[name].Type is VectorDataViewType ? view.GetColumn<float[]>(name) : view.GetColumn<float>(name).Select(s => new[] { s });

    private static float Distance(float[] a, float[] b) => a.Zip(b, (x, y) => MathF.Abs(x - y)).Max();
}
