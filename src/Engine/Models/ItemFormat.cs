using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML;

/// <summary>Values of any primitive column type in a model file.</summary>
internal static class ItemFormat
{
    public static void Write<T>(BinaryWriter writer, T[] values)
    {
        if (values is ReadOnlyMemory<char>[] texts)
        {
            writer.WriteTexts([.. texts.Select(t => t.ToString())]);
            return;
        }
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            throw new InvalidOperationException($"Values of type {typeof(T)} cannot be saved.");
        writer.Write(values.Length);
        foreach (ref var value in values.AsSpan())
            writer.Write(Bytes(ref value));
    }

    public static T[] Read<T>(BinaryReader reader)
    {
        if (typeof(T) == typeof(ReadOnlyMemory<char>))
            return (T[])(object)reader.ReadTexts().Select(t => t.AsMemory()).ToArray();
        var values = new T[reader.ReadInt32()];
        foreach (ref var value in values.AsSpan())
            reader.BaseStream.ReadExactly(Bytes(ref value));
        return values;
    }

    private static Span<byte> Bytes<T>(ref T value) => MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>());
}
