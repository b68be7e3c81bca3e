using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

public sealed partial class ClusteringCatalog
{
    public ClusteringMetrics Evaluate(
        IDataView data, string? labelColumnName = null, string scoreColumnName = DefaultColumns.Score, string? featureColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return ClusteringEvaluator.Evaluate(data, labelColumnName, scoreColumnName, featureColumnName);
    }

    public IReadOnlyList<CrossValidationResult<ClusteringMetrics>> CrossValidate(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds = 5,
        string? labelColumnName = null,
        string? featuresColumnName = null,
        string? samplingKeyColumnName = null,
        int? seed = null) => CrossValidation.Run(
            Context,
            data,
            estimator,
            (numberOfFolds, samplingKeyColumnName, seed),
            scored => Evaluate(scored, labelColumnName, featureColumnName: featuresColumnName));
}
