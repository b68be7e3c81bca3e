using System.Security.Cryptography;
using System.Text;

namespace FeatureTransfer.Studio.Rows;

/// <summary>A file of the studio's folder.</summary>
/// <param name="Path">Its path from the folder, with slashes.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Written">When it was last written, in ticks.</param>
internal sealed record FolderRow(string Path, long Length, long Written)
{
    /// <summary>Its name without folders.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The folder that it lies in; empty for the studio's own.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)?.Replace('\\', '/') ?? "";

    /// <summary>Differs where the file does: what is made of it may be kept under that name.</summary>
    public string Key => field ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Path}\n{Length}\n{Written}"))), 0, 10);
}
