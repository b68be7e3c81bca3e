using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Studio.Rows;

/// <summary>Small pictures of the rows, made when they are first looked at and kept on disk.</summary>
internal sealed class Thumbnails(StudioFolder folder)
{
    private const int Edge = 160, Quality = 82;

    /// <summary>The JPEG of a row.</summary>
    /// <exception cref="BadInputException">It is gone, or no image that can be read.</exception>
    public byte[] Of(FolderRow row)
    {
        var path = folder.OwnPath($"thumbnails/{row.Key[..2]}/{row.Key}.jpg");
        if (File.Exists(path))
            return File.ReadAllBytes(path);
        var picture = ThumbnailWriter.Jpeg(folder.PathOf(row), Edge, Quality);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(temporary, picture);
        File.Move(temporary, path, overwrite: true);
        return picture;
    }
}
