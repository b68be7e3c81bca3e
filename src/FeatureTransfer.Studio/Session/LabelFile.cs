using CsvHelper;
using CsvHelper.Configuration;

namespace FeatureTransfer.Studio.Session;

/// <summary>The labels as a table, <c>path,label</c> and for texts <c>text</c>, which pipelines read.</summary>
internal static class LabelFile
{
    /// <summary>The name of the file.</summary>
    public const string Name = "labels.csv";

    /// <summary>Reads the labels by path; none where there is no file.</summary>
    /// <exception cref="FeatureTransferException">It is no such table.</exception>
    public static IReadOnlyDictionary<string, string> Read(string file)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(file))
            return labels;
        try
        {
            using var csv = new CsvReader(new StreamReader(file), new CsvConfiguration(CultureInfo.InvariantCulture));
            csv.Read();
            csv.ReadHeader();
            while (csv.Read())
            {
                if (csv.GetField("label") is { Length: > 0 } label)
                    labels[csv.GetField("path")!] = label;
            }

            return labels;
        }
        catch (Exception exception) when (exception is CsvHelperException or IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{file}: cannot be read as labels ({exception.Message.Split('\n')[0].TrimEnd('\r', '.')}). Expected a table with the columns path and label; move it away to begin anew.", exception);
        }
    }

    /// <summary>Writes the labels; the file appears when it is whole.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rows">Path and label of each labelled row.</param>
    /// <param name="text">The text of a row; null where rows are files.</param>
    public static void Write(string file, IEnumerable<(string Path, string Label)> rows, Func<string, string>? text) => AtomicFile.Write(file, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        using var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        foreach (var name in text is null ? (string[])["path", "label"] : ["path", "label", "text"])
            csv.WriteField(name);
        csv.NextRecord();
        foreach (var (path, label) in rows)
        {
            csv.WriteField(path);
            csv.WriteField(label);
            if (text is not null)
                csv.WriteField(text(path));
            csv.NextRecord();
        }
    });
}
