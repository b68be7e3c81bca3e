using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

public sealed partial class MulticlassClassificationCatalog
{
    public IReadOnlyList<CrossValidationResult<MulticlassClassificationMetrics>> CrossValidate(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds = 5,
        string labelColumnName = DefaultColumns.Label,
        string? samplingKeyColumnName = null,
        int? seed = null)
    {
        Check.Name(labelColumnName);
        return CrossValidation.Run(
            Context, data, estimator, (numberOfFolds, samplingKeyColumnName, seed), scored => Evaluate(scored, labelColumnName));
    }
}

public sealed partial class BinaryClassificationCatalog
{
    public IReadOnlyList<CrossValidationResult<CalibratedBinaryClassificationMetrics>> CrossValidate(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds = 5,
        string labelColumnName = DefaultColumns.Label,
        string? samplingKeyColumnName = null,
        int? seed = null)
    {
        Check.Name(labelColumnName);
        return CrossValidation.Run(
            Context, data, estimator, (numberOfFolds, samplingKeyColumnName, seed), scored => Evaluate(scored, labelColumnName));
    }

    public IReadOnlyList<CrossValidationResult<BinaryClassificationMetrics>> CrossValidateNonCalibrated(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds = 5,
        string labelColumnName = DefaultColumns.Label,
        string? samplingKeyColumnName = null,
        int? seed = null)
    {
        Check.Name(labelColumnName);
        return CrossValidation.Run(
            Context, data, estimator, (numberOfFolds, samplingKeyColumnName, seed), scored => EvaluateNonCalibrated(scored, labelColumnName));
    }
}

public sealed partial class RegressionCatalog
{
    public IReadOnlyList<CrossValidationResult<RegressionMetrics>> CrossValidate(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds = 5,
        string labelColumnName = DefaultColumns.Label,
        string? samplingKeyColumnName = null,
        int? seed = null)
    {
        Check.Name(labelColumnName);
        return CrossValidation.Run(
            Context, data, estimator, (numberOfFolds, samplingKeyColumnName, seed), scored => Evaluate(scored, labelColumnName));
    }
}
