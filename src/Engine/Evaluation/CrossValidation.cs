using static Microsoft.ML.TrainCatalogBase;

namespace Microsoft.ML;

/// <summary>Trains on all folds but one and evaluates on that one, for each fold.</summary>
internal static class CrossValidation
{
    public static IReadOnlyList<CrossValidationResult<TMetrics>> Run<TMetrics>(
        MLContext context,
        IDataView data,
        IEstimator<ITransformer> estimator,
        (int Count, string? SamplingKey, int? Seed) folds,
        Func<IDataView, TMetrics> evaluate)
        where TMetrics : class
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(estimator);
        Check.Param(folds.Count > 1, "numberOfFolds", "Must be more than 1");
        var results = new List<CrossValidationResult<TMetrics>>();
        foreach (var split in context.Data.CrossValidationSplit(data, folds.Count, folds.SamplingKey, folds.Seed))
        {
            var model = estimator.Fit(split.TrainSet);
            var scored = model.Transform(split.TestSet);
            results.Add(new(model, evaluate(scored), scored, results.Count));
        }
        return results;
    }
}
