namespace Microsoft.ML.Data;

/// <summary>Streams to read one after the other.</summary>
public interface IMultiStreamSource
{
    int Count { get; }

    string? GetPathOrNull(int index);

    Stream Open(int index);

    TextReader OpenTextReader(int index);
}

/// <summary>Files, given one by one or by patterns.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    public MultiFileSource(params string[]? paths)
    {
        _paths = paths is null ? [] : [.. paths.SelectMany(Expand)];
    }

    public int Count => _paths.Length;

    public string GetPathOrNull(int index) => _paths[index];

    public Stream Open(int index) => File.OpenRead(_paths[index]);

    public TextReader OpenTextReader(int index) => new StreamReader(_paths[index]);

    private static IEnumerable<string> Expand(string path)
    {
        Check.Name(path, "paths");
        if (!Path.GetFileName(path).AsSpan().ContainsAny('*', '?'))
            return [path];
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } name ? name : ".";
        return Directory.EnumerateFiles(folder, Path.GetFileName(path)).Order(StringComparer.Ordinal);
    }
}
