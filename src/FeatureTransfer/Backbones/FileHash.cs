using System.Security.Cryptography;

namespace FeatureTransfer.Backbones;

/// <summary>SHA-256 of files.</summary>
internal static class FileHash
{
    /// <summary>The hash over the files one after the other, in lower-case hexadecimal.</summary>
    public static string Of(params IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            int read;
            while ((read = stream.Read(buffer)) > 0)
                hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
