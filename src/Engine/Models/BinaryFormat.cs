using System.Runtime.InteropServices;

namespace Microsoft.ML;

/// <summary>Reading and writing the arrays that components hold.</summary>
internal static class BinaryFormat
{
    public static void Write(this BinaryWriter writer, (string Output, string Input)[] pairs)
    {
        writer.Write(pairs.Length);
        foreach (var (output, input) in pairs)
        {
            writer.Write(output);
            writer.Write(input);
        }
    }

    public static (string Output, string Input)[] ReadPairs(this BinaryReader reader)
    {
        var pairs = new (string, string)[reader.ReadInt32()];
        for (int i = 0; i < pairs.Length; i++)
            pairs[i] = (reader.ReadString(), reader.ReadString());
        return pairs;
    }

    public static void WriteTexts(this BinaryWriter writer, IReadOnlyCollection<string> texts)
    {
        writer.Write(texts.Count);
        foreach (string text in texts)
            writer.Write(text);
    }

    public static string[] ReadTexts(this BinaryReader reader)
    {
        var texts = new string[reader.ReadInt32()];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = reader.ReadString();
        return texts;
    }

    /// <summary>Writes numbers as they lie in memory (little-endian machines alone are supported by .NET 10's targets).</summary>
    public static void WriteArray<T>(this BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    public static void WriteArray<T>(this BinaryWriter writer, T[] values)
        where T : unmanaged => WriteArray<T>(writer, values.AsSpan());

    public static T[] ReadArray<T>(this BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
