using System.Globalization;
using CsvHelper;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Reads the paths of a table with commas; relative ones start from the table's folder.</summary>
internal static class PathTable
{
    private const string PathColumn = "path";

    /// <summary>The paths, in the order of the rows.</summary>
    /// <exception cref="FeatureTransferException">There is no such file, or it has no column of paths.</exception>
    public static IReadOnlyList<string> Read(string file)
    {
        if (!File.Exists(file))
            throw new FeatureTransferException($"{file}: there is no such file. Expected a table with a column '{PathColumn}'.");
        using var text = new StreamReader(file);
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        var column = FindColumn(csv, file);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var paths = new List<string>();
        while (csv.Read())
            paths.Add(Path.Combine(folder, csv.Parser[column]));
        return paths;
    }

    private static int FindColumn(CsvReader csv, string file)
    {
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } header)
            throw new FeatureTransferException($"{file}: the table is empty. Expected a first line with the names of the columns, one of them '{PathColumn}'.");
        var column = Array.FindIndex(header, name => name.Equals(PathColumn, StringComparison.OrdinalIgnoreCase));
        return column >= 0
            ? column
            : throw new FeatureTransferException($"{file}: there is no column '{PathColumn}'.{NearestName.Hint(PathColumn, header)} The columns are {string.Join(", ", header)}; call the one with the files '{PathColumn}'.");
    }
}
