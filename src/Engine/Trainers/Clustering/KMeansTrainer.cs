using Microsoft.ML.Data;
using static Microsoft.ML.SchemaShape.Column;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Groups rows around centroids, each row belonging to the nearest (S. Lloyd, "Least squares quantization in PCM", 1982).
/// </summary>
public class KMeansTrainer : TrainerEstimatorBase<ClusteringPredictionTransformer<KMeansModelParameters>, KMeansModelParameters>
{
    private readonly TrainerInfo _info = new(needNormalization: true, wantCaching: true);
    private readonly Options _options;

    internal KMeansTrainer(MLContext context, Options options)
        : base(context, new(TrainerColumns.Features(options.FeatureColumnName), default, TrainerColumns.Weights(options.ExampleWeightColumnName)))
    {
        _options = options;
        Check.Param(options.NumberOfClusters > 0, nameof(options.NumberOfClusters), "Must be positive");
        Check.Param(options.MaximumNumberOfIterations > 0, nameof(options.MaximumNumberOfIterations), "Must be positive");
        Check.Param(options.OptimizationTolerance > 0, nameof(options.OptimizationTolerance), "Must be positive");
        Check.Param(options.AccelerationMemoryBudgetMb > 0, nameof(options.AccelerationMemoryBudgetMb), "Must be positive");
        Check.Param(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "Must be positive");
    }

    public override TrainerInfo Info => _info;

    private protected override ClusteringPredictionTransformer<KMeansModelParameters> Train(IDataView data, object? start)
    {
        var set = ReadTrainingSet(data);
        if (set.Count < _options.NumberOfClusters)
            throw new InvalidOperationException(
                $"Failed to initialize clusters: too few examples ({set.Count} for {_options.NumberOfClusters} clusters)");
        var run = new KMeansRun(set, _options.NumberOfThreads ?? Environment.ProcessorCount);
        var centroids = KMeansStart.Choose(run, _options.NumberOfClusters, _options.InitializationAlgorithm, Context.NewRandom());
        run.Refine(centroids, _options.MaximumNumberOfIterations, _options.OptimizationTolerance);
        return new(new(centroids), data.Schema[FeatureColumn.Name]);
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) =>
    [
        new(DefaultColumns.Score, VectorKind.Vector, NumberDataViewType.Single, false, ScoreAnnotations.Shape()),
        new(DefaultColumns.PredictedLabel, VectorKind.Scalar, NumberDataViewType.UInt32, true, ScoreAnnotations.Shape()),
    ];

    /// <summary>How the first centroids are chosen.</summary>
    public enum InitializationAlgorithm
    {
        /// <summary>Each by its distance from those before (D. Arthur and S. Vassilvitskii, "k-means++", 2007).</summary>
        KMeansPlusPlus = 0,

        /// <summary>Rows drawn at random.</summary>
        Random = 1,

        /// <summary>Many at once by their distance, thinned out afterwards (B. Bahmani et al., "Scalable K-Means++", 2012).</summary>
        KMeansYinyang = 2,
    }

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : UnsupervisedTrainerInputBaseWithWeight
    {
        public int NumberOfClusters = 5;

        public InitializationAlgorithm InitializationAlgorithm = InitializationAlgorithm.KMeansYinyang;

        /// <summary>Training ends when the mean squared distance falls by less than this share of it.</summary>
        public float OptimizationTolerance = 1e-7f;

        public int MaximumNumberOfIterations = 1000;

        /// <summary>Taken for ML.NET's sake: distances are found as products of matrices, without bounds to keep.</summary>
        public int AccelerationMemoryBudgetMb = 4096;

        /// <summary>Null takes every processor. The result does not depend on it.</summary>
        public int? NumberOfThreads;

        public Options()
        {
        }
    }
}
