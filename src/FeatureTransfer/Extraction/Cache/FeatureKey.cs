using System.Security.Cryptography;
using System.Text;

namespace FeatureTransfer.Extraction;

/// <summary>
/// The key of cached features: the SHA-256 of what was put in, and a scope, the SHA-256 of everything that decides what comes out.
/// The model that a scope hashes is the graph as it runs, cut at the taps and with the pooling in it; so layers and pooling count,
/// and so do the weights, but not the names of files.
/// </summary>
public readonly record struct FeatureKey
{
    internal FeatureKey(Hash256 content, Hash256 scope) => (Content, InScope) = (content, scope);

    internal Hash256 Content { get; }

    internal Hash256 InScope { get; }

    /// <summary>The key of an input under a scope.</summary>
    /// <param name="input">The encoded input's bytes.</param>
    /// <param name="scope">What decides the output, see <see cref="Scope"/>.</param>
    public static FeatureKey Of(ReadOnlySpan<byte> input, ReadOnlySpan<byte> scope)
    {
        Span<byte> content = stackalloc byte[Hash256.Size];
        SHA256.HashData(input, content);
        return new FeatureKey(Hash256.Read(content), Hash256.Read(scope));
    }

    /// <summary>A hash of the model, cut and pooled as it is, and of the preprocessing.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="preprocessing">The preprocessing's fingerprint; its first word is the version of the code that follows it.</param>
    public static byte[] Scope(ReadOnlySpan<byte> model, string preprocessing) => ScopeOf(SHA256.HashData(model), preprocessing);

    /// <summary>As <see cref="Scope"/>, where the model is hashed already.</summary>
    internal static byte[] ScopeOf(ReadOnlySpan<byte> modelHash, string preprocessing)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(modelHash);
        hash.AppendData(Encoding.UTF8.GetBytes(preprocessing));
        return hash.GetHashAndReset();
    }
}
