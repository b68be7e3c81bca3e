using Microsoft.ML.Trainers;
using Microsoft.ML.Vision;

namespace Microsoft.ML.Data;

/// <summary>Adds the score of each class and the class that scores highest.</summary>
public sealed class MulticlassPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    // Files have column names of their own from this version on.
    private const int NamedVersion = 2;

    private readonly LabelKeys _labels;
    private readonly string _score;
    private readonly string _predictedLabel;

    internal MulticlassPredictionTransformer(
        TModel model,
        DataViewSchema.Column feature,
        LabelKeys labels,
        string score = DefaultColumns.Score,
        string predictedLabel = DefaultColumns.PredictedLabel)
        : this(model, feature.Name, feature.Type, labels, score, predictedLabel)
    {
    }

    /// <summary>For a model that may read no column.</summary>
    internal static MulticlassPredictionTransformer<TModel> Of(TModel model, DataViewSchema.Column? feature, LabelKeys labels) =>
        new(model, feature?.Name ?? "", feature?.Type ?? NumberDataViewType.Single, labels, DefaultColumns.Score, DefaultColumns.PredictedLabel);

    private MulticlassPredictionTransformer(TModel model, string feature, DataViewType featureType, LabelKeys labels, string score, string predictedLabel)
        : base(model, feature, featureType) => (_labels, _score, _predictedLabel) = (labels, score, predictedLabel);

    private bool HasUsualNames => _score == DefaultColumns.Score && _predictedLabel == DefaultColumns.PredictedLabel;

    internal static MulticlassPredictionTransformer<TModel> Load(ModelLoadContext ctx)
    {
        bool isNamed = ctx.Version >= NamedVersion;
        var (name, type, model) = LoadBase(ctx, MulticlassPrediction.Kind, NamedVersion);
        var labels = LabelKeys.Load(ctx.Reader);
        return isNamed
            ? new(model, name, type, labels, ctx.Reader.ReadString(), ctx.Reader.ReadString())
            : new(model, name, type, labels, DefaultColumns.Score, DefaultColumns.PredictedLabel);
    }

    private protected override MapStep BindScores(DataViewSchema.Column feature, uint set)
    {
        var predicted = ScoreAnnotations.Builder(set, ScoreAnnotations.Multiclass, DefaultColumns.PredictedLabel);
        _labels.Annotate(predicted, AnnotationKinds.KeyValues);
        var scores = ScoreAnnotations.Builder(set, ScoreAnnotations.Multiclass, DefaultColumns.Score);
        _labels.Annotate(scores, AnnotationKinds.TrainingLabelValues);
        _labels.AnnotateSlots(scores);
        int count = (Model as IVectorModel)?.ScoreCount ?? ((IImageModel)Model).ScoreCount;
        var predictedColumn = new DataViewSchema.DetachedColumn(_predictedLabel, new KeyDataViewType(typeof(uint), _labels.Type.Count), predicted.ToAnnotations());
        var scoreColumn = new DataViewSchema.DetachedColumn(_score, new VectorDataViewType(NumberDataViewType.Single, count), scores.ToAnnotations());
        return Model is IImageModel images
            ? new ImagePrediction(images, feature.Index, predictedColumn, scoreColumn)
            : new MulticlassPrediction((IVectorModel)Model, FeatureColumnName.Length == 0 ? null : feature.Index, predictedColumn, scoreColumn);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        SaveBase(ctx, MulticlassPrediction.Kind, HasUsualNames ? 1 : NamedVersion);
        _labels.Save(ctx.Writer);
        if (HasUsualNames)
            return;
        ctx.Writer.Write(_score);
        ctx.Writer.Write(_predictedLabel);
    }
}
