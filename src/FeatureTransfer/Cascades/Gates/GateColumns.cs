using Microsoft.ML.Data;

namespace FeatureTransfer.Cascades;

/// <summary>What the views and rows of a gate have in common.</summary>
internal static class GateColumns
{
    /// <summary>The columns of the input that the models read.</summary>
    public static IEnumerable<DataViewSchema.Column> ReadBy(ITransformer model, DataViewSchema input)
    {
        var mapper = model.GetRowToRowMapper(input);
        return mapper.GetDependencies([mapper.OutputSchema[Columns.Score]]);
    }

    /// <summary>A getter of one of the columns that a gate adds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="answer">The answer for the current row.</param>
    public static ValueGetter<TValue> Getter<TValue>(DataViewSchema.Column column, Func<GateAnswer> answer) => column.Name switch
    {
        GateTransformer.CostlyColumn => Columns.Getter<bool, TValue>((ref bool value) => value = answer().IsCostly),
        GateTransformer.AskedColumn => Columns.Getter<bool, TValue>((ref bool value) => value = answer().IsAsked),
        Columns.PredictedLabel => Columns.Getter<uint, TValue>((ref uint value) => value = answer().Key),
        _ => Columns.Getter<VBuffer<float>, TValue>((ref VBuffer<float> value) => Copy(answer().Probabilities, ref value)),
    };

    private static void Copy(float[] values, ref VBuffer<float> into)
    {
        var editor = VBufferEditor.Create(ref into, values.Length);
        values.CopyTo(editor.Values);
        into = editor.Commit();
    }
}
