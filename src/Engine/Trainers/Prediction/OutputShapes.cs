using Microsoft.ML.Data;
using static Microsoft.ML.SchemaShape.Column;

namespace Microsoft.ML.Trainers;

/// <summary>The columns that predictions add, as far as they are known before training.</summary>
internal static class OutputShapes
{
    public static IEnumerable<SchemaShape.Column> Multiclass(
        SchemaShape.Column label, string score = DefaultColumns.Score, string predictedLabel = DefaultColumns.PredictedLabel)
    {
        bool named = label.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out var values) && values.Kind == VectorKind.Vector;
        var scores = new List<(string, DataViewType)>();
        var predicted = new List<(string, DataViewType)>();
        if (named)
        {
            var type = new VectorDataViewType((PrimitiveDataViewType)values.ItemType, 1);
            if (values.ItemType is TextDataViewType)
                scores.Add((AnnotationKinds.SlotNames, type));
            scores.Add((AnnotationKinds.TrainingLabelValues, type));
            predicted.Add((AnnotationKinds.KeyValues, type));
        }
        yield return new(score, VectorKind.Vector, NumberDataViewType.Single, false, ScoreAnnotations.Shape(scores));
        yield return new(predictedLabel, VectorKind.Scalar, NumberDataViewType.UInt32, true, ScoreAnnotations.Shape(predicted));
    }

    public static IEnumerable<SchemaShape.Column> Binary(bool calibrated)
    {
        yield return new(DefaultColumns.Score, VectorKind.Scalar, NumberDataViewType.Single, false, ScoreAnnotations.Shape());
        if (calibrated)
            yield return Probability();
        yield return new(DefaultColumns.PredictedLabel, VectorKind.Scalar, BooleanDataViewType.Instance, false, ScoreAnnotations.Shape());
    }

    public static SchemaShape.Column Probability() => new(
        DefaultColumns.Probability, VectorKind.Scalar, NumberDataViewType.Single, false,
        ScoreAnnotations.Shape((AnnotationKinds.IsNormalized, BooleanDataViewType.Instance)));

    public static IEnumerable<SchemaShape.Column> Regression() =>
        [new(DefaultColumns.Score, VectorKind.Scalar, NumberDataViewType.Single, false, ScoreAnnotations.Shape())];
}
