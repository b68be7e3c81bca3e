namespace FeatureTransfer.Cli.Terminal;

/// <summary>A table in plain columns, for files and pipes.</summary>
internal static class PlainTable
{
    private const string Gap = "  ";

    /// <summary>Writes the table.</summary>
    /// <param name="output">Takes the lines.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="rows">The cells.</param>
    /// <param name="width">The longest line: what is longer goes on below, in the last column. Default: as long as need be.</param>
    public static void Write(TextWriter output, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, int width = int.MaxValue)
    {
        var widths = Enumerable.Range(0, header.Count).Select(column => rows.Append(header).Max(row => row[column].Length)).ToList();
        var indent = widths.SkipLast(1).Sum(column => column + Gap.Length);
        widths[^1] = Math.Min(widths[^1], width - indent);
        foreach (var row in rows.Prepend([.. widths.Select(column => new string('-', column))]).Prepend(header))
        {
            var lines = TextWrap.Lines(row[^1], widths[^1]);
            output.WriteLine(string.Join(Gap, row.SkipLast(1).Select((cell, column) => cell.PadRight(widths[column])).Append(lines[0])).TrimEnd());
            foreach (var line in lines.Skip(1))
                output.WriteLine($"{new string(' ', indent)}{line}");
        }
    }
}
