using System.Collections.Immutable;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

/// <summary>How much each feature matters to a model.</summary>
public static class PermutationFeatureImportanceExtensions
{
    public static ImmutableArray<RegressionMetricsStatistics> PermutationFeatureImportance<TModel>(
        this RegressionCatalog catalog,
        ISingleFeaturePredictionTransformer<TModel> predictionTransformer,
        IDataView data,
        string labelColumnName = DefaultColumns.Label,
        bool useFeatureWeightFilter = false,
        int? numberOfExamplesToUse = null,
        int permutationCount = 1)
        where TModel : class =>
        FeatureImportance.OfSlots(
            catalog.Context, predictionTransformer, data, new(useFeatureWeightFilter, numberOfExamplesToUse, permutationCount), Metrics(catalog, labelColumnName));

    public static ImmutableDictionary<string, RegressionMetricsStatistics> PermutationFeatureImportance(
        this RegressionCatalog catalog,
        ITransformer model,
        IDataView data,
        string labelColumnName = DefaultColumns.Label,
        bool useFeatureWeightFilter = false,
        int? numberOfExamplesToUse = null,
        int permutationCount = 1) =>
        FeatureImportance.ByName(
            catalog.Context, model, data, new(useFeatureWeightFilter, numberOfExamplesToUse, permutationCount), Metrics(catalog, labelColumnName));

    public static ImmutableArray<BinaryClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(
        this BinaryClassificationCatalog catalog,
        ISingleFeaturePredictionTransformer<TModel> predictionTransformer,
        IDataView data,
        string labelColumnName = DefaultColumns.Label,
        bool useFeatureWeightFilter = false,
        int? numberOfExamplesToUse = null,
        int permutationCount = 1)
        where TModel : class =>
        FeatureImportance.OfSlots(
            catalog.Context, predictionTransformer, data, new(useFeatureWeightFilter, numberOfExamplesToUse, permutationCount), Metrics(catalog, labelColumnName));

    public static ImmutableDictionary<string, BinaryClassificationMetricsStatistics> PermutationFeatureImportanceNonCalibrated(
        this BinaryClassificationCatalog catalog,
        ITransformer model,
        IDataView data,
        string labelColumnName = DefaultColumns.Label,
        bool useFeatureWeightFilter = false,
        int? numberOfExamplesToUse = null,
        int permutationCount = 1) =>
        FeatureImportance.ByName(
            catalog.Context, model, data, new(useFeatureWeightFilter, numberOfExamplesToUse, permutationCount), Metrics(catalog, labelColumnName));

    public static ImmutableArray<MulticlassClassificationMetricsStatistics> PermutationFeatureImportance<TModel>(
        this MulticlassClassificationCatalog catalog,
        ISingleFeaturePredictionTransformer<TModel> predictionTransformer,
        IDataView data,
        string labelColumnName = DefaultColumns.Label,
        bool useFeatureWeightFilter = false,
        int? numberOfExamplesToUse = null,
        int permutationCount = 1)
        where TModel : class =>
        FeatureImportance.OfSlots(
            catalog.Context, predictionTransformer, data, new(useFeatureWeightFilter, numberOfExamplesToUse, permutationCount), Metrics(catalog, labelColumnName));

    public static ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> PermutationFeatureImportance(
        this MulticlassClassificationCatalog catalog,
        ITransformer model,
        IDataView data,
        string labelColumnName = DefaultColumns.Label,
        bool useFeatureWeightFilter = false,
        int? numberOfExamplesToUse = null,
        int permutationCount = 1) =>
        FeatureImportance.ByName(
            catalog.Context, model, data, new(useFeatureWeightFilter, numberOfExamplesToUse, permutationCount), Metrics(catalog, labelColumnName));

    private static ImportanceMetrics<RegressionMetrics, RegressionMetricsStatistics> Metrics(RegressionCatalog catalog, string label) =>
        new(scored => catalog.Evaluate(scored, label), () => new(), (statistics, now, before) => statistics.Add(now, before));

    private static ImportanceMetrics<BinaryClassificationMetrics, BinaryClassificationMetricsStatistics> Metrics(
        BinaryClassificationCatalog catalog, string label) =>
        new(scored => catalog.EvaluateNonCalibrated(scored, label), () => new(), (statistics, now, before) => statistics.Add(now, before));

    private static ImportanceMetrics<MulticlassClassificationMetrics, MulticlassClassificationMetricsStatistics> Metrics(
        MulticlassClassificationCatalog catalog, string label) =>
        new(scored => catalog.Evaluate(scored, label), () => new(), (statistics, now, before) => statistics.Add(now, before));
}
