#nullable disable
using Engine.Tests.Golden.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Engine.Tests.Golden.Code;

/// <summary>Misuse, and data at the edge of what can be learned from.</summary>
[TestFixture]
public class ErrorsTests() : CodeCases("errors")
{
    [TestCase("fit-missing-column")]
    public void FitMissingColumn_Code_Agrees(string id) => Agree(id, ml => ml.Transforms.NormalizeMinMax("Nope").Fit(Load("D1", ml)));

    [TestCase("get-output-schema-missing-column")]
    public void GetOutputSchemaMissingColumn_Code_Agrees(string id) =>
        Agree(id, ml => ml.Transforms.NormalizeMinMax("Nope").GetOutputSchema(new SchemaShape(Array.Empty<SchemaShape.Column>())).Count);

    [TestCase("transform-missing-column")]
    public void TransformMissingColumn_Code_Agrees(string id) => Agree(id, ml =>
    {
        var m = ml.Transforms.NormalizeMinMax("Features").Fit(Load("D1", ml));
        return m.Transform(ml.Data.LoadFromEnumerable(new[] { new TextRow() })).Schema.Count;
    });

    [TestCase("transform-wrong-type")]
    public void TransformWrongType_Code_Agrees(string id) => Agree(id, ml =>
    {
        var m = ml.Transforms.NormalizeMinMax("Features").Fit(Load("D1", ml));
        return m.Transform(ml.Data.LoadFromEnumerable(new[] { new InDouble { Features = new double[8] } }))
            .GetColumn<double[]>("Features").First().Length;
    });

    [TestCase("transform-wrong-type-read")]
    public void TransformWrongTypeRead_Code_Agrees(string id) => Agree(id, ml =>
    {
        var m = ml.Transforms.NormalizeMinMax("Features").Fit(Load("D1", ml));
        return m.Transform(ml.Data.LoadFromEnumerable(new[] { new InDouble { Features = new double[8] } })).GetColumn<float[]>("Features")
            .First().Length;
    });

    [TestCase("transform-wrong-size")]
    public void TransformWrongSize_Code_Agrees(string id) => Agree(id, ml =>
    {
        var m = ml.Transforms.NormalizeMinMax("Features").Fit(Load("D1", ml));
        return m.Transform(ml.Data.LoadFromEnumerable(new[] { new InShort { Features = new float[7] } })).GetColumn<float[]>("Features")
            .First().Length;
    });

    [TestCase("transform-unknown-size")]
    public void TransformUnknownSize_Code_Agrees(string id) => Agree(id, ml =>
    {
        var m = ml.Transforms.NormalizeMinMax("Features").Fit(Load("D1", ml));
        return m.Transform(ml.Data.LoadFromEnumerable(new[] { new InUnknown { Features = new float[8] } })).GetColumn<float[]>("Features")
            .First().Length;
    });

    [TestCase("fit-unknown-size-normalizer")]
    public void FitUnknownSizeNormalizer_Code_Agrees(string id) =>
        Agree(id, ml => ml.Transforms.NormalizeMinMax("Features")
            .Fit(ml.Data.LoadFromEnumerable(new[] { new InUnknown { Features = new float[8] } })));

    [TestCase("model-wrong-feature-size")]
    public void ModelWrongFeatureSize_Code_Agrees(string id) => Agree(id, ml =>
    {
        var m = ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Load("D2", ml));
        return m.Transform(Load("D1", ml)).GetColumn<float>("Score").Count();
    });

    [TestCase("model-missing-feature-column")]
    public void ModelMissingFeatureColumn_Code_Agrees(string id) => Agree(id, ml =>
    {
        var m = ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Load("D2", ml));
        return m.Transform(ml.Data.LoadFromEnumerable(new[] { new TextRow() })).Schema.Count;
    });

    [TestCase("model-no-label-column-at-transform")]
    public void ModelNoLabelColumnAtTransform_Code_Agrees(string id) => Agree(id, ml =>
    {
        var m = ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Load("D2", ml));
        return m.Transform(ml.Data.LoadFromEnumerable(new[] { new { Features = 1f } }.Select(x => new BIn { Features = new float[10] })))
            .GetColumn<float>("Score").Count();
    });

    [TestCase("missing-feature-column")]
    public void MissingFeatureColumn_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(featureColumnName: "Nope").Fit(Load("D2", ml)));

    [TestCase("missing-label-column")]
    public void MissingLabelColumn_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(labelColumnName: "Nope").Fit(Load("D2", ml)));

    [TestCase("missing-weight-column")]
    public void MissingWeightColumn_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(exampleWeightColumnName: "Nope").Fit(Load("D2", ml)));

    [TestCase("multiclass-text-label")]
    public void MulticlassTextLabel_Code_Agrees(string id) =>
        Agree(id, ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(Load("D1", ml)));

    [TestCase("multiclass-float-label")]
    public void MulticlassFloatLabel_Code_Agrees(string id) =>
        Agree(id, ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(Load("D3", ml)));

    [TestCase("multiclass-bool-label")]
    public void MulticlassBoolLabel_Code_Agrees(string id) =>
        Agree(id, ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(Load("D2", ml)));

    [TestCase("binary-text-label")]
    public void BinaryTextLabel_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Load("D1", ml)));

    [TestCase("binary-float-label")]
    public void BinaryFloatLabel_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(Load("D3", ml)));

    [TestCase("binary-key-label")]
    public void BinaryKeyLabel_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Transforms.Conversion.MapValueToKey("Label").Fit(Load("D1", ml)).Transform(Load("D1", ml));
        return ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(v);
    });

    [TestCase("empty-data-lbfgs-multiclass")]
    [TestCase("empty-data-sdca-multiclass")]
    [TestCase("empty-data-naive-bayes")]
    [TestCase("empty-data-ova-averaged-perceptron")]
    public void EmptyData_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Transforms.Conversion.MapValueToKey("Label").Fit(Load("D1", ml)).Transform(Load("D1", ml));
        return E(ml, id).Fit(ml.Data.SkipRows(v, 100000)).Transform(v).Schema["Score"].Type.ToString();
    });

    [TestCase("empty-before-key-mapping-lbfgs-multiclass")]
    [TestCase("empty-before-key-mapping-sdca-multiclass")]
    [TestCase("empty-before-key-mapping-naive-bayes")]
    [TestCase("empty-before-key-mapping-ova-averaged-perceptron")]
    public void EmptyBeforeKeyMapping_Code_Agrees(string id) =>
        Agree(id, ml => ml.Transforms.Conversion.MapValueToKey("Label").Append(E(ml, id)).Fit(ml.Data.SkipRows(Load("D1", ml), 100000))
            .Select(t => t.ToString()));

    [TestCase("single-class-lbfgs-multiclass")]
    [TestCase("single-class-sdca-multiclass")]
    [TestCase("single-class-naive-bayes")]
    [TestCase("single-class-ova-averaged-perceptron")]
    public void SingleClass_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(_rows.Where(r => r.Label == "a"));
        var m = ml.Transforms.Conversion.MapValueToKey("Label").Append(E(ml, id)).Fit(v);
        var o = m.Transform(v);
        return new { type = o.Schema["Score"].Type.ToString(), score = o.GetColumn<float[]>("Score").First() };
    });

    [TestCase("nan-features-one-row-lbfgs-multiclass")]
    [TestCase("nan-features-one-row-sdca-multiclass")]
    [TestCase("nan-features-one-row-naive-bayes")]
    [TestCase("nan-features-one-row-ova-averaged-perceptron")]
    public void NanFeaturesOneRow_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(_rows.Append(new KeyLabelRow { Features = new[] { float.NaN, 1 }, Label = "b" }));
        var m = ml.Transforms.Conversion.MapValueToKey("Label").Append(E(ml, id)).Fit(v);
        return m.Transform(v).GetColumn<float[]>("Score").Last().Select(float.IsNaN).ToArray();
    });

    [TestCase("nan-features-all-rows-lbfgs-multiclass")]
    [TestCase("nan-features-all-rows-sdca-multiclass")]
    [TestCase("nan-features-all-rows-naive-bayes")]
    [TestCase("nan-features-all-rows-ova-averaged-perceptron")]
    public void NanFeaturesAllRows_Code_Agrees(string id) =>
        Agree(id, ml => ml.Transforms.Conversion.MapValueToKey("Label").Append(E(ml, id))
            .Fit(ml.Data.LoadFromEnumerable(_rows.Select(r => new KeyLabelRow { Features = new[] { float.NaN, 1 }, Label = r.Label })))
            .Select(t => t.ToString()));

    [TestCase("missing-labels-lbfgs-multiclass")]
    [TestCase("missing-labels-sdca-multiclass")]
    [TestCase("missing-labels-naive-bayes")]
    [TestCase("missing-labels-ova-averaged-perceptron")]
    public void MissingLabels_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(_rows.Append(new KeyLabelRow { Features = new float[] { 9, 9 }, Key = 7 }));
        var o = ml.Transforms.CopyColumns("Text", "Label").Append(ml.Transforms.CopyColumns("Label", "Key")).Append(E(ml, id)).Fit(v)
            .Transform(v);
        return o.Schema["Score"].Type.ToString();
    });

    [TestCase("empty-data-binary-lbfgs")]
    [TestCase("empty-data-binary-sdca")]
    [TestCase("empty-data-binary-averaged-perceptron")]
    [TestCase("empty-data-binary-linear-svm")]
    [TestCase("empty-data-binary-sgd")]
    [TestCase("empty-data-binary-prior")]
    [TestCase("empty-data-binary-fast-tree")]
    [TestCase("empty-data-binary-fast-forest")]
    [TestCase("empty-data-binary-gam")]
    public void EmptyDataBinary_Code_Agrees(string id) =>
        Agree(id, ml => E(ml, id).Fit(ml.Data.LoadFromEnumerable(_rows.Take(0))).GetType().Name);

    [TestCase("single-class-binary-lbfgs")]
    [TestCase("single-class-binary-sdca")]
    [TestCase("single-class-binary-averaged-perceptron")]
    [TestCase("single-class-binary-linear-svm")]
    [TestCase("single-class-binary-sgd")]
    [TestCase("single-class-binary-prior")]
    [TestCase("single-class-binary-fast-tree")]
    [TestCase("single-class-binary-fast-forest")]
    [TestCase("single-class-binary-gam")]
    public void SingleClassBinary_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(_rows.Where(r => r.Bool));
        return E(ml, id).Fit(v).Transform(v).GetColumn<float>("Score").ToArray();
    });

    [TestCase("nan-features-binary-lbfgs")]
    [TestCase("nan-features-binary-sdca")]
    [TestCase("nan-features-binary-averaged-perceptron")]
    [TestCase("nan-features-binary-linear-svm")]
    [TestCase("nan-features-binary-sgd")]
    [TestCase("nan-features-binary-prior")]
    [TestCase("nan-features-binary-fast-tree")]
    [TestCase("nan-features-binary-fast-forest")]
    [TestCase("nan-features-binary-gam")]
    public void NanFeaturesBinary_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(_rows.Append(new KeyLabelRow { Features = new[] { float.NaN, 1 } }));
        return E(ml, id).Fit(v).Transform(v).GetColumn<float>("Score").Select(float.IsNaN).ToArray();
    });

    [TestCase("evaluate-label-not-key")]
    public void EvaluateLabelNotKey_Code_Agrees(string id) =>
        Agree(id, ml => ml.MulticlassClassification.Evaluate(Chain(ml).Transform(Load("D1", ml)), labelColumnName: "PredictedLabel"));

    [TestCase("evaluate-missing-score")]
    public void EvaluateMissingScore_Code_Agrees(string id) => Agree(id, ml => ml.MulticlassClassification.Evaluate(Load("D1", ml)));

    [TestCase("evaluate-binary-on-multiclass")]
    public void EvaluateBinaryOnMulticlass_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Evaluate(Chain(ml).Transform(Load("D1", ml))));

    [TestCase("evaluate-regression-on-text")]
    public void EvaluateRegressionOnText_Code_Agrees(string id) =>
        Agree(id, ml => ml.Regression.Evaluate(Load("D1", ml), "Label", "Label"));

    [TestCase("evaluate-wrong-score-size")]
    public void EvaluateWrongScoreSize_Code_Agrees(string id) =>
        Agree(id, ml => ml.MulticlassClassification.Evaluate(ml.Data.LoadFromEnumerable(new[] { new { Label = 1u } }.Select(x => new MulticlassScore { Label = 3, Score = new float[] { 1, 0, 0 }, PredictedLabel = 1 })), topKPredictionCount: -1));

    [TestCase("unseen-class-at-evaluation")]
    public void UnseenClassAtEvaluation_Code_Agrees(string id) => Agree(id, ml =>
    {
        var m = Chain(ml);
        return Dump.Value(ml.MulticlassClassification.Evaluate(m.Transform(ml.Data.LoadFromEnumerable(new[] { new In { Features = Ramp(8), Label = "purple" }, new In { Features = Ramp(8), Label = "red" } }))));
    });

    [TestCase("append-null")]
    public void AppendNull_Code_Agrees(string id) =>
        Agree(id, ml => ml.Transforms.CopyColumns("A", "Label").Append((IEstimator<ITransformer>)null).Fit(Load("D1", ml)));

    [TestCase("fit-null")]
    public void FitNull_Code_Agrees(string id) => Agree(id, ml => ml.Transforms.NormalizeMinMax("Features").Fit(null));

    [TestCase("transform-null")]
    public void TransformNull_Code_Agrees(string id) =>
        Agree(id, ml => ml.Transforms.NormalizeMinMax("Features").Fit(Load("D1", ml)).Transform(null));

    [TestCase("normalize-null-name")]
    public void NormalizeNullName_Code_Agrees(string id) =>
        Agree(id, ml => ml.Transforms.NormalizeMinMax((string)null).Fit(Load("D1", ml)));

    [TestCase("normalize-empty-name")]
    public void NormalizeEmptyName_Code_Agrees(string id) => Agree(id, ml => ml.Transforms.NormalizeMinMax("").Fit(Load("D1", ml)));

    [TestCase("concatenate-null")]
    public void ConcatenateNull_Code_Agrees(string id) => Agree(id, ml => ml.Transforms.Concatenate("X", null).Fit(Load("D1", ml)));

    [TestCase("lbfgs-negative-l2")]
    public void LbfgsNegativeL2_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l2Regularization: -1).Fit(Load("D2", ml)));

    [TestCase("lbfgs-negative-l1")]
    public void LbfgsNegativeL1_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: -1).Fit(Load("D2", ml)));

    [TestCase("lbfgs-zero-tolerance")]
    public void LbfgsZeroTolerance_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(optimizationTolerance: 0).Fit(Load("D2", ml)));

    [TestCase("lbfgs-zero-history")]
    public void LbfgsZeroHistory_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(historySize: 0).Fit(Load("D2", ml)));

    [TestCase("averaged-perceptron-zero-iterations")]
    public void AveragedPerceptronZeroIterations_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.AveragedPerceptron(numberOfIterations: 0).Fit(Load("D2", ml)));

    [TestCase("multiclass-sdca-text-label")]
    public void MulticlassSdcaTextLabel_Code_Agrees(string id) =>
        Agree(id, ml => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy().Fit(Load("D1", ml)));

    [TestCase("multiclass-ova-text-label")]
    public void MulticlassOvaTextLabel_Code_Agrees(string id) => Agree(id, ml =>
        ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.AveragedPerceptron()).Fit(Load("D1", ml)));

    [TestCase("regression-text-label")]
    public void RegressionTextLabel_Code_Agrees(string id) => Agree(id, ml => ml.Regression.Trainers.Sdca().Fit(Load("D1", ml)));

    [TestCase("regression-bool-label")]
    public void RegressionBoolLabel_Code_Agrees(string id) => Agree(id, ml => ml.Regression.Trainers.Sdca().Fit(Load("D2", ml)));

    [TestCase("double-features")]
    public void DoubleFeatures_Code_Agrees(string id) =>
        Agree(id, ml => ml.Regression.Trainers.Sdca(labelColumnName: "A", featureColumnName: "W").Fit(Load("N", ml)));

    [TestCase("scalar-feature")]
    public void ScalarFeature_Code_Agrees(string id) =>
        Agree(id, ml => ml.Regression.Trainers.Sdca(labelColumnName: "B", featureColumnName: "A").Fit(Load("N", ml)));

    [TestCase("regression-empty")]
    public void RegressionEmpty_Code_Agrees(string id) =>
        Agree(id, ml => ml.Regression.Trainers.Sdca("Value").Fit(ml.Data.LoadFromEnumerable(_rows.Take(0))));

    [TestCase("regression-nan-label")]
    public void RegressionNanLabel_Code_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Data.LoadFromEnumerable(_rows.Append(new KeyLabelRow { Features = new float[2], Value = float.NaN }));
        return float.IsNaN(ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { LabelColumnName = "Value", NumberOfThreads = 1, MaximumNumberOfIterations = 20 }).Fit(v).Model.Bias);
    });

    [TestCase("sdca-negative-l1")]
    public void SdcaNegativeL1_Code_Agrees(string id) =>
        Agree(id, ml => ml.BinaryClassification.Trainers.SdcaLogisticRegression(l1Regularization: -1).Fit(Load("D2", ml)));

    [TestCase("schema-of-fitted-chain")]
    public void SchemaOfFittedChain_Code_Agrees(string id) =>
        Agree(id, ml => Chain(ml).GetOutputSchema(Load("D1", ml).Schema)
            .Select(c => (c.IsHidden ? "(hidden) " : "") + c.Name + " : " + c.Type));

    [TestCase("schema-shape-of-estimator")]
    public void SchemaShapeOfEstimator_Code_Agrees(string id) =>
        Agree(id, ml => ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy())

            .GetOutputSchema(ml.Transforms.CustomMapping<Empty, In>((i, o) => { }, null)
                .GetOutputSchema(new SchemaShape(Array.Empty<SchemaShape.Column>())))
                    .Select(c => $"{c.Name} : {c.Kind} {c.ItemType} key={c.IsKey} [{string.Join(",", c.Annotations.Select(a => a.Name))}]"));

    [TestCase("is-row-to-row")]
    public void IsRowToRow_Code_Agrees(string id) =>
        Agree(id, ml => new
        {
            chain = Chain(ml).IsRowToRowMapper,
            normalizer = ((ITransformer)ml.Transforms.NormalizeMinMax("Features").Fit(Load("D1", ml))).IsRowToRowMapper
        });

    [TestCase("estimator-chain-types")]
    public void EstimatorChainTypes_Code_Agrees(string id) => Agree(id, ml =>
    {
        var m = (TransformerChain<Microsoft.ML.Transforms.KeyToValueMappingTransformer>)Chain(ml);
        return new { last = m.LastTransformer.GetType().Name, all = m.Select(t => t.GetType().Name) };
    });

    private static readonly KeyLabelRow[] _rows =
    [
        new() { Features = [1, 2], Label = "a", Bool = true, Value = 1, Key = 1 },
        new() { Features = [2, 1], Label = "b", Bool = false, Value = 0, Key = 2 },
        new() { Features = [3, 1], Label = "a", Bool = true, Value = 2, Key = 1 },
    ];

    // Where a model is trained, its scores agree within this.
    protected override double Spread => 1e-3;

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

    private IEstimator<ITransformer> E(MLContext ml, string id) => NamedTrainers.Create(Note(id).Split("E = ")[1], ml);
}
