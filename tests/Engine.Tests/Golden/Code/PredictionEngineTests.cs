#nullable disable
using Engine.Tests.Golden.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Engine.Tests.Golden.Code;

/// <summary>Prediction engines over a chain.</summary>
[TestFixture]
public class PredictionEngineTests() : CodeCases("prediction-engine")
{
    [TestCase("predict")]
    public void Predict_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, Out>(Chain(ml)).Predict(new In { Features = Ramp(8) }));

    [TestCase("predict-label-ignored")]
    public void PredictLabelIgnored_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, Out>(Chain(ml)).Predict(new In { Features = Ramp(8), Label = "red" }));

    [TestCase("predict-unknown-label")]
    public void PredictUnknownLabel_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, Out>(Chain(ml)).Predict(new In { Features = Ramp(8), Label = "purple" }));

    [TestCase("predict-agrees-with-transform")]
    public void PredictAgreesWithTransform_Code_Agrees(string id) => Agree(id, ml =>
    {
        var m = Chain(ml);
        var e = ml.Model.CreatePredictionEngine<In, Out>(m);
        var v = Load("D1H", ml);
        var s = m.Transform(v).GetColumn<float[]>("Score").ToArray();
        return v.GetColumn<float[]>("Features")
            .Select((f, i) => e.Predict(new In { Features = f }).Score.Zip(s[i], (a, b) => Math.Abs(a - b)).Max()).Max() < 1e-6;
    });

    [TestCase("predict-into-same-object")]
    public void PredictIntoSameObject_Code_Agrees(string id) => Agree(id, ml =>
    {
        var e = ml.Model.CreatePredictionEngine<In, Out>(Chain(ml));
        var o = new Out();
        e.Predict(new In { Features = Ramp(8) }, ref o);
        var first = o.Score[0];
        var array = o.Score;
        e.Predict(new In { Features = new float[8] }, ref o);
        return new { first, second = o.Score[0], sameArrayReused = ReferenceEquals(array, o.Score) };
    });

    [TestCase("two-results-are-separate")]
    public void TwoResultsAreSeparate_Code_Agrees(string id) => Agree(id, ml =>
    {
        var e = ml.Model.CreatePredictionEngine<In, Out>(Chain(ml));
        var a = e.Predict(new In { Features = Ramp(8) });
        var before = a.Score[0];
        e.Predict(new In { Features = new float[8] });
        return a.Score[0] == before;
    });

    [TestCase("null-input")]
    public void NullInput_Code_Agrees(string id) => Agree(id, ml => ml.Model.CreatePredictionEngine<In, Out>(Chain(ml)).Predict(null));

    [TestCase("null-vector")]
    public void NullVector_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, Out>(Chain(ml)).Predict(new In { Features = null }));

    [TestCase("short-vector")]
    public void ShortVector_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, Out>(Chain(ml)).Predict(new In { Features = Ramp(5) }));

    [TestCase("long-vector")]
    public void LongVector_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, Out>(Chain(ml)).Predict(new In { Features = Ramp(11) }));

    [TestCase("empty-vector")]
    public void EmptyVector_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, Out>(Chain(ml)).Predict(new In { Features = new float[0] }));

    [TestCase("nan-vector")]
    public void NanVector_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, Out>(Chain(ml))
            .Predict(new In { Features = new[] { float.NaN, 0, 0, 0, 0, 0, 0, 0 } }));

    [TestCase("input-class-without-label")]
    public void InputClassWithoutLabel_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<InNoLabel, Out>(Chain(ml)).Predict(new InNoLabel { Features = Ramp(8) }));

    [TestCase("input-class-unknown-size")]
    public void InputClassUnknownSize_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<InUnknown,
            Out>(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()
                .Fit(ml.Transforms.Conversion.MapValueToKey("Label").Fit(Load("D1", ml)).Transform(Load("D1", ml))))
                    .Predict(new InUnknown { Features = Ramp(8) }));

    [TestCase("input-class-short-size")]
    public void InputClassShortSize_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<InShort,
            Out>(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()
                .Fit(ml.Transforms.Conversion.MapValueToKey("Label").Fit(Load("D1", ml)).Transform(Load("D1", ml))))
                    .Predict(new InShort { Features = Ramp(7) }));

    [TestCase("input-class-double")]
    public void InputClassDouble_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<InDouble, Out>(Chain(ml)).Predict(new InDouble { Features = new double[8] }));

    [TestCase("input-class-other-columns")]
    public void InputClassOtherColumns_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<InOther, Out>(Chain(ml)).Predict(new InOther()));

    [TestCase("output-missing-column")]
    public void OutputMissingColumn_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, OutMissing>(Chain(ml)).Predict(new In { Features = Ramp(8) }));

    [TestCase("output-missing-column-not-ignored")]
    public void OutputMissingColumnNotIgnored_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, OutMissing>(Chain(ml), ignoreMissingColumns: false)
            .Predict(new In { Features = Ramp(8) }));

    [TestCase("output-wrong-type")]
    public void OutputWrongType_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, OutWrong>(Chain(ml)).Predict(new In { Features = Ramp(8) }));

    [TestCase("output-key-as-uint")]
    public void OutputKeyAsUint_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, OutAll>(Chain(ml, false)).Predict(new In { Features = Ramp(8) })
            .PredictedLabel);

    [TestCase("output-key-with-attribute")]
    public void OutputKeyWithAttribute_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, OutKey>(Chain(ml, false)).Predict(new In { Features = Ramp(8) }));

    [TestCase("output-key-into-string")]
    public void OutputKeyIntoString_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, Out>(Chain(ml, false)).Predict(new In { Features = Ramp(8) }));

    [TestCase("null-model")]
    public void NullModel_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<In, Out>((ITransformer)null).Predict(new In()));

    [TestCase("from-schema")]
    public void FromSchema_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = Load("D1", ml);
        return ml.Model.CreatePredictionEngine<In, Out>(Chain(ml), v.Schema).Predict(new In { Features = Ramp(8) });
    });

    [TestCase("disposed")]
    public void Disposed_Code_Agrees(string id) => Agree(id, ml =>
    {
        var e = ml.Model.CreatePredictionEngine<In, Out>(Chain(ml));
        e.Dispose();
        return e.Predict(new In { Features = Ramp(8) });
    });

    [TestCase("binary")]
    public void Binary_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<BIn,
            BOut>(ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Load("D2", ml)))
                .Predict(new BIn { Features = Ramp(10) }));

    [TestCase("binary-nan")]
    public void BinaryNan_Code_Agrees(string id) =>
        Agree(id, ml => ml.Model.CreatePredictionEngine<BIn,
            BOut>(ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Load("D2", ml)))
                .Predict(new BIn { Features = Enumerable.Repeat(float.NaN, 10).ToArray() }));

    [TestCase("save-load")]
    public void SaveLoad_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = Load("D1", ml);
        using var s = new MemoryStream();
        ml.Model.Save(Chain(ml), v.Schema, s);
        s.Position = 0;
        var m = ml.Model.Load(s, out var schema);
        return new
        {
            schema = schema.Select(c => c.Name + " : " + c.Type),
            p = ml.Model.CreatePredictionEngine<In, Out>(m)
            .Predict(new In { Features = Ramp(8) })
        };
    });

    [TestCase("load-garbage")]
    public void LoadGarbage_Code_Agrees(string id) => Agree(id, ml => ml.Model.Load(new MemoryStream(new byte[100]), out _).ToString());

    [TestCase("load-missing-file")]
    public void LoadMissingFile_Code_Agrees(string id) => Agree(id, ml => ml.Model.Load("does-not-exist.zip", out _).ToString());

    // The scores are those of a model trained by L-BFGS, which agree within this.
    protected override double Spread => 1e-3;

    [TestCase("output-schema")]
    public void OutputSchema_Code_Agrees(string id) => Agree(id, ml =>
        ml.Model.CreatePredictionEngine<In, Out>(Chain(ml)).OutputSchema.Where(c => !c.IsHidden).Select(Dump.Column));

    private static ITransformer Chain(MLContext ml, bool back = true)
    {
        var chain = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        return back
            ? chain.Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Load("D1", ml))
            : chain.Fit(Load("D1", ml));
    }

    private static float[] Ramp(int n) => [.. Enumerable.Range(0, n).Select(i => i * 0.1f)];
}
