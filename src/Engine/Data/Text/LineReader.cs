using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Reads the lines of several files: without their headers and without empty lines.</summary>
internal sealed class LineReader(IMultiStreamSource source, TextLoader.Options options) : IDisposable
{
    private TextReader? _reader;
    private int _file = -1;

    /// <summary>The number of the line in its file, from 1.</summary>
    public long LineNumber { get; private set; }

    public string? Path => source.GetPathOrNull(Math.Clamp(_file, 0, source.Count - 1));

    /// <summary>The first line of the first file, or of the file that the options name.</summary>
    public static string? ReadHeader(IMultiStreamSource source, TextLoader.Options options)
    {
        if (options.HeaderFile is { Length: > 0 } path)
            return File.ReadLines(path).FirstOrDefault();
        if (!options.HasHeader || source.Count == 0)
            return null;
        using var reader = source.OpenTextReader(0);
        return reader.ReadLine();
    }

    public string? Next()
    {
        while (true)
        {
            while (_reader is null)
                if (!OpenNext())
                    return null;
            string? line = _reader.ReadLine();
            LineNumber++;
            if (line is null)
            {
                _reader.Dispose();
                _reader = null;
            }
            else if (line.Length > 0)
            {
                return options.ReadMultilines && options.AllowQuoting ? Joined(line) : line;
            }
        }
    }

    public void Dispose() => _reader?.Dispose();

    private bool OpenNext()
    {
        if (++_file >= source.Count)
            return false;
        _reader = source.OpenTextReader(_file);
        LineNumber = 0;
        if (options.HasHeader && _reader.ReadLine() is not null)
            LineNumber++;
        return true;
    }

    private string Joined(string line)
    {
        if (!IsOpen(line))
            return line;
        var all = new StringBuilder(line);
        while (IsOpen(all.ToString()) && _reader!.ReadLine() is { } more)
        {
            LineNumber++;
            all.Append('\n').Append(more);
        }
        return all.ToString();
    }

    // An odd number of quotes means that the last value goes on in the next line.
    private bool IsOpen(string line)
    {
        bool open = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (open && options.EscapeChar != '"' && line[i] == options.EscapeChar)
                i++;
            else if (line[i] == '"')
                open = !open;
        }
        return open;
    }
}
