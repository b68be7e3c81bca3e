using CsvHelper;

namespace FeatureTransfer.Cli.Commands;

/// <summary>Writes what <c>ft similar</c> finds, in the form that was asked for.</summary>
internal static class SimilarRows
{
    /// <summary>Writes the rows, in one of the forms of <see cref="SimilarCommand.Format"/>; of the two sequences one is read.</summary>
    public static void Write(Shell shell, string? format, IEnumerable<object> json, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> cells)
    {
        switch (Chosen(shell, format))
        {
            case "json":
                shell.WriteJsonList(json);
                break;
            case "jsonl":
                foreach (var value in json)
                    shell.WriteJsonLine(value);
                break;
            case "csv":
                WriteCsv(shell.Out, cells.Prepend(header));
                break;
            default:
                shell.WriteTable(header, [.. cells]);
                break;
        }
    }

    /// <summary>Whether rows are written for people to read.</summary>
    public static bool IsTable(Shell shell, string? format) => Chosen(shell, format) == "table";

    private static string Chosen(Shell shell, string? format) => format ?? (shell.Json ? "json" : "table");

    private static void WriteCsv(TextWriter output, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var row in rows)
        {
            foreach (var cell in row)
                csv.WriteField(cell);
            csv.NextRecord();
        }
    }
}
