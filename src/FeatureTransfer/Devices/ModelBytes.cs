using System.Security.Cryptography;

namespace FeatureTransfer.Devices;

/// <summary>The content of an <c>.onnx</c> file with its SHA-256, which is computed once however many ask for it.</summary>
internal sealed class ModelBytes(byte[] content)
{
    private readonly Lazy<byte[]> _hash = new(() => SHA256.HashData(content));

    /// <summary>The bytes; nobody changes them.</summary>
    public byte[] Content => content;

    /// <summary>Their SHA-256.</summary>
    public byte[] Hash => _hash.Value;

    /// <summary>The SHA-256 in lower-case hexadecimal digits.</summary>
    public string HexHash => Convert.ToHexStringLower(Hash);

    public static implicit operator ModelBytes(byte[] content) => new(content);
}
