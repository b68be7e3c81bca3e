using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace FeatureTransfer.Studio.Session;

/// <summary>An entry as a line of JSON.</summary>
internal static class JournalLine
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line, with its end.</summary>
    public static byte[] Of(JournalEntry entry) => [.. JsonSerializer.SerializeToUtf8Bytes(entry, _json), (byte)'\n'];

    /// <summary>Reads a line.</summary>
    /// <param name="line">Its bytes, without its end.</param>
    /// <param name="problem">Why it is no entry; null where it is one.</param>
    public static JournalEntry Read(ReadOnlySpan<byte> line, out string? problem)
    {
        JournalEntry? entry = null;
        try
        {
            // The reader of JSON would take other bytes for a name with a mark in it.
            problem = Utf8.IsValid(line) ? null : "it is not UTF-8";
            entry = problem is null ? JsonSerializer.Deserialize<JournalEntry>(line, _json) : null;
            problem ??= Problem(entry);
        }
        catch (JsonException exception)
        {
            problem = exception.Message;
        }

        return problem is null ? entry! : new JournalEntry(JournalEntry.Lost);
    }

    private static string? Problem(JournalEntry? entry) => entry switch
    {
        null => "it is null, expected an object",
        { Do: JournalEntry.Undo or JournalEntry.Redo, Change: null } => null,
        { Do: JournalEntry.Undo or JournalEntry.Redo } => $"'do' is '{entry.Do}', expected no 'change' with it",
        { Do: not JournalEntry.Label } => $"'do' is '{entry.Do}', expected 'label', 'undo' or 'redo'",
        { Change: null } => "it has no 'change'",
        { Change.Rows: null } => "its 'change' has no 'rows'",
        _ when entry.Change.Rows.Any(row => row is null || string.IsNullOrEmpty(row.Path)) => "a row of its 'change' has no 'path'",
        _ => null,
    };
}
