using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Data;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Reads the paths of a table with commas, or whatever else it has; relative ones start from the table's folder.</summary>
internal static class PathTable
{
    private const string PathColumn = "path";

    /// <summary>The images, in the order of the rows, as they are read; a row without a path is one that cannot be read.</summary>
    /// <param name="file">The table.</param>
    /// <param name="separator">What stands between fields; null finds it.</param>
    /// <param name="column">The column of paths; null for <c>path</c>.</param>
    /// <param name="note">Is told what was found by looking.</param>
    /// <exception cref="FeatureTransferException">There is no such file, or it has no column of paths.</exception>
    public static IEnumerable<InputValue> Read(string file, char? separator, string? column, Action<string> note)
    {
        var name = column ?? PathColumn;
        if (!File.Exists(file))
            throw new FeatureTransferException($"{file}: there is no such file. Expected a table with a column '{name}'.");
        var table = DelimitedTable.Open(file, separator, null, [name]);
        foreach (var found in table.Notes)
            note(found);
        var field = table.Header.ToList().FindIndex(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (field < 0)
            throw new FeatureTransferException($"{file}: there is no column '{name}'.{NearestName.Hint(name, table.Header)} The columns are {string.Join(", ", table.Header)}; name the one with the files by --column.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return table.Lines.Select(line => Image(line, field, file, folder));
    }

    private static InputValue Image(DelimitedLine line, int field, string file, string folder)
    {
        if (line.Fault is null && line.Fields.Count > field && line.Fields[field].Length > 0)
            return InputValue.FromFile(Path.Combine(folder, line.Fields[field]));
        var place = string.Create(CultureInfo.InvariantCulture, $"{file}({line.Number})");
        return InputValue.FromReader(place, () => throw new BadInputException(place, line.Fault ?? "the row has no path"));
    }
}
