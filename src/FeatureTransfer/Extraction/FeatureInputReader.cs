using System.Globalization;
using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction;

/// <summary>Reads the input column of rows: a path, or bytes that are named by the row's position.</summary>
internal static class FeatureInputReader
{
    public static Func<FeatureInput> Create(Microsoft.ML.DataViewRow row, Microsoft.ML.DataViewSchema.Column column)
    {
        if (column.Type is TextDataViewType)
        {
            var text = row.GetGetter<ReadOnlyMemory<char>>(column);
            return () =>
            {
                ReadOnlyMemory<char> path = default;
                text(ref path);
                return new FeatureInput(path.ToString(), null);
            };
        }

        var vector = row.GetGetter<VBuffer<byte>>(column);
        return () =>
        {
            VBuffer<byte> bytes = default;
            vector(ref bytes);
            var values = new byte[bytes.Length];
            bytes.CopyTo(values);
            return new FeatureInput(string.Create(CultureInfo.InvariantCulture, $"row {row.Position}, column '{column.Name}'"), values);
        };
    }
}
