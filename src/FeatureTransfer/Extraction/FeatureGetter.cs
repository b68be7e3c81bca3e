using Microsoft.ML.Data;

namespace FeatureTransfer.Extraction;

/// <summary>Hands features out as ML.NET's vectors.</summary>
internal static class FeatureGetter
{
    public static ValueGetter<TValue> Of<TValue>(DataViewType type, Func<float[]> current)
    {
        ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> value) =>
        {
            var features = current();
            var editor = VBufferEditor.Create(ref value, features.Length);
            features.CopyTo(editor.Values);
            value = editor.Commit();
        };
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"The features are {type}, not {typeof(TValue)}.");
    }
}
