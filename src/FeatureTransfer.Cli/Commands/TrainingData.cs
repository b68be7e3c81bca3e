using FeatureTransfer.Inputs.Sources;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Cli.Commands;

/// <summary>The labelled images, texts or recordings that a path on the command line stands for.</summary>
internal static class TrainingData
{
    /// <summary>What commands say of it.</summary>
    public const string Description = "A folder with one folder of images, recordings or .txt files a class, a zip or tar of class folders of images, or a table (.csv, .tsv, .json, .jsonl, .parquet) with columns of images, recordings or texts and labels";

    /// <summary>The source of a pipeline.</summary>
    /// <param name="path">Where it is, from the current folder.</param>
    /// <param name="written">Where it is, from the pipeline's folder.</param>
    /// <param name="column">The column of a table with the paths of images or recordings; null is <c>path</c>.</param>
    /// <param name="text">The column of a table with the texts; null where it has files.</param>
    /// <param name="label">The column of a table with the labels; null is <c>label</c>.</param>
    /// <exception cref="FeatureTransferException">There is nothing there, or it cannot be learned from.</exception>
    public static DataSource Of(string path, string written, string? column, string? text, string? label)
    {
        if (!Path.Exists(path))
            throw new FeatureTransferException($"{path}: there is no such folder or file. Expected {LowerFirst(Description)}.");
        if (File.Exists(path) && TableFiles.Source(written) is { } source)
            return (text is null ? source with { Image = column ?? source.Image } : source with { Image = null, Texts = [text] }) with { Label = label ?? source.Label };
        if (column is not null || text is not null || label is not null)
            throw new FeatureTransferException($"{path}: is not a table, and only tables have columns; leave out --column, --text and --label.");
        if (Directory.Exists(path))
            return Folder(path, written);
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

    // Images may have notes beside them, and recordings their words.
    private static FolderSource Folder(string path, string written)
    {
        var files = Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true }).ToList();
        if (files.Exists(file => FileKind.Images.Has(file, null) == true))
            return new ImageFolderSource { Path = written };
        if (files.Exists(file => FileKind.Recordings.Has(file, null) == true))
            return new AudioFolderSource { Path = written };
        return files.Exists(file => FileKind.Texts.Has(file, null) == true) ? new TextFolderSource { Path = written } : new ImageFolderSource { Path = written };
    }

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
