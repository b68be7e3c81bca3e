namespace Microsoft.ML.Trainers;

/// <summary>An estimator that trains a model.</summary>
public interface ITrainerEstimator<out TTransformer, out TModel> : IEstimator<TTransformer>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    TrainerInfo Info { get; }
}
