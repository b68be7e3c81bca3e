using System.Text;

namespace FeatureTransfer.Inputs.Sources;

/// <summary>Reads a list of paths: one a line, or with a NUL behind each as <c>find -print0</c> writes them.</summary>
internal static class PathList
{
    /// <summary>The paths, as they come; empty ones are left out.</summary>
    /// <param name="stream">The list, UTF-8.</param>
    /// <param name="nul">Whether NUL ends a path; else the end of a line does.</param>
    public static IEnumerable<string> Read(Stream stream, bool nul)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: true, 1 << 14, leaveOpen: true);
        while ((nul ? UpToNul(reader) : reader.ReadLine()) is { } path)
        {
            if (path.Length > 0)
                yield return path;
        }
    }

    private static string? UpToNul(StreamReader reader)
    {
        var path = new StringBuilder();
        int character;
        while ((character = reader.Read()) > 0)
            path.Append((char)character);
        return character < 0 && path.Length == 0 ? null : path.ToString();
    }
}
