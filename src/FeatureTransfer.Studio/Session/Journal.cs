using System.Text.Encodings.Web;
using System.Text.Json;

namespace FeatureTransfer.Studio.Session;

/// <summary>All actions, a line of JSON each, on disk before they count. It is held while it is open, so that one studio at a time has a folder.</summary>
internal sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly FileStream _file;

    private Journal(FileStream file)
    {
        _file = file;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        IsCut = whole < bytes.Length;
        file.SetLength(whole);
        Entries = Read(file.Name, bytes.AsSpan(0, whole));
    }

    /// <summary>The actions of earlier, in their order.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; }

    /// <summary>Whether the last line was unfinished.</summary>
    public bool IsCut { get; }

    /// <summary>Opens a journal. A last line that a killed process left unfinished is cut off.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FeatureTransferException">Another studio has it, it cannot be opened, or a line within is damaged.</exception>
    public static Journal Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FeatureTransferException($"{path}: cannot be opened ({exception.Message}) Is the folder open in another studio? Close that one first.", exception);
        }

        try
        {
            return new Journal(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes an action down, and returns when it is on disk.</summary>
    public void Add(JournalEntry entry)
    {
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(entry, _json), (byte)'\n']);
        _file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static List<JournalEntry> Read(string path, ReadOnlySpan<byte> lines)
    {
        List<JournalEntry> entries = [];
        foreach (var line in System.Text.Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                entries.Add(JsonSerializer.Deserialize<JournalEntry>(line, _json)!);
            }
            catch (JsonException exception)
            {
                throw new FeatureTransferException($"{path}: line {entries.Count + 1} is damaged ({exception.Message}) Move the file away to go on with labels.csv as it is; only what could be undone is lost.", exception);
            }
        }

        return entries;
    }
}
