#nullable disable
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Engine.Tests.Golden.Code;

/// <summary>Cross-validation, and how much each feature matters.</summary>
[TestFixture]
public class CrossValidationTests() : CodeCases("cross-validation-importance-onnx")
{
    [TestCase("multiclass")]
    public void CrossValidate_Multiclass_AgreesInTheMean(string id) => Agree(id, (ml, expected) =>
    {
        var p = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        var folds = ml.MulticlassClassification.CrossValidate(Load("D1", ml), p, numberOfFolds: 4);
        var facts = folds.Select(f => new
        {
            f.Fold,
            modelType = f.Model.GetType().Name,
            holdOutColumns = f.ScoredHoldOutSet.Schema.Select(c => c.IsHidden ? "(hidden) " + c.Name : c.Name),
        });
        var comparison = new Comparison(0, 0) { Skips = name => name is "metrics" or "holdOutRows" };
        comparison.Compare("folds", expected, Dump.Value(facts));
        // Which rows lie in which fold is up to chance.
        Assert.That(folds.Sum(f => f.ScoredHoldOutSet.GetColumn<uint>("PredictedLabel").Count()), Is.EqualTo(400));
        return comparison.Differences.Concat(FoldComparison.Compare(expected, folds.Select(f => f.Metrics), 0.04));
    });

    [TestCase("multiclass-label-not-in-input")]
    public void CrossValidate_LabelNotInInput_Agrees(string id) => Agree(id, ml =>
    {
        var v = ml.Transforms.CopyColumns("Colour", "Label").Append(ml.Transforms.DropColumns("Label"))
            .Fit(Load("D1", ml)).Transform(Load("D1", ml));
        var p = ml.Transforms.Conversion.MapValueToKey("Label", "Colour").Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        return ml.MulticlassClassification.CrossValidate(v, p, numberOfFolds: 2).Count;
    });

    [TestCase("binary")]
    public void CrossValidate_Binary_AgreesInTheMean(string id) => Agree(id, (ml, expected) => FoldComparison.Compare(
        expected,
        ml.BinaryClassification.CrossValidate(Load("D2", ml), ml.BinaryClassification.Trainers.LbfgsLogisticRegression(), numberOfFolds: 3)
            .Select(f => f.Metrics),
        0.04));

    [TestCase("binary-non-calibrated")]
    public void CrossValidateNonCalibrated_Binary_AgreesInTheMean(string id) => Agree(id, (ml, expected) => FoldComparison.Compare(
        expected,
        ml.BinaryClassification
            .CrossValidateNonCalibrated(Load("D2", ml), ml.BinaryClassification.Trainers.AveragedPerceptron(), numberOfFolds: 3)
            .Select(f => f.Metrics),
        0.04));

    [TestCase("regression")]
    public void CrossValidate_NegativeCounts_Agrees(string id) => Agree(id, ml =>
        ml.Regression.CrossValidate(Load("D3", ml), ml.Regression.Trainers.LbfgsPoissonRegression(), numberOfFolds: 3).Count);

    [TestCase("regression-sdca")]
    public void CrossValidate_Sdca_AgreesInTheMean(string id) => Agree(id, (ml, expected) => FoldComparison.Compare(
        expected,
        ml.Regression
            .CrossValidate(Load("D3", ml), ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1 }), numberOfFolds: 3)
            .Select(f => f.Metrics),
        0.04));

    [TestCase("clustering")]
    public void CrossValidate_Clustering_AgreesInTheMean(string id) => Agree(id, (ml, expected) => FoldComparison.Compare(
        expected,
        ml.Clustering.CrossValidate(Load("D6", ml), ml.Clustering.Trainers.KMeans("Features", numberOfClusters: 3), numberOfFolds: 3)
            .Select(f => f.Metrics),
        0.1));

    [TestCase("by-group")]
    public void CrossValidate_ByGroup_KeepsGroupsTogether(string id) => Agree(id, (ml, expected) =>
    {
        var folds = ml.BinaryClassification
            .CrossValidateNonCalibrated(
                Load("D8", ml),
                ml.Transforms.Concatenate("Features", "Value", "GroupNumber").Append(ml.BinaryClassification.Trainers.AveragedPerceptron()),
                numberOfFolds: 3,
                samplingKeyColumnName: "Group")
            .Select(f => f.ScoredHoldOutSet.GetColumn<string>("Group").Distinct().Order().ToArray()).ToArray();
        var all = expected.EnumerateArray().SelectMany(f => f.EnumerateArray()).Select(g => g.GetString()).Order();
        return folds.SelectMany(f => f).Order().SequenceEqual(all) ? [] : ["a group lies in two folds, or in none"];
    });

    [TestCase("one-fold")]
    public void CrossValidate_OneFold_Agrees(string id) => Agree(id, ml => ml.BinaryClassification
        .CrossValidate(Load("D2", ml), ml.BinaryClassification.Trainers.LbfgsLogisticRegression(), numberOfFolds: 1).Count);

    [TestCase("importance-multiclass-d1")]
    public void PermutationFeatureImportance_Multiclass_Agrees(string id) => Agree(id, (ml, expected) =>
    {
        var v = Load("D1", ml);
        v = ml.Transforms.Conversion.MapValueToKey("Label").Fit(v).Transform(v);
        var m = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(v);
        var p = ml.MulticlassClassification.PermutationFeatureImportance(m, v, permutationCount: 20);
        var facts = p.Select((x, i) => new
        {
            slot = i,
            micro = x.MicroAccuracy.Mean,
            sd = x.MicroAccuracy.StandardDeviation,
            se = x.MicroAccuracy.StandardError,
            x.MicroAccuracy.Count,
            logLoss = x.LogLoss.Mean,
        });
        return BySlot(expected, facts, 0.021);
    });

    [TestCase("importance-multiclass-by-name")]
    public void PermutationFeatureImportance_ByName_Agrees(string id) => Agree(id, (ml, expected) =>
    {
        var v = Load("D1", ml);
        v = ml.Transforms.Conversion.MapValueToKey("Label").Fit(v).Transform(v);
        ITransformer m = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(v);
        // More permutations than the file's 20, whose means are further apart than its tolerance from seed to seed.
        var p = ml.MulticlassClassification.PermutationFeatureImportance(m, v, permutationCount: 200);
        return BySlot(expected, p.Select(x => new { x.Key, x.Value.MicroAccuracy.Mean }), 0.0095);
    });

    [TestCase("importance-binary-d2")]
    public void PermutationFeatureImportance_Binary_Agrees(string id) => Agree(id, (ml, expected) =>
    {
        var v = Load("D2", ml);
        var m = ml.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(v);
        var p = ml.BinaryClassification.PermutationFeatureImportance(m, v, permutationCount: 10);
        return BySlot(
            expected, p.Select((x, i) => new { slot = i, auc = x.AreaUnderRocCurve.Mean, sd = x.AreaUnderRocCurve.StandardDeviation }), 0.0095);
    });

    [TestCase("importance-regression-d3")]
    public void PermutationFeatureImportance_Regression_Agrees(string id) => Agree(id, (ml, expected) =>
    {
        var v = Load("D3", ml);
        var m = ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1 }).Fit(v);
        // More permutations than the file's 10, whose means are further apart than its tolerance from seed to seed.
        var p = ml.Regression.PermutationFeatureImportance(m, v, permutationCount: 100);
        return BySlot(expected, p.Select((x, i) => new { slot = i, rsquared = x.RSquared.Mean, sd = x.RSquared.StandardDeviation }), 0.053);
    });

    // The features in the order of the file, whose ranks may differ where they matter about as much: each feature's numbers
    // are near the file's, so those that lie further apart have the same rank.
    private static List<string> BySlot(JsonElement expected, IEnumerable<object> facts, double tolerance)
    {
        string key = expected[0].EnumerateObject().First().Name;
        var actual = facts.Select(Dump.Members).ToDictionary(f => f[key]!.ToString());
        var comparison = new Comparison(tolerance, 0);
        foreach (var feature in expected.EnumerateArray())
            comparison.Compare(feature.GetProperty(key).ToString(), feature, actual[feature.GetProperty(key).ToString()]);
        return comparison.Differences;
    }
}
