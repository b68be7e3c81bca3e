using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>Adds a score, the decision and, for a calibrated model, the probability.</summary>
public sealed class BinaryPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>, IThresholdPrediction
    where TModel : class
{
    internal BinaryPredictionTransformer(TModel model, DataViewSchema.Column feature)
        : this(model, feature.Name, feature.Type, 0)
    {
    }

    /// <summary>For a model that reads no column.</summary>
    internal BinaryPredictionTransformer(TModel model)
        : this(model, "", NumberDataViewType.Single, 0)
    {
    }

    private BinaryPredictionTransformer(TModel model, string feature, DataViewType featureType, float threshold)
        : base(model, feature, featureType)
    {
        Threshold = threshold;
    }

    float IThresholdPrediction.Threshold => Threshold;

    /// <summary>Scores above are decided for the positive class.</summary>
    internal float Threshold { get; }

    internal BinaryPredictionTransformer<TModel> WithThreshold(float threshold) => new(Model, FeatureColumnName, FeatureColumnType, threshold);

    internal static BinaryPredictionTransformer<TModel> Load(ModelLoadContext ctx)
    {
        var (name, type, model) = LoadBase(ctx, BinaryPrediction.Kind);
        return new(model, name, type, ctx.Reader.ReadSingle());
    }

    private protected override MapStep BindScores(DataViewSchema.Column feature, uint set)
    {
        var outputs = new List<DataViewSchema.DetachedColumn>
        {
            new(DefaultColumns.PredictedLabel, BooleanDataViewType.Instance, ScoreAnnotations.Build(set, ScoreAnnotations.Binary, DefaultColumns.PredictedLabel)),
            new(DefaultColumns.Score, NumberDataViewType.Single, ScoreAnnotations.Build(set, ScoreAnnotations.Binary, DefaultColumns.Score)),
        };
        var calibrator = (Model as IProbabilisticModel)?.Calibrator;
        if (calibrator is not null)
        {
            var probability = ScoreAnnotations.Builder(set, ScoreAnnotations.Binary, DefaultColumns.Probability);
            probability.AddNormalized();
            outputs.Add(new(DefaultColumns.Probability, NumberDataViewType.Single, probability.ToAnnotations()));
        }
        if (Model is PriorModelParameters prior)
            return new ConstantPrediction(prior.Score, prior.Calibrator.PredictProbability(prior.Score), Threshold, outputs);
        return new BinaryPrediction((IScalarModel)Model, calibrator, Threshold, feature.Index, outputs);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        SaveBase(ctx, BinaryPrediction.Kind);
        ctx.Writer.Write(Threshold);
    }
}
