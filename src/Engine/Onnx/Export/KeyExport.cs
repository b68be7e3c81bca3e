using Microsoft.ML.Data;
using static Onnx.TensorProto.Types;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Values to keys, keys to values and to vectors.</summary>
internal static class KeyExport
{
    public static void ToKey(OnnxExport export, KeyList keys, DataViewSchema.Column source, string target)
    {
        var numbers = Enumerable.Range(1, keys.Count).Select(i => (long)i);
        var values = OnnxGraph.Attribute("values_int64s", numbers);
        var missing = OnnxGraph.Attribute("default_int64", 0);
        string mapped = keys.ItemType switch
        {
            TextDataViewType => export.Graph.AddML(
                "LabelEncoder", [export.Value(source)], OnnxGraph.Attribute("keys_strings", keys.Texts()), values, missing),
            NumberDataViewType { RawType: var type } when type == typeof(float) => export.Graph.AddML(
                "LabelEncoder", [export.Value(source)], OnnxGraph.Attribute("keys_floats", Items<float>(keys)), values, missing),
            { RawType: var type } when Integers(keys, type) is { } integers => export.Graph.AddML(
                "LabelEncoder", [export.Graph.Cast(export.Value(source), DataType.Int64)], OnnxGraph.Attribute("keys_int64s", integers), values, missing),
            _ => throw TransformerExport.NotConvertible($"The mapping of column '{source.Name}' of {keys.ItemType} to keys"),
        };
        export.SetKeys(target, mapped, NumberDataViewType.UInt32);
    }

    public static void ToValue(OnnxExport export, DataViewSchema.Column source, string target)
    {
        var type = (VectorDataViewType)source.Annotations.Schema[AnnotationKinds.KeyValues].Type;
        string table = type.ItemType switch
        {
            TextDataViewType => export.Graph.Constant(Values<ReadOnlyMemory<char>>(source).Select(t => t.ToString()).Prepend(""), type.Size + 1),
            NumberDataViewType { RawType: var raw } when raw == typeof(float) =>
                export.Graph.Constant<float>([float.NaN, .. Values<float>(source)], type.Size + 1),
            NumberDataViewType { RawType: var raw } when raw == typeof(int) => export.Graph.Constant<int>([0, .. Values<int>(source)], type.Size + 1),
            _ => throw TransformerExport.NotConvertible($"The mapping of keys of column '{source.Name}' to {type.ItemType}"),
        };
        export.Set(target, export.Graph.Add("Gather", [table, export.Keys(source)]));
    }

    public static void ToVector(OnnxExport export, DataViewSchema.Column source, string target, bool counts)
    {
        var graph = export.Graph;
        long keys = (long)((KeyDataViewType)source.Type.ItemType()).Count;
        int slots = source.Type is VectorDataViewType vector ? vector.Size : 1;
        if (slots == 0)
            throw TransformerExport.NotConvertible($"The mapping of column '{source.Name}', whose vectors are of unknown size, to vectors");
        // A place for the missing key comes first and is cut off: (batch, slots, keys).
        string all = graph.Add("OneHot", [export.Keys(source), graph.Scalar(keys + 1), graph.Constant<float>([0, 1], 2)]);
        string hot = graph.Add("Slice", [all, graph.Constant<long>([1], 1), graph.Constant<long>([keys + 1], 1), graph.Constant<long>([2], 1)]);
        if (counts && slots > 1)
            hot = graph.Add("MatMul", [graph.Constant<float>(Enumerable.Repeat(1f, slots).ToArray(), 1, slots), hot]);
        export.Set(target, graph.Add("Flatten", [hot], OnnxGraph.Attribute("axis", 1)));
    }

    private static IEnumerable<long>? Integers(KeyList keys, Type type) => type switch
    {
        _ when type == typeof(int) => Items<int>(keys).Select(i => (long)i),
        _ when type == typeof(long) => Items<long>(keys),
        _ when type == typeof(short) => Items<short>(keys).Select(i => (long)i),
        _ when type == typeof(bool) => Items<bool>(keys).Select(b => b ? 1L : 0),
        _ when type == typeof(byte) => Items<byte>(keys).Select(i => (long)i),
        _ => null,
    };

    private static IEnumerable<T> Items<T>(KeyList keys)
    {
        VBuffer<T> values = default;
        keys.Annotation().GetValue(AnnotationKinds.KeyValues, ref values);
        return values.DenseValues();
    }

    private static IEnumerable<T> Values<T>(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(AnnotationKinds.KeyValues, ref values);
        return values.DenseValues();
    }
}
