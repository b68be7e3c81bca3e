using CsvHelper;
using CsvHelper.Configuration;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Reads the paths of a table with commas or tabs; relative ones start from the table's folder.</summary>
internal static class PathTable
{
    private const string PathColumn = "path";

    /// <summary>The paths, in the order of the rows, as they are read.</summary>
    /// <param name="file">The table.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="column">The column of paths; null for <c>path</c>.</param>
    /// <exception cref="FeatureTransferException">There is no such file, or it has no column of paths.</exception>
    public static IEnumerable<string> Read(string file, string separator = ",", string? column = null)
    {
        if (!File.Exists(file))
            throw new FeatureTransferException($"{file}: there is no such file. Expected a table with a column '{column ?? PathColumn}'.");
        using var text = new StreamReader(file);
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = separator });
        var field = FindColumn(csv, file, column ?? PathColumn);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        while (Next(csv, file))
            yield return Path.Combine(folder, csv.Parser.Count > field ? csv.Parser[field] : throw Faulty(csv, file, $"has {csv.Parser.Count} fields, and the paths are in field {field + 1}"));
    }

    private static bool Next(CsvReader csv, string file)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvHelperException exception)
        {
            throw Faulty(csv, file, "is not as tables are: a quote stands in the middle of a field, or is never closed", exception);
        }
    }

    private static FeatureTransferException Faulty(CsvReader csv, string file, string what, Exception? exception = null) => new(
        string.Create(CultureInfo.InvariantCulture, $"{file}, line {csv.Parser.RawRow}: the line {what}. Write \"\" for a quote within a quoted field."), exception);

    private static int FindColumn(CsvReader csv, string file, string name)
    {
        if (!Next(csv, file) || !csv.ReadHeader() || csv.HeaderRecord is not { } header)
            throw new FeatureTransferException($"{file}: the table is empty. Expected a first line with the names of the columns, one of them '{name}'.");
        var column = Array.FindIndex(header, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return column >= 0
            ? column
            : throw new FeatureTransferException($"{file}: there is no column '{name}'.{NearestName.Hint(name, header)} The columns are {string.Join(", ", header)}; name the one with the files by --column.");
    }
}
