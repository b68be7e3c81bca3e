using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>Adds the distance to each cluster and the nearest cluster.</summary>
public sealed class ClusteringPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    internal ClusteringPredictionTransformer(TModel model, DataViewSchema.Column feature)
        : this(model, feature.Name, feature.Type)
    {
    }

    private ClusteringPredictionTransformer(TModel model, string feature, DataViewType featureType)
        : base(model, feature, featureType)
    {
    }

    internal static ClusteringPredictionTransformer<TModel> Load(ModelLoadContext ctx)
    {
        var (name, type, model) = LoadBase(ctx, ClusteringPrediction.Kind);
        return new(model, name, type);
    }

    private protected override MapStep BindScores(DataViewSchema.Column feature, uint set)
    {
        var model = (IVectorModel)Model;
        return new ClusteringPrediction(
            model,
            feature.Index,
            new(
                DefaultColumns.PredictedLabel,
                new KeyDataViewType(typeof(uint), model.ScoreCount),
                ScoreAnnotations.Build(set, ScoreAnnotations.Clustering, DefaultColumns.PredictedLabel)),
            new(
                DefaultColumns.Score,
                new VectorDataViewType(NumberDataViewType.Single, model.ScoreCount),
                ScoreAnnotations.Build(set, ScoreAnnotations.Clustering, DefaultColumns.Score)));
    }

    private protected override void SaveCore(ModelSaveContext ctx) => SaveBase(ctx, ClusteringPrediction.Kind);
}
