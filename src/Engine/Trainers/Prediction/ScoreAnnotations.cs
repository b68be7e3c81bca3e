using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What score columns say about themselves: the kind of task, what the value is, which columns belong together.</summary>
internal static class ScoreAnnotations
{
    public const string Binary = "BinaryClassification";
    public const string Multiclass = "MulticlassClassification";
    public const string Regression = "Regression";
    public const string Clustering = "Clustering";
    public const string Anomaly = "AnomalyDetection";

    /// <summary>The kinds that a score column has.</summary>
    public static readonly string[] Kinds =
        [AnnotationKinds.ScoreColumnSetId, AnnotationKinds.ScoreColumnKind, AnnotationKinds.ScoreValueKind];

    private static readonly KeyDataViewType _setId = new(typeof(uint), int.MaxValue);

    /// <summary>The number of the next set of score columns in a schema.</summary>
    public static uint NextSet(DataViewSchema schema)
    {
        uint max = 0;
        foreach (var column in schema)
        {
            if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.ScoreColumnSetId)?.Type is not KeyDataViewType key || key.RawType != typeof(uint))
                continue;
            uint id = 0;
            column.Annotations.GetValue(AnnotationKinds.ScoreColumnSetId, ref id);
            max = Math.Max(max, id);
        }
        return max + 1;
    }

    public static DataViewSchema.Annotations.Builder Builder(uint set, string columnKind, string valueKind)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance, columnKind.AsMemory());
        builder.AddPrimitiveValue(AnnotationKinds.ScoreColumnSetId, _setId, set);
        builder.AddPrimitiveValue(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
        return builder;
    }

    public static DataViewSchema.Annotations Build(uint set, string columnKind, string valueKind) =>
        Builder(set, columnKind, valueKind).ToAnnotations();

    /// <summary>The shape of these annotations, after others.</summary>
    public static SchemaShape Shape(params IEnumerable<(string Kind, DataViewType Type)> others) => ShapeAnnotations.Shape(
    [
        .. others,
        (AnnotationKinds.ScoreColumnSetId, _setId),
        (AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance),
        (AnnotationKinds.ScoreValueKind, TextDataViewType.Instance),
    ]);
}
