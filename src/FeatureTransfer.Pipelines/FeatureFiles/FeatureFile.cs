using FeatureTransfer.Extraction;

namespace FeatureTransfer.Pipelines.FeatureFiles;

/// <summary>Writes features to a file whose ending tells the format.</summary>
public static class FeatureFile
{
    /// <summary>The endings that are known.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".parquet", ".csv", ".npy"];

    /// <summary>Writes rows; the file appears when it is whole. An array of NumPy holds no text, so the inputs' names come in a file beside it.</summary>
    /// <param name="path">A name that ends in <c>.parquet</c>, <c>.csv</c> or <c>.npy</c>.</param>
    /// <param name="featureLength">How many features a row has.</param>
    /// <param name="rows">The rows; they are read once, as they are written.</param>
    /// <returns>How many rows were written.</returns>
    /// <exception cref="FeatureTransferException">The ending is not known, or the file cannot be written.</exception>
    public static long Write(string path, int featureLength, IEnumerable<ExtractedFeatures> rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(rows);
        var write = Writer(path);
        var written = 0L;
        AtomicFile.Write(path, stream => written = write(stream, featureLength, rows));
        return written;
    }

    // The names are moved to their place first, so that an array that is there has them.
    private static Func<Stream, int, IEnumerable<ExtractedFeatures>, long> WithNames(string path) => (stream, featureLength, rows) =>
    {
        var written = 0L;
        AtomicFile.Write(NamesPath(path)!, names =>
        {
            using var text = new StreamWriter(names, leaveOpen: true) { NewLine = "\n" };
            written = NpyWriter.Write(stream, featureLength, rows.Select(row => Named(text, row)));
        });
        return written;
    };

    // A name is one line, whatever is in it.
    private static ExtractedFeatures Named(StreamWriter text, ExtractedFeatures row)
    {
        text.WriteLine(row.Input.ReplaceLineEndings(" "));
        return row;
    }

    /// <summary>The file with the inputs' names, one a line in the order of the rows, that belongs to a file of features: of <c>a.npy</c> it is <c>a.names.txt</c>.</summary>
    /// <param name="path">The file of features.</param>
    /// <returns>Null where the file has the names itself.</returns>
    public static string? NamesPath(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase) ? Path.ChangeExtension(path, ".names.txt") : null;

    /// <summary>Checks a file's ending before any work is done for it.</summary>
    /// <param name="path">The file's name.</param>
    /// <exception cref="FeatureTransferException">The ending is not known.</exception>
    public static void CheckEnding(string path) => _ = Writer(path);

    private static Func<Stream, int, IEnumerable<ExtractedFeatures>, long> Writer(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".parquet" => ParquetFeatureWriter.Write,
        ".csv" => CsvFeatureWriter.Write,
        ".npy" => WithNames(path),
        var other => throw new FeatureTransferException($"{path}: the ending '{other}' is not known. Expected one of {string.Join(", ", Extensions)}."),
    };
}
