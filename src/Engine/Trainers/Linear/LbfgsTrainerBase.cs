
namespace Microsoft.ML.Trainers;

/// <summary>
/// Base of the linear trainers that minimise their loss by L-BFGS, with an L1 penalty by OWL-QN. The loss is a sum over
/// rows; biases are not regularised.
/// </summary>
public abstract class LbfgsTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TOptions : LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private const string NoRows = "No valid training instances found, all instances have missing features.";

    private readonly TrainerInfo _info = new(needNormalization: true, wantCaching: true);

    private protected LbfgsTrainerBase(MLContext context, TrainerColumns columns, TOptions options)
        : base(context, columns)
    {
        LbfgsOptions = options;
        Check.Param(options.L2Regularization >= 0, nameof(options.L2Regularization), "Must be non-negative");
        Check.Param(options.L1Regularization >= 0, nameof(options.L1Regularization), "Must be non-negative");
        Check.Param(options.OptimizationTolerance > 0, nameof(options.OptimizationTolerance), "Must be positive");
        Check.Param(options.HistorySize > 0, nameof(options.HistorySize), "Must be positive");
        Check.Param(options.MaximumNumberOfIterations > 0, nameof(options.MaximumNumberOfIterations), "Must be positive");
        Check.Param(options.InitialWeightsDiameter >= 0, nameof(options.InitialWeightsDiameter), "Must be non-negative");
        Check.Param(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "Must be positive");
    }

    public override TrainerInfo Info => _info;

    internal TOptions LbfgsOptions { get; }

    private protected override TTransformer Train(IDataView data, object? start)
    {
        var set = ReadTrainingSet(data).Require(NoRows);
        CheckLabels(set);
        int outputs = CountOutputs(data.Schema);
        int threads = LbfgsOptions.NumberOfThreads ?? Environment.ProcessorCount;
        var objective = new LinearObjective(set, outputs, MakeLoss(outputs), LbfgsOptions.L2Regularization, threads);
        var parameters = start is null ? FirstParameters(objective.Size) : ParametersOf(start);
        if (parameters.Length != objective.Size)
            throw new InvalidOperationException(
                $"The model to start from has {parameters.Length} parameters, this data needs {objective.Size}: it was trained on other features or classes.");
        // The mean loss is per unit of weight, the penalty per row, as in ML.NET.
        var settings = new LbfgsSettings(
            LbfgsOptions.HistorySize, LbfgsOptions.L1Regularization / set.Count, outputs, LbfgsOptions.EnforceNonNegativity,
            LbfgsOptions.OptimizationTolerance, LbfgsOptions.MaximumNumberOfIterations);
        return MakeTransformer(data.Schema, set, outputs, Lbfgs.Minimize(objective, parameters, settings));
    }

    /// <summary>Throws where the loss has no meaning for a label.</summary>
    private protected virtual void CheckLabels(TrainingSet set)
    {
    }

    private protected abstract int CountOutputs(DataViewSchema schema);

    private protected abstract RowLoss MakeLoss(int outputs);

    /// <summary>The parameters of a model: biases, then weights (outputs, features).</summary>
    private protected abstract double[] ParametersOf(object model);

    private protected abstract TTransformer MakeTransformer(DataViewSchema schema, TrainingSet set, int outputs, LbfgsResult result);

    private protected static float[] Floats(ReadOnlySpan<double> values)
    {
        var floats = new float[values.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = (float)values[i];
        return floats;
    }

    private double[] FirstParameters(int size)
    {
        var parameters = new double[size];
        if (LbfgsOptions.InitialWeightsDiameter > 0)
        {
            var random = Context.NewRandom();
            for (int i = 0; i < size; i++)
                parameters[i] = LbfgsOptions.InitialWeightsDiameter * (random.NextDouble() - 0.5);
        }
        return parameters;
    }

    /// <summary>Options that these trainers share.</summary>
    public abstract class OptionsBase : TrainerInputBaseWithWeight
    {
        /// <summary>The weight of the squares of the weights.</summary>
        public float L2Regularization = 1;

        /// <summary>The weight of the absolute values of the weights.</summary>
        public float L1Regularization = 1;

        /// <summary>Training ends when the mean relative improvement over five steps is less.</summary>
        public float OptimizationTolerance = 1e-7f;

        /// <summary>How many steps the curvature is taken from.</summary>
        public int HistorySize = 20;

        public int MaximumNumberOfIterations = int.MaxValue;

        /// <summary>Taken for ML.NET's sake: the loss is convex, a first pass by gradient descent would lead to the same place.</summary>
        public float StochasticGradientDescentInitilaizationTolerance;

        /// <summary>Taken for ML.NET's sake: nothing is written while training.</summary>
        public bool Quiet;

        /// <summary>The first weights are drawn from a range of this width; 0 starts from zeros.</summary>
        public float InitialWeightsDiameter;

        /// <summary>Null takes every processor. The result does not depend on it.</summary>
        public int? NumberOfThreads;

        /// <summary>Taken for ML.NET's sake: the optimizer's vectors are always dense.</summary>
        public bool DenseOptimizer;

        /// <summary>Keeps weights from being negative.</summary>
        public bool EnforceNonNegativity;

        protected OptionsBase()
        {
        }
    }
}
