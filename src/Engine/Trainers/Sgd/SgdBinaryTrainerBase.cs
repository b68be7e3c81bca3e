using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers;

/// <summary>Base of the linear trainers of two classes by stochastic gradient descent.</summary>
public abstract class SgdBinaryTrainerBase<TModel> : LinearTrainerBase<BinaryPredictionTransformer<TModel>, TModel>
    where TModel : class
{
    private readonly TrainerInfo _info = new(needNormalization: true, wantCaching: true);
    private readonly OptionsBase _options;
    private readonly IClassificationLoss _loss;
    private readonly bool _calibrated;

    private protected SgdBinaryTrainerBase(MLContext context, OptionsBase options, IClassificationLoss loss, bool calibrated)
        : base(context, TrainerColumns.Binary(options))
    {
        _options = options;
        _loss = loss;
        _calibrated = calibrated;
        Check.Param(options.L2Regularization >= 0, nameof(options.L2Regularization), "Must be non-negative.");
        Check.Param(options.LearningRate > 0, nameof(options.LearningRate), "Must be positive.");
        Check.Param(options.L2Regularization * options.LearningRate < 1, nameof(options.L2Regularization), "Its product with the learning rate must be less than 1.");
        Check.Param(options.NumberOfIterations > 0, nameof(options.NumberOfIterations), "Must be positive.");
        Check.Param(options.PositiveInstanceWeight > 0, nameof(options.PositiveInstanceWeight), "Must be positive.");
        Check.Param(options.ConvergenceTolerance > 0, nameof(options.ConvergenceTolerance), "Must be positive.");
        Check.Param(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "Must be positive.");
        Check.Param(options.CheckFrequency is null or > 0, nameof(options.CheckFrequency), "Must be positive.");
    }

    public override TrainerInfo Info => _info;

    /// <summary>Trains on from a model.</summary>
    public BinaryPredictionTransformer<TModel> Fit(IDataView trainData, LinearModelParameters modelParameters) => FitFrom(trainData, modelParameters);

    private protected override BinaryPredictionTransformer<TModel> Train(IDataView data, object? start)
    {
        var set = ReadTrainingSet(data);
        var settings = new SgdSettings(
            _options.LearningRate, _options.L2Regularization, _options.NumberOfIterations, _options.ConvergenceTolerance,
            _options.CheckFrequency ?? 1, _options.PositiveInstanceWeight, _options.Shuffle ? Context.NewRandom() : null);
        var descent = new GradientDescent(set, _loss, settings, (LinearModelParameters?)start);
        descent.Run();
        return new(MakeModel(descent.Model()), data.Schema[FeatureColumn.Name]);
    }

    private protected abstract TModel MakeModel(LinearBinaryModelParameters model);

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) => OutputShapes.Binary(_calibrated);

    /// <summary>Options that these trainers share.</summary>
    public class OptionsBase : TrainerInputBaseWithWeight
    {
        /// <summary>The weight of the squares of the weights.</summary>
        public float L2Regularization = 1e-6f;

        /// <summary>Taken for ML.NET's sake: one thread gives one result.</summary>
        public int? NumberOfThreads;

        /// <summary>Training ends when the mean loss fell by less since the last check.</summary>
        public double ConvergenceTolerance = 1e-4;

        /// <summary>The most passes over the rows.</summary>
        public int NumberOfIterations = 20;

        public double LearningRate = 0.01;

        /// <summary>Whether each pass takes the rows in another order.</summary>
        public bool Shuffle = true;

        /// <summary>The weight of rows of the positive class, on top of their own.</summary>
        public float PositiveInstanceWeight = 1;

        /// <summary>After how many passes the loss is checked; null is after each.</summary>
        public int? CheckFrequency;

        public OptionsBase()
        {
        }
    }
}
