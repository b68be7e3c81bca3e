using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Steps that compute each item of a column, scalar or vector, on its own.</summary>
internal static class ItemMap
{
    /// <summary>
    /// A step over a scalar or over each item of a vector. A sparse vector stays sparse where the default maps to the default.
    /// </summary>
    public static MapStep Create<TIn, TOut>(
        DataViewSchema.Column input, string name, PrimitiveDataViewType outputItem, DataViewSchema.Annotations? annotations, Func<TIn, TOut> map, bool keepsSize = true)
    {
        if (input.Type is not VectorDataViewType vector)
            return MapStep.Map(input, name, outputItem, annotations, (in TIn source, ref TOut value) => value = map(source));
        var outputType = keepsSize ? new VectorDataViewType(outputItem, vector.Dimensions) : new VectorDataViewType(outputItem);
        var zero = map(default!);
        bool keepsSparse = EqualityComparer<TOut>.Default.Equals(zero, default);
        return MapStep.Map<VBuffer<TIn>, VBuffer<TOut>>(
            input, name, outputType, annotations, (in source, ref value) => Vector(source, ref value, map, zero, keepsSparse));
    }

    private static void Vector<TIn, TOut>(in VBuffer<TIn> source, ref VBuffer<TOut> value, Func<TIn, TOut> map, TOut zero, bool keepsSparse)
    {
        var from = source.GetValues();
        var indices = source.GetIndices();
        if (source.IsDense || keepsSparse)
        {
            var editor = VBufferEditor.Create(ref value, source.Length, from.Length);
            for (int i = 0; i < from.Length; i++)
                editor.Values[i] = map(from[i]);
            indices.CopyTo(editor.Indices);
            value = editor.Commit();
            return;
        }
        var dense = VBufferEditor.Create(ref value, source.Length);
        dense.Values.Fill(zero);
        for (int i = 0; i < from.Length; i++)
            dense.Values[indices[i]] = map(from[i]);
        value = dense.Commit();
    }
}
