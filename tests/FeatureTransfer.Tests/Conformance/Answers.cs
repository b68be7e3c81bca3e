using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Conformance;

/// <summary>Reads a column of numbers: in a batch, or row by row as prediction engines do.</summary>
internal static class Answers
{
    public static float[][] Batch(IDataView rows, string column)
    {
        var answers = new List<float[]>();
        using var cursor = rows.GetRowCursor([rows.Schema[column]]);
        var read = Reader(cursor, rows.Schema[column]);
        while (cursor.MoveNext())
            answers.Add(read());
        return [.. answers];
    }

    public static float[][] OneByOne(ITransformer model, IDataView rows, string column)
    {
        var answers = new List<float[]>();
        var mapper = model.GetRowToRowMapper(rows.Schema);
        var output = mapper.OutputSchema[column];
        using var cursor = rows.GetRowCursor(mapper.GetDependencies([output]));
        using var row = mapper.GetRow(cursor, [output]);
        var read = Reader(row, output);
        while (cursor.MoveNext())
            answers.Add(read());
        return [.. answers];
    }

    private static Func<float[]> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            var number = row.GetGetter<float>(column);
            return () =>
            {
                var value = 0f;
                number(ref value);
                return [value];
            };
        }

        var getter = row.GetGetter<VBuffer<float>>(column);
        return () =>
        {
            VBuffer<float> values = default;
            getter(ref values);
            return [.. values.DenseValues()];
        };
    }
}
