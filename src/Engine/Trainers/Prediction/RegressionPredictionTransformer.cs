using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>Adds the number that a model predicts.</summary>
public sealed class RegressionPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    internal RegressionPredictionTransformer(TModel model, DataViewSchema.Column feature)
        : this(model, feature.Name, feature.Type)
    {
    }

    private RegressionPredictionTransformer(TModel model, string feature, DataViewType featureType)
        : base(model, feature, featureType)
    {
    }

    internal static RegressionPredictionTransformer<TModel> Load(ModelLoadContext ctx)
    {
        var (name, type, model) = LoadBase(ctx, RegressionPrediction.Kind);
        return new(model, name, type);
    }

    private protected override MapStep BindScores(DataViewSchema.Column feature, uint set) => MapStep.Map(
        feature, DefaultColumns.Score, NumberDataViewType.Single,
        ScoreAnnotations.Build(set, ScoreAnnotations.Regression, DefaultColumns.Score), ((IScalarModel)Model).OpenScorer);

    private protected override void SaveCore(ModelSaveContext ctx) => SaveBase(ctx, RegressionPrediction.Kind);
}
