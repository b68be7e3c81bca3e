using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>Adds how unlike the rest a row is, and whether that is above a threshold.</summary>
public sealed class AnomalyPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>, IThresholdPrediction
    where TModel : class
{
    private readonly float _threshold;

    internal AnomalyPredictionTransformer(TModel model, DataViewSchema.Column feature)
        : this(model, feature.Name, feature.Type, AnomalyPrediction.DefaultThreshold)
    {
    }

    private AnomalyPredictionTransformer(TModel model, string feature, DataViewType featureType, float threshold)
        : base(model, feature, featureType)
    {
        _threshold = threshold;
    }

    float IThresholdPrediction.Threshold => _threshold;

    internal AnomalyPredictionTransformer<TModel> WithThreshold(float threshold) => new(Model, FeatureColumnName, FeatureColumnType, threshold);

    internal static AnomalyPredictionTransformer<TModel> Load(ModelLoadContext ctx)
    {
        var (name, type, model) = LoadBase(ctx, AnomalyPrediction.Kind);
        return new(model, name, type, ctx.Reader.ReadSingle());
    }

    // The columns are marked as those of two classes, as in ML.NET.
    private protected override MapStep BindScores(DataViewSchema.Column feature, uint set) => new BinaryPrediction(
        (IScalarModel)Model,
        null,
        _threshold,
        feature.Index,
        [
            new(DefaultColumns.PredictedLabel, BooleanDataViewType.Instance, ScoreAnnotations.Build(set, ScoreAnnotations.Binary, DefaultColumns.PredictedLabel)),
            new(DefaultColumns.Score, NumberDataViewType.Single, ScoreAnnotations.Build(set, ScoreAnnotations.Binary, DefaultColumns.Score)),
        ]);

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        SaveBase(ctx, AnomalyPrediction.Kind);
        ctx.Writer.Write(_threshold);
    }
}
