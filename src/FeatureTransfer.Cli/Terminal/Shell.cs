using System.Text.Encodings.Web;
using System.Text.Json;

namespace FeatureTransfer.Cli.Terminal;

/// <summary>Where a command writes: results, errors, progress.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Errors and progress.</param>
/// <param name="Quiet">No progress.</param>
/// <param name="Json">Results as JSON.</param>
public sealed record Shell(TextWriter Out, TextWriter Error, bool Quiet, bool Json)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions _jsonLine = new(_json) { WriteIndented = false };

    /// <summary>Progress on standard error, or nobody.</summary>
    public IProgress<WorkProgress>? Progress => Quiet ? null : new ProgressLines(Error, ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected);

    /// <summary>Writes a value as JSON.</summary>
    public void WriteJson(object value) => Out.WriteLine(JsonSerializer.Serialize(value, _json));

    /// <summary>Writes a value as JSON on one line.</summary>
    public void WriteJsonLine(object value) => Out.WriteLine(JsonSerializer.Serialize(value, _jsonLine));

    /// <summary>Writes a table, its columns as wide as they need.</summary>
    public void WriteTable(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = Enumerable.Range(0, header.Count).Select(column => rows.Append(header).Max(row => row[column].Length)).ToList();
        foreach (var row in rows.Prepend([.. widths.Select(width => new string('-', width))]).Prepend(header))
            Out.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
