using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A schema in a model file: visible columns, with the annotations that hold text, numbers or flags.</summary>
internal static class SchemaFormat
{
    public static void Write(BinaryWriter writer, DataViewSchema schema)
    {
        var columns = schema.Where(c => !c.IsHidden).ToArray();
        writer.Write(columns.Length);
        foreach (var column in columns)
        {
            writer.Write(column.Name);
            TypeFormat.Write(writer, column.Type);
            WriteAnnotations(writer, column.Annotations);
        }
    }

    public static DataViewSchema Read(BinaryReader reader)
    {
        var builder = new DataViewSchema.Builder();
        for (int left = reader.ReadInt32(); left > 0; left--)
            builder.AddColumn(reader.ReadString(), TypeFormat.Read(reader), ReadAnnotations(reader));
        return builder.ToSchema();
    }

    private static void WriteAnnotations(BinaryWriter writer, DataViewSchema.Annotations annotations)
    {
        var kept = annotations.Schema.Where(a => a.Type is BooleanDataViewType
            || a.Type is VectorDataViewType { ItemType: TextDataViewType }).ToArray();
        writer.Write(kept.Length);
        foreach (var annotation in kept)
        {
            writer.Write(annotation.Name);
            writer.Write(annotation.Type is BooleanDataViewType);
            if (annotation.Type is BooleanDataViewType)
            {
                bool flag = false;
                annotations.GetValue(annotation.Name, ref flag);
                writer.Write(flag);
                continue;
            }
            VBuffer<ReadOnlyMemory<char>> texts = default;
            annotations.GetValue(annotation.Name, ref texts);
            writer.WriteTexts([.. texts.DenseValues().Select(t => t.ToString())]);
        }
    }

    private static DataViewSchema.Annotations ReadAnnotations(BinaryReader reader)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            string name = reader.ReadString();
            if (reader.ReadBoolean())
                builder.AddPrimitiveValue(name, BooleanDataViewType.Instance, reader.ReadBoolean());
            else
                builder.AddVector(name, TextDataViewType.Instance, reader.ReadTexts().Select(t => t.AsMemory()).ToArray());
        }
        return builder.ToAnnotations();
    }
}
