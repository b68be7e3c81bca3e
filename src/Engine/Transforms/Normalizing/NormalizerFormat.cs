using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Normalizers in a model file: their precision, whether of a vector, their kind, their numbers.</summary>
internal static class NormalizerFormat
{
    public static void Write(BinaryWriter writer, Normalizer normalizer)
    {
        writer.Write(normalizer is Normalizer<double>);
        writer.Write(normalizer switch
        {
            Normalizer<float> single => single.OfVector,
            Normalizer<double> number => number.OfVector,
            _ => throw new InvalidOperationException($"A {normalizer.GetType()} cannot be saved."),
        });
        normalizer.Save(writer);
    }

    public static Normalizer Read(BinaryReader reader)
    {
        bool isDouble = reader.ReadBoolean();
        bool isVector = reader.ReadBoolean();
        return isDouble ? Read<double>(reader, isVector) : Read<float>(reader, isVector);
    }

    private static Normalizer Read<T>(BinaryReader reader, bool isVector)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string kind = reader.ReadString();
        return kind switch
        {
            AffineNormalizer<T>.Kind => AffineNormalizer<T>.Load(reader, isVector),
            BinNormalizer<T>.Kind => BinNormalizer<T>.Load(reader, isVector),
            CdfNormalizer<T>.Kind => CdfNormalizer<T>.Load(reader, isVector),
            _ => throw new FormatException($"The model holds a normalizer '{kind}', which this version of the engine does not know."),
        };
    }
}
