namespace Microsoft.ML.Trainers;

/// <summary>Base of the trainers that take the rows in random order.</summary>
public abstract class StochasticTrainerBase<TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly TrainerInfo _info = new(needNormalization: true, wantCaching: true);

    private protected StochasticTrainerBase(MLContext context, TrainerColumns columns)
        : base(context, columns)
    {
    }

    public override TrainerInfo Info => _info;
}

/// <summary>Base of trainers of linear models.</summary>
public abstract class LinearTrainerBase<TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly TrainerInfo _info = new(needNormalization: true, wantCaching: true);

    private protected LinearTrainerBase(MLContext context, TrainerColumns columns)
        : base(context, columns)
    {
    }

    public override TrainerInfo Info => _info;
}
