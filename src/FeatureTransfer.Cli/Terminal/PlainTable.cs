namespace FeatureTransfer.Cli.Terminal;

/// <summary>A table in plain columns, for files and pipes.</summary>
internal static class PlainTable
{
    private const string Gap = "  ";

    public static void Write(TextWriter output, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = Enumerable.Range(0, header.Count).Select(column => rows.Append(header).Max(row => row[column].Length)).ToList();
        foreach (var row in rows.Prepend([.. widths.Select(width => new string('-', width))]).Prepend(header))
            output.WriteLine(string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
