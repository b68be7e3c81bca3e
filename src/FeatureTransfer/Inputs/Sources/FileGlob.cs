using System.IO.Enumeration;

namespace FeatureTransfer.Inputs.Sources;

/// <summary>A pattern such as <c>photos/**/*.jpg</c>: a folder without wildcards, and what is looked for below it.</summary>
internal sealed class FileGlob
{
    private static readonly char[] _wildcards = ['*', '?'];
    private static readonly char[] _separators = ['/', Path.DirectorySeparatorChar];
    private readonly string[] _pattern;

    public FileGlob(string pattern)
    {
        // What comes before the first wildcard may be absolute or lead upwards, which a matcher does not follow.
        var wildcard = pattern.IndexOfAny(_wildcards);
        var cut = pattern.LastIndexOfAny(_separators, wildcard < 0 ? pattern.Length - 1 : wildcard) + 1;
        Folder = Path.GetFullPath(cut == 0 ? "." : pattern[..cut]);
        _pattern = pattern[cut..].Split(_separators);
    }

    /// <summary>The folder before the first wildcard.</summary>
    public string Folder { get; }

    /// <summary>Whether a name has wildcards.</summary>
    public static bool Is(string name) => name.IndexOfAny(_wildcards) >= 0;

    /// <summary>The files that match, in the order of their paths.</summary>
    public IEnumerable<string> Files() => Directory.Exists(Folder)
        ? ImageFiles.Walk(Folder, new LeftFiles(), _pattern.Contains("**") ? int.MaxValue : _pattern.Length).Where(file => Matches(_pattern, Path.GetRelativePath(Folder, file).Split(Path.DirectorySeparatorChar)))
        : [];

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern is [])
            return path is [];
        if (pattern[0] == "**")
            return Matches(pattern[1..], path) || (path is not [] && Matches(pattern, path[1..]));
        return path is not [] && FileSystemName.MatchesSimpleExpression(pattern[0], path[0], ignoreCase: false) && Matches(pattern[1..], path[1..]);
    }
}
