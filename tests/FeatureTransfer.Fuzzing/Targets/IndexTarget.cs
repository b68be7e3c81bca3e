using System.Security.Cryptography;
using FeatureTransfer.Neighbours;

namespace FeatureTransfer.Fuzzing.Targets;

/// <summary>Indexes of neighbours with hashes that fit what was changed.</summary>
internal sealed class IndexTarget : IFuzzTarget
{
    private const int HeaderBytes = 64;

    public string Name => "index";

    public void Read(byte[] input)
    {
        using var file = new InputFile("input.fti", Sealed(input));
        var index = NeighbourIndex.Load(file.Path);
        _ = index.Vector(index.Count - 1);
        index.IndexOf("a");
    }

    // The three parts are as long as the header says, as far as there are bytes.
    private static byte[] Sealed(byte[] input)
    {
        if (input.Length < HeaderBytes)
            return input;
        var header = input.AsSpan(0, HeaderBytes);
        var vectors = BitConverter.ToInt64(header[24..]) * BitConverter.ToInt32(header[16..]) * sizeof(float);
        var first = (int)Math.Clamp(vectors, 0, input.Length - HeaderBytes);
        ReadOnlySpan<byte> values = input.AsSpan(HeaderBytes, first), names = input.AsSpan(HeaderBytes + first);
        return [.. header, .. SHA256.HashData(header), .. values, .. SHA256.HashData(values), .. names, .. SHA256.HashData(names)];
    }
}
