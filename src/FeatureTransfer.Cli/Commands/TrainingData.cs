using FeatureTransfer.Inputs.Sources;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Cli.Commands;

/// <summary>The labelled images that a path on the command line stands for.</summary>
internal static class TrainingData
{
    /// <summary>What commands say of it.</summary>
    public const string Description = "A folder with one folder of images a class, a zip or tar of such a folder, or a table (.csv, .tsv, .json, .jsonl, .parquet) with columns of images and labels";

    /// <summary>The source of a pipeline.</summary>
    /// <param name="path">Where it is, from the current folder.</param>
    /// <param name="written">Where it is, from the pipeline's folder.</param>
    /// <param name="column">The column of a table with the images; null is <c>path</c>.</param>
    /// <param name="label">The column of a table with the labels; null is <c>label</c>.</param>
    /// <exception cref="FeatureTransferException">There is nothing there, or it cannot be learned from.</exception>
    public static DataSource Of(string path, string written, string? column, string? label)
    {
        if (!Path.Exists(path))
            throw new FeatureTransferException($"{path}: there is no such folder or file. Expected {LowerFirst(Description)}.");
        if (File.Exists(path) && TableFiles.Source(written) is { } source)
            return source with { Image = column ?? source.Image, Label = label ?? source.Label };
        if (column is not null || label is not null)
            throw new FeatureTransferException($"{path}: is not a table, and only tables have columns; leave out --column and --label.");
        if (Directory.Exists(path))
            return new ImageFolderSource { Path = written };
        if (!ArchiveFile.IsArchive(path))
            throw new FeatureTransferException($"{path}: cannot be learned from. Expected {LowerFirst(Description)}.");
        return ArchiveFile.IsZip(path) ? new ZipSource { Path = written } : new TarSource { Path = written };
    }

    /// <summary>A name for what is learned from it: <c>photos</c> of <c>data/photos.tar.gz</c>.</summary>
    public static string NameOf(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (File.Exists(path))
            name = Path.GetFileNameWithoutExtension(name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name);
        return name.Length > 0 ? name : "photos";
    }

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
