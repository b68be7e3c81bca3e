using Microsoft.ML.Data;

namespace FeatureTransfer.Heads;

/// <summary>Rows in memory as a table of ML.NET's.</summary>
internal static class FeatureTable
{
    /// <summary>Some of the rows, with the key of all classes.</summary>
    public static IDataView Of(HeadRows rows, IReadOnlyList<int> picked, FewShotOptions options)
    {
        var schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema[nameof(FeatureRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.Features.Dimension);
        schema[nameof(FeatureRow.Features)].ColumnName = options.FeatureColumnName;
        var label = schema[nameof(FeatureRow.Label)];
        label.ColumnType = new KeyDataViewType(typeof(uint), rows.Names.Count);
        label.ColumnName = options.LabelColumnName;
        label.AddAnnotation("KeyValues", new VBuffer<ReadOnlyMemory<char>>(rows.Names.Count, [.. rows.Names.Select(name => name.AsMemory())]), new VectorDataViewType(TextDataViewType.Instance, rows.Names.Count));

        // ML.NET counts the keys of a program's own rows from 0.
        return new MLContext().Data.LoadFromEnumerable(
            picked.Select(row => new FeatureRow { Label = (uint)rows.Keys[rows.Features.Labels[row]], Features = rows.Features.Row(row).ToArray() }).ToList(), schema);
    }

    private sealed class FeatureRow
    {
        public uint Label { get; set; }

        [VectorType(1)]
        public float[] Features { get; set; } = [];
    }
}
