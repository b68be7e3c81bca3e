using System.Security.Cryptography;
using System.Text;

namespace FeatureTransfer.Pipelines.Data;

/// <summary>A name for the data of a run that changes when the data do.</summary>
internal static class DataFingerprint
{
    /// <summary>SHA-256 over each row's file name and size, label, group, numbers and texts. Folders do not count: data may move.</summary>
    public static string Of(SourceRows rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows.Rows)
            hash.AppendData(Encoding.UTF8.GetBytes(Line(row)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The unit separator stands in no name, so two rows cannot give one line.
    private static string Line(SourceRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Path.GetFileName(row.Path)}\u001f{row.Length ?? Size(row.Path)}\u001f{row.Label}\u001f{row.Group}\u001f{string.Join('\u001f', row.Numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)).Concat(row.Texts))}\n");

    private static long Size(string? path) => path is not null && new FileInfo(path) is { Exists: true } file ? file.Length : -1;
}
