namespace FeatureTransfer.Studio.Session;

/// <summary>All actions, a line of JSON each, on disk before they count. It is held while it is open, so that one studio at a time has a folder.</summary>
internal sealed class Journal : IDisposable
{
    private const int MostShown = 3;
    private readonly FileStream _file;
    private readonly List<JournalEntry> _entries = [];
    private readonly List<string> _problems = [];

    private Journal(FileStream file)
    {
        _file = file;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        var lines = Read(bytes.AsSpan(0, whole));
        if (whole < bytes.Length)
            _problems.Add($"line {lines + 1} is unfinished: the studio was stopped while it wrote the last action down");
        file.SetLength(whole);
    }

    /// <summary>The actions of earlier, in their order; <see cref="JournalEntry.Lost"/> in the place of a line that is damaged.</summary>
    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>Which lines are left out, and why; null where none is.</summary>
    public string? Problem => _problems.Count == 0 ? null
        : $"{_file.Name}: {string.Join("; ", _problems.Take(MostShown))}{(_problems.Count > MostShown ? $"; and {_problems.Count - MostShown} more" : "")}. What these lines said is left out, and all others are here. The labels are those of labels.csv; look whether any is missing.";

    /// <summary>Opens a journal. A last line that a killed process left unfinished is cut off; damaged lines stay in the file, and are left out.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FeatureTransferException">Another studio has it, or it cannot be opened.</exception>
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
        _file.Write(JournalLine.Of(entry));
        _file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Returns how many lines there are.
    private int Read(ReadOnlySpan<byte> rest)
    {
        var number = 0;
        for (ReadOnlySpan<byte> before = default; !rest.IsEmpty;)
        {
            var line = rest[..rest.IndexOf((byte)'\n')];
            rest = rest[(line.Length + 1)..];
            number++;
            if (line.Trim("\r \t"u8).IsEmpty)
                continue;
            Read(line, number, before);
            before = line;
        }

        return number;
    }

    private void Read(ReadOnlySpan<byte> line, int number, ReadOnlySpan<byte> before)
    {
        var entry = JournalLine.Read(line, out var problem);

        // An action is written with its time, so that the same line again is no second action.
        if (problem is null && entry.At != default && line.SequenceEqual(before))
        {
            _problems.Add($"line {number} is the one before once more");
            return;
        }

        _entries.Add(entry);
        if (problem is not null)
            _problems.Add($"line {number} is damaged ({problem.TrimEnd('.')})");
    }
}
