using System.Security.Cryptography;
using System.Text;

namespace FeatureTransfer.Models;

/// <summary>
/// A SHA-256 of a whole zip file, as its comment: the manifest cannot vouch for itself, nor for what lies between the entries.
/// </summary>
internal static class ModelSeal
{
    private const int BufferLength = 1 << 18;

    /// <summary>A comment that keeps the place of the seal until the file is whole.</summary>
    public static string Blank { get; } = new('0', SHA256.HashSizeInBytes * 2);

    /// <summary>Puts the seal at the end of a zip file that ends with <see cref="Blank"/>.</summary>
    public static void Close(Span<byte> file) => Of(file[..^Blank.Length]).CopyTo(file[^Blank.Length..]);

    /// <summary>As <see cref="Close(Span{byte})"/>, for a file that is read and written.</summary>
    public static void Close(Stream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferLength];
        file.Position = 0;
        for (var left = file.Length - Blank.Length; left > 0;)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, BufferLength));
            file.ReadExactly(part);
            hash.AppendData(part);
            left -= part.Length;
        }

        file.Write(Text(hash.GetHashAndReset()));
    }

    /// <summary>Whether a file is as it was when it was sealed.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file) => file.Length > Blank.Length && file[^Blank.Length..].SequenceEqual(Of(file[..^Blank.Length]));

    /// <summary>The seal of a whole file.</summary>
    public static string Read(ReadOnlySpan<byte> file) => Encoding.ASCII.GetString(file[^Blank.Length..]);

    private static byte[] Of(ReadOnlySpan<byte> content) => Text(SHA256.HashData(content));

    private static byte[] Text(byte[] hash) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash));
}
