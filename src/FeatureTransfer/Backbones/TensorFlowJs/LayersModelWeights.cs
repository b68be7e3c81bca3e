using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace FeatureTransfer.Backbones.TensorFlowJs;

/// <summary>One weight of a model; whole numbers are floats too.</summary>
internal readonly record struct LayersModelWeight(float[] Values, long[] Shape);

/// <summary>The weights of a model by name, decoded to floats.</summary>
internal static class LayersModelWeights
{
    /// <summary>Decodes all weights.</summary>
    /// <param name="manifest">The model's <c>weightsManifest</c>.</param>
    /// <param name="shards">The shards' bytes, joined in the manifest's order.</param>
    /// <exception cref="FormatException">The shards are shorter than the manifest says, or a type is not known.</exception>
    public static Dictionary<string, LayersModelWeight> Decode(JsonArray manifest, ReadOnlySpan<byte> shards)
    {
        var weights = new Dictionary<string, LayersModelWeight>(StringComparer.Ordinal);
        foreach (var weight in manifest.SelectMany(group => group!["weights"]!.AsArray()))
        {
            var shape = weight!["shape"]!.AsArray().Select(size => (long)size!.GetValue<double>()).ToArray();
            if (Array.Exists(shape, size => size < 0))
                throw new FormatException($"The weight '{weight["name"]}' has a size below 0.");
            var count = shape.Aggregate(1L, (product, size) => checked(product * size));
            var quantization = weight["quantization"];
            var type = (string)(quantization?["dtype"] ?? weight["dtype"])!;
            var size = checked(count * BytesPerValue(type));
            if (size > shards.Length)
                throw new FormatException($"The weights end within '{weight["name"]}'.");
            var values = Values(shards[..(int)size], (int)count, type);
            if (quantization is not null && type != "float16")
                Dequantize(values, quantization["scale"]!.GetValue<double>(), quantization["min"]!.GetValue<double>());
            weights[(string)weight["name"]!] = new LayersModelWeight(values, shape);
            shards = shards[(int)size..];
        }

        return shards.IsEmpty ? weights : throw new FormatException($"{shards.Length} bytes of weights are left over.");
    }

    private static int BytesPerValue(string type) => type switch
    {
        "uint8" => 1,
        "uint16" or "float16" => 2,
        "float32" or "int32" => 4,
        _ => throw new FormatException($"Weights of type '{type}' are not known: expected float32, float16, int32, uint8 or uint16."),
    };

    private static float[] Values(ReadOnlySpan<byte> bytes, int count, string type)
    {
        if (type == "float32")
            return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = type switch
            {
                "uint8" => bytes[i],
                "int32" => BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]),
                "uint16" => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]),
                _ => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]),
            };
        }

        return values;
    }

    // In double and rounded once, as JavaScript computes it: a variance may come out as exactly 0.
    private static void Dequantize(float[] values, double scale, double minimum)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)((values[i] * scale) + minimum);
    }
}
