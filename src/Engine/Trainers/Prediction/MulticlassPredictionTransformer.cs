using Microsoft.ML.Trainers;

namespace Microsoft.ML.Data;

/// <summary>Adds the score of each class and the class that scores highest.</summary>
public sealed class MulticlassPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    private readonly LabelKeys _labels;

    internal MulticlassPredictionTransformer(TModel model, DataViewSchema.Column feature, LabelKeys labels)
        : this(model, feature.Name, feature.Type, labels)
    {
    }

    /// <summary>For a model that may read no column.</summary>
    internal static MulticlassPredictionTransformer<TModel> Of(TModel model, DataViewSchema.Column? feature, LabelKeys labels) =>
        new(model, feature?.Name ?? "", feature?.Type ?? NumberDataViewType.Single, labels);

    private MulticlassPredictionTransformer(TModel model, string feature, DataViewType featureType, LabelKeys labels)
        : base(model, feature, featureType)
    {
        _labels = labels;
    }

    internal static MulticlassPredictionTransformer<TModel> Load(ModelLoadContext ctx)
    {
        var (name, type, model) = LoadBase(ctx, MulticlassPrediction.Kind);
        return new(model, name, type, LabelKeys.Load(ctx.Reader));
    }

    private protected override MapStep BindScores(DataViewSchema.Column feature, uint set)
    {
        var model = (IVectorModel)Model;
        var predicted = ScoreAnnotations.Builder(set, ScoreAnnotations.Multiclass, DefaultColumns.PredictedLabel);
        _labels.Annotate(predicted, AnnotationKinds.KeyValues);
        var scores = ScoreAnnotations.Builder(set, ScoreAnnotations.Multiclass, DefaultColumns.Score);
        _labels.Annotate(scores, AnnotationKinds.TrainingLabelValues);
        _labels.AnnotateSlots(scores);
        return new MulticlassPrediction(
            model,
            FeatureColumnName.Length == 0 ? null : feature.Index,
            new(DefaultColumns.PredictedLabel, new KeyDataViewType(typeof(uint), _labels.Type.Count), predicted.ToAnnotations()),
            new(DefaultColumns.Score, new VectorDataViewType(NumberDataViewType.Single, model.ScoreCount), scores.ToAnnotations()));
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        SaveBase(ctx, MulticlassPrediction.Kind);
        _labels.Save(ctx.Writer);
    }
}
