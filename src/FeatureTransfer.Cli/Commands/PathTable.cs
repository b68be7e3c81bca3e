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
        while (Reading(csv, file, csv.Read))
            yield return Path.Combine(folder, Field(csv, file, field));
    }

    private static string Field(CsvReader csv, string file, int field) => csv.Parser.Count > field
        ? Reading(csv, file, () => csv.Parser[field])
        : throw Faulty(csv, file, string.Create(CultureInfo.InvariantCulture, $"has {csv.Parser.Count} fields, and the paths are in field {field + 1}"));

    // A row's quotes are looked at when its fields are asked for.
    private static T Reading<T>(CsvReader csv, string file, Func<T> read)
    {
        try
        {
            return read();
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
        if (!Reading(csv, file, csv.Read) || !Reading(csv, file, csv.ReadHeader) || csv.HeaderRecord is not { } header)
            throw new FeatureTransferException($"{file}: the table is empty. Expected a first line with the names of the columns, one of them '{name}'.");
        var column = Array.FindIndex(header, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return column >= 0
            ? column
            : throw new FeatureTransferException($"{file}: there is no column '{name}'.{NearestName.Hint(name, header)} The columns are {string.Join(", ", header)}; name the one with the files by --column.");
    }
}
