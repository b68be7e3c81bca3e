namespace FeatureTransfer.Extraction;

/// <summary>Where things lie in a cache's folder.</summary>
internal static class CacheLayout
{
    /// <summary>The scopes that have a folder, in a stable order.</summary>
    public static IEnumerable<Hash256> Scopes(string root)
    {
        if (!Directory.Exists(root))
            yield break;
        foreach (var folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            if (Hash256.TryParse(Path.GetFileName(folder), out var scope))
                yield return scope;
        }
    }

    /// <summary>The segments of a scope, the first begun first.</summary>
    public static IEnumerable<string> Segments(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + SegmentFormat.Extension).Order(StringComparer.Ordinal)
        : [];

    /// <summary>The bytes of all files in a folder and below; files come and go meanwhile.</summary>
    public static long Size(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => Math.Max(0, LengthOf(file)));

    /// <summary>The length of a file; -1 when it is gone.</summary>
    public static long LengthOf(string file) => new FileInfo(file) is { Exists: true } known ? known.Length : -1;

    /// <summary>Deletes a folder if nothing is in it.</summary>
    public static void TryDeleteEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody has begun anew in it.
        }
    }
}
