namespace Microsoft.ML.Data;

/// <summary>Annotations in the shape of a schema.</summary>
internal static class ShapeAnnotations
{
    /// <summary>What is known of annotations before data is seen.</summary>
    public static SchemaShape Shape(params (string Kind, DataViewType Type)[] annotations) =>
        new(annotations.Select(a => SchemaShape.Column.Of(a.Kind, a.Type)));

    public static bool HasSlotNames(this SchemaShape.Column column) => column.Kind == SchemaShape.Column.VectorKind.Vector
        && column.Annotations.TryFindColumn(AnnotationKinds.SlotNames, out var names)
        && names.Kind == SchemaShape.Column.VectorKind.Vector && names.ItemType is TextDataViewType;

    public static bool IsNormalized(this SchemaShape.Column column) => column.Annotations.TryFindColumn(AnnotationKinds.IsNormalized, out var flag)
        && flag.Kind == SchemaShape.Column.VectorKind.Scalar && flag.ItemType is BooleanDataViewType;

    /// <summary>The annotations of these kinds alone.</summary>
    public static SchemaShape Only(this SchemaShape annotations, params string[] kinds) =>
        new(annotations.Where(a => kinds.Contains(a.Name)));

    /// <summary>The same annotations with one more.</summary>
    public static SchemaShape Plus(this SchemaShape annotations, string kind, DataViewType type) =>
        annotations.With(SchemaShape.Column.Of(kind, type));
}
