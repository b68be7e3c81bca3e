using System.Text.Encodings.Web;
using System.Text.Json;

namespace FeatureTransfer;

/// <summary>Collects rejected rows, each input once, in the order in which they were told of.</summary>
public sealed class RejectedRowCollector : IRejectedRowSink
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _inputs = new(StringComparer.Ordinal);
    private readonly List<RejectedRow> _rows = [];

    /// <summary>How many rows were rejected.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _rows.Count;
        }
    }

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<RejectedRow> Rows
    {
        get
        {
            lock (_lock)
                return [.. _rows];
        }
    }

    /// <inheritdoc/>
    public void Reject(RejectedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        lock (_lock)
        {
            if (_inputs.Add(row.Input))
                _rows.Add(row);
        }
    }

    /// <summary>Writes the rows, or where there are none removes the file, which an earlier run may have left.</summary>
    internal void WriteJsonLinesOrDelete(string path)
    {
        if (Count > 0)
            WriteJsonLines(path);
        else if (File.Exists(path))
            File.Delete(path);
    }

    /// <summary>Writes one JSON object a line: <c>input</c>, <c>reason</c>, <c>step</c>. The file appears when it is whole.</summary>
    /// <param name="path">The file.</param>
    public void WriteJsonLines(string path)
    {
        var rows = Rows;
        AtomicFile.Write(path, stream =>
        {
            foreach (var row in rows)
            {
                using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                {
                    writer.WriteStartObject();
                    writer.WriteString("input", row.Input);
                    writer.WriteString("reason", row.Reason);
                    writer.WriteString("step", row.Step);
                    writer.WriteEndObject();
                }

                stream.WriteByte((byte)'\n');
            }
        });
    }
}
