namespace FeatureTransfer.Pipelines.Data;

/// <summary>A table with a separator: found by looking where nobody has named it, as the encoding is.</summary>
internal sealed class DelimitedTable
{
    private const int SampleLines = 50;
    private const string Told = "sep=";
    private static readonly char[] _separators = [',', ';', '\t', '|'];

    private DelimitedTable(IReadOnlyList<string> header, char separator, IEnumerable<DelimitedLine> lines, IReadOnlyList<string> notes) =>
        (Header, Separator, Lines, Notes) = (header, separator, lines, notes);

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>What stands between fields.</summary>
    public char Separator { get; }

    /// <summary>The rows behind the header, blank ones left out, as they are asked for.</summary>
    public IEnumerable<DelimitedLine> Lines { get; }

    /// <summary>What was found by looking and is not the usual.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Reads the header.</summary>
    /// <param name="file">The table.</param>
    /// <param name="separator">What stands between fields; null finds it.</param>
    /// <param name="encoding">The encoding's name; null finds it.</param>
    /// <param name="wanted">The columns that will be read: they tell the separator.</param>
    /// <param name="hasHeader">Whether the first line has the names; otherwise the columns are called by their numbers, from column1 on.</param>
    /// <exception cref="FeatureTransferException">There is no header, a column is there twice, or the text cannot be decoded.</exception>
    public static DelimitedTable Open(string file, char? separator, string? encoding, IReadOnlyCollection<string> wanted, bool hasHeader = true)
    {
        var found = encoding is null ? TextEncodings.Find(file) : TextEncodings.Named(encoding);
        var lines = TextEncodings.Lines(file, found.Encoding);
        var sample = lines.Take(SampleLines).ToList();
        var skipped = sample is [{ Length: > 0 } first, ..] && first.StartsWith(Told, StringComparison.OrdinalIgnoreCase) && first.Length == Told.Length + 1 ? 1 : 0;
        var chosen = separator ?? (skipped == 1 ? sample[0][^1] : Find(sample, wanted));
        var rows = DelimitedLines.Read(lines.Skip(skipped), chosen).Select(line => line with { Number = line.Number + skipped }).Where(line => !line.IsBlank);
        if (rows.FirstOrDefault() is not { } top)
            throw new FeatureTransferException($"{file}: the table is empty; expected {(hasHeader ? "a first line with the names of the columns" : "rows")}.");
        if (top.Fault is { } fault)
            throw new FeatureTransferException($"{file}: {fault}. It {(hasHeader ? "holds the names" : "tells the number")} of the columns.");
        string[] header = [.. top.Fields.Select((name, column) => hasHeader ? name.Trim() : string.Create(CultureInfo.InvariantCulture, $"column{column + 1}"))];
        if (header.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new FeatureTransferException($"{file}: the column \"{twice.Key}\" is there twice; names of columns must differ.");
        string?[] notes = [found.Note, separator is null && chosen != ',' ? $"{file}: fields are separated by {Name(chosen)}" : null];
        return new DelimitedTable(header, chosen, hasHeader ? rows.Skip(1) : rows, [.. notes.OfType<string>()]);
    }

    // The one with which the wanted columns are there, else with which most rows have as many fields as the header.
    private static char Find(IReadOnlyList<string> sample, IReadOnlyCollection<string> wanted) => _separators
        .Select(separator => (separator, Rows: DelimitedLines.Read(sample, separator).Where(row => !row.IsBlank && row.Fault is null).ToList()))
        .Where(choice => choice.Rows.Count > 0)
        .OrderByDescending(choice => wanted.Count(name => choice.Rows[0].Fields.Any(field => field.Trim().Equals(name, StringComparison.OrdinalIgnoreCase))))
        .ThenByDescending(choice => choice.Rows[0].Fields.Count == 1 ? 0 : choice.Rows.Average(row => row.Fields.Count == choice.Rows[0].Fields.Count ? 1.0 : 0))
        .Select(choice => choice.separator)
        .FirstOrDefault(',');

    private static string Name(char separator) => separator switch
    {
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "vertical bars",
        _ => $"\"{separator}\"",
    };
}
