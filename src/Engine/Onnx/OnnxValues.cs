using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Arrays to tensors of ONNX Runtime and back, text included.</summary>
internal static class OnnxValues
{
    public static OrtValue Make<T>(T[] items, long[] shape) => items switch
    {
        float[] values => OrtValue.CreateTensorValueFromMemory(values, shape),
        double[] values => OrtValue.CreateTensorValueFromMemory(values, shape),
        sbyte[] values when typeof(T) == typeof(sbyte) => OrtValue.CreateTensorValueFromMemory(values, shape),
        byte[] values => OrtValue.CreateTensorValueFromMemory(values, shape),
        short[] values when typeof(T) == typeof(short) => OrtValue.CreateTensorValueFromMemory(values, shape),
        ushort[] values => OrtValue.CreateTensorValueFromMemory(values, shape),
        int[] values when typeof(T) == typeof(int) => OrtValue.CreateTensorValueFromMemory(values, shape),
        uint[] values => OrtValue.CreateTensorValueFromMemory(values, shape),
        long[] values when typeof(T) == typeof(long) => OrtValue.CreateTensorValueFromMemory(values, shape),
        ulong[] values => OrtValue.CreateTensorValueFromMemory(values, shape),
        bool[] values => OrtValue.CreateTensorValueFromMemory(values, shape),
        ReadOnlyMemory<char>[] texts => MakeTexts(texts, shape),
        _ => throw new NotSupportedException($"{typeof(T)} is not a type of a tensor."),
    };

    public static ReadOnlySpan<T> Read<T>(OrtValue value)
    {
        if (typeof(T) == typeof(ReadOnlyMemory<char>))
            return (T[])(object)value.GetStringTensorAsArray().Select(text => text.AsMemory()).ToArray();
        return (T[])ToArray(value, typeof(T));
    }

    private static OrtValue MakeTexts(ReadOnlyMemory<char>[] texts, long[] shape)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        for (int i = 0; i < texts.Length; i++)
            value.StringTensorSetElementAt(texts[i].Span, i);
        return value;
    }

    // The type argument of ONNX Runtime's reader must be unmanaged, which ours cannot promise: so each type by name.
    private static Array ToArray(OrtValue value, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Single => value.GetTensorDataAsSpan<float>().ToArray(),
        TypeCode.Double => value.GetTensorDataAsSpan<double>().ToArray(),
        TypeCode.SByte => value.GetTensorDataAsSpan<sbyte>().ToArray(),
        TypeCode.Byte => value.GetTensorDataAsSpan<byte>().ToArray(),
        TypeCode.Int16 => value.GetTensorDataAsSpan<short>().ToArray(),
        TypeCode.UInt16 => value.GetTensorDataAsSpan<ushort>().ToArray(),
        TypeCode.Int32 => value.GetTensorDataAsSpan<int>().ToArray(),
        TypeCode.UInt32 => value.GetTensorDataAsSpan<uint>().ToArray(),
        TypeCode.Int64 => value.GetTensorDataAsSpan<long>().ToArray(),
        TypeCode.UInt64 => value.GetTensorDataAsSpan<ulong>().ToArray(),
        TypeCode.Boolean => value.GetTensorDataAsSpan<bool>().ToArray(),
        _ => throw new NotSupportedException($"{type} is not a type of a tensor."),
    };
}
