namespace Microsoft.ML.Trainers;

/// <summary>
/// Base of the linear trainers that ascend the dual problem coordinate by coordinate (S. Shalev-Shwartz and T. Zhang,
/// "Stochastic Dual Coordinate Ascent Methods for Regularized Loss Minimization", JMLR 14, 2013).
/// </summary>
public abstract class SdcaTrainerBase<TOptions, TTransformer, TModel> : StochasticTrainerBase<TTransformer, TModel>
    where TOptions : SdcaTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private const string NoRows = "Training set has 0 instances, aborting training.";

    private readonly TOptions _options;

    private protected SdcaTrainerBase(MLContext context, TrainerColumns columns, TOptions options)
        : base(context, columns)
    {
        _options = options;
        Check.Param(options.L2Regularization is null or > 0, nameof(options.L2Regularization), "L2 constant must be positive.");
        Check.Param(options.L1Regularization is null or >= 0, nameof(options.L1Regularization), "L1 threshold must be non-negative.");
        Check.Param(options.MaximumNumberOfIterations is null or > 0, nameof(options.MaximumNumberOfIterations), "Must be positive.");
        Check.Param(options.ConvergenceTolerance > 0, nameof(options.ConvergenceTolerance), "Must be positive.");
        Check.Param(options.ConvergenceCheckFrequency is null or > 0, nameof(options.ConvergenceCheckFrequency), "Must be positive.");
        Check.Param(options.BiasLearningRate >= 0, nameof(options.BiasLearningRate), "Must be non-negative.");
        Check.Param(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "Must be positive.");
    }

    internal TOptions SdcaOptions => _options;

    private protected override TTransformer Train(IDataView data, object? start)
    {
        var set = ReadTrainingSet(data).Require(NoRows);
        return MakeTransformer(data.Schema, Solve(data.Schema, set, Settings(set)));
    }

    private protected abstract SdcaSolver Solve(DataViewSchema schema, TrainingSet set, SdcaSettings settings);

    private protected abstract TTransformer MakeTransformer(DataViewSchema schema, SdcaSolver solver);

    private SdcaSettings Settings(TrainingSet set)
    {
        int passes = _options.MaximumNumberOfIterations ?? SdcaSettings.DefaultPasses(set.Count);
        return new(
            _options.L2Regularization ?? SdcaSettings.DefaultL2(set.Count, passes),
            _options.L1Regularization ?? 0,
            _options.BiasLearningRate,
            _options.ConvergenceTolerance,
            passes,
            _options.ConvergenceCheckFrequency ?? Math.Max(1, passes / 10),
            _options.Shuffle ? Context.NewRandom() : null);
    }

    /// <summary>Options that these trainers share.</summary>
    public abstract class OptionsBase : TrainerInputBaseWithWeight
    {
        /// <summary>The weight of the squares of the weights; null chooses by the number of rows and passes.</summary>
        public float? L2Regularization;

        /// <summary>The weight of the absolute values of the weights, relative to the squares; null is 0.</summary>
        public float? L1Regularization;

        /// <summary>Taken for ML.NET's sake: one thread gives one result.</summary>
        public int? NumberOfThreads;

        /// <summary>Training ends when the gap between the problem and its dual, relative to the loss, is less.</summary>
        public float ConvergenceTolerance = 0.1f;

        /// <summary>The most passes over the rows; null chooses by their number.</summary>
        public int? MaximumNumberOfIterations;

        /// <summary>Whether each pass takes the rows in another order.</summary>
        public bool Shuffle = true;

        /// <summary>After how many passes the gap is computed; null checks ten times in all.</summary>
        public int? ConvergenceCheckFrequency;

        /// <summary>How much less the bias is regularised than the weights; 0 is as much.</summary>
        public float BiasLearningRate;

        private protected OptionsBase()
        {
        }
    }
}
