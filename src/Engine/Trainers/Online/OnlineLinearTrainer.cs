namespace Microsoft.ML.Trainers;

/// <summary>Base of the trainers that learn row by row.</summary>
public abstract class OnlineLinearTrainer<TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private const string NoRows = "No valid training instances found, all instances have missing features.";

    private readonly TrainerInfo _info = new(needNormalization: true, wantCaching: true);
    private readonly OnlineLinearOptions _options;

    private protected OnlineLinearTrainer(MLContext context, TrainerColumns columns, OnlineLinearOptions options)
        : base(context, columns)
    {
        _options = options;
        Check.Param(options.NumberOfIterations > 0, nameof(options.NumberOfIterations), "Must be positive");
        Check.Param(options.InitialWeightsDiameter >= 0, nameof(options.InitialWeightsDiameter), "Must be non-negative");
    }

    public override TrainerInfo Info => _info;

    /// <summary>Trains on from a model.</summary>
    public TTransformer Fit(IDataView trainData, LinearModelParameters modelParameters) => FitFrom(trainData, modelParameters);

    private protected override TTransformer Train(IDataView data, object? start)
    {
        var set = ReadTrainingSet(data).Require(NoRows);
        var random = Context.NewRandom();
        var (weights, bias) = FirstWeights(set.Features, (LinearModelParameters?)start, random);
        var state = NewState(weights, bias);
        // As in ML.NET, data that can be read in file order only is never shuffled.
        var order = new RowOrder(set.Count, _options.Shuffle && data.CanShuffle ? random : null);
        for (int pass = 0; pass < _options.NumberOfIterations; pass++)
        {
            foreach (int row in order.Next())
                state.Learn(set.Row(row), set.Labels[row], set.Weight(row));
            state.EndPass();
        }
        (weights, bias) = state.Result();
        return MakeTransformer(data.Schema[FeatureColumn.Name], weights, bias);
    }

    private protected abstract OnlineState NewState(float[] weights, float bias);

    private protected abstract TTransformer MakeTransformer(DataViewSchema.Column feature, float[] weights, float bias);

    private (float[] Weights, float Bias) FirstWeights(int features, LinearModelParameters? start, Random random)
    {
        if (start is not null)
        {
            if (start.Weights.Count != features)
                throw new InvalidOperationException($"The model to start from has {start.Weights.Count} weights, the data has {features} features.");
            return (start.WeightSpan.ToArray(), start.Bias);
        }
        var weights = new float[features];
        float bias = 0;
        if (_options.InitialWeightsDiameter > 0)
        {
            for (int i = 0; i < features; i++)
                weights[i] = _options.InitialWeightsDiameter * (random.NextSingle() - 0.5f);
            bias = _options.InitialWeightsDiameter * (random.NextSingle() - 0.5f);
        }
        return (weights, bias);
    }
}

/// <summary>Base of the trainers whose model is the average of the weights over the rows.</summary>
public abstract class AveragedLinearTrainer<TTransformer, TModel> : OnlineLinearTrainer<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly AveragedLinearOptions _options;
    private readonly IScalarLoss _loss;

    private protected AveragedLinearTrainer(MLContext context, TrainerColumns columns, AveragedLinearOptions options, IScalarLoss loss)
        : base(context, columns, options)
    {
        _options = options;
        _loss = loss;
        Check.Param(options.LearningRate > 0, nameof(options.LearningRate), "Must be positive");
        Check.Param(options.ResetWeightsAfterXExamples is null or >= 0, nameof(options.ResetWeightsAfterXExamples), "Must be non-negative");
        Check.Param(options.L2Regularization is >= 0 and < 0.5f, nameof(options.L2Regularization), "Must be in [0, 0.5)");
        Check.Param(options.RecencyGain >= 0, nameof(options.RecencyGain), "Must be non-negative");
    }

    private protected override OnlineState NewState(float[] weights, float bias) => new AveragedState(_options, _loss, weights, bias);
}
