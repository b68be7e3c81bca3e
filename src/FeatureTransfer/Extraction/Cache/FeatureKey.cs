using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FeatureTransfer.Extraction;

/// <summary>The key of cached features: what was put in, and everything that decides what comes out.</summary>
public readonly record struct FeatureKey
{
    private readonly UInt128 _low;
    private readonly UInt128 _high;

    private FeatureKey(ReadOnlySpan<byte> hash)
    {
        _low = MemoryMarshal.Read<UInt128>(hash);
        _high = MemoryMarshal.Read<UInt128>(hash[16..]);
    }

    /// <summary>The key of an input under a scope.</summary>
    /// <param name="input">The encoded input's bytes.</param>
    /// <param name="scope">What decides the output, see <see cref="Scope"/>.</param>
    public static FeatureKey Of(ReadOnlySpan<byte> input, ReadOnlySpan<byte> scope)
    {
        Span<byte> both = stackalloc byte[64];
        SHA256.HashData(input, both);
        scope[..32].CopyTo(both[32..]);
        return new FeatureKey(SHA256.HashData(both));
    }

    /// <summary>A hash of the model, cut and pooled as it is, and of the recipe.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="recipe">The recipe's fingerprint.</param>
    public static byte[] Scope(ReadOnlySpan<byte> model, string recipe)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(model));
        hash.AppendData(Encoding.UTF8.GetBytes(recipe));
        return hash.GetHashAndReset();
    }

    internal static FeatureKey Read(ReadOnlySpan<byte> bytes) => new(bytes);

    internal void Write(Span<byte> bytes)
    {
        MemoryMarshal.Write(bytes, _low);
        MemoryMarshal.Write(bytes[16..], _high);
    }
}
