using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using static Microsoft.ML.SchemaShape.Column;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Finds the directions in which rows differ most (N. Halko, P.-G. Martinsson and J. Tropp, "Finding structure with
/// randomness", 2011); rows that lie far off the space they span are unlike the rest.
/// </summary>
public sealed class RandomizedPcaTrainer : TrainerEstimatorBase<AnomalyPredictionTransformer<PcaModelParameters>, PcaModelParameters>
{
    private readonly TrainerInfo _info = new(needNormalization: false, wantCaching: true);
    private readonly Options _options;

    internal RandomizedPcaTrainer(MLContext context, Options options)
        : base(context, new(TrainerColumns.Features(options.FeatureColumnName), default, TrainerColumns.Weights(options.ExampleWeightColumnName)))
    {
        _options = options;
        Check.Param(options.Rank > 0, nameof(options.Rank), "Rank must be positive.");
        Check.Param(options.Oversampling >= 0, nameof(options.Oversampling), "Oversampling must be non-negative.");
    }

    public override TrainerInfo Info => _info;

    private protected override AnomalyPredictionTransformer<PcaModelParameters> Train(IDataView data, object? start)
    {
        var feature = data.Schema[FeatureColumn.Name];
        DataViewSchema.Column? weight = WeightColumn.IsValid ? data.Schema[WeightColumn.Name] : null;
        var rows = new ComponentRows(data, feature, weight);
        if (_options.Rank > rows.Features)
            throw new InvalidOperationException($"Rank ({_options.Rank}) cannot be larger than the original dimension ({rows.Features})");
        int seed = _options.Seed ?? Context.NextSeed();
        var components = PrincipalComponents.Find(rows, _options.Rank, _options.Oversampling, _options.EnsureZeroMean, seed);
        return new(new(components), feature);
    }

    private protected override IEnumerable<SchemaShape.Column> OutputColumns(SchemaShape input) =>
    [
        new(DefaultColumns.Score, VectorKind.Scalar, NumberDataViewType.Single, false, ScoreAnnotations.Shape()),
        new(DefaultColumns.PredictedLabel, VectorKind.Scalar, BooleanDataViewType.Instance, false, ScoreAnnotations.Shape()),
    ];

    /// <summary>The settings of the trainer.</summary>
    public sealed class Options : UnsupervisedTrainerInputBaseWithWeight
    {
        /// <summary>How many directions are kept.</summary>
        public int Rank = 20;

        /// <summary>How many further directions are followed while searching.</summary>
        public int Oversampling = 20;

        /// <summary>Whether the mean is taken from the rows.</summary>
        public bool EnsureZeroMean = true;

        /// <summary>Seeds the first directions; null takes a seed from the context.</summary>
        public int? Seed;

        public Options()
        {
        }
    }
}
