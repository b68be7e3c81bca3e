using Microsoft.Extensions.FileSystemGlobbing;

namespace FeatureTransfer.Inputs.Sources;

/// <summary>A pattern such as <c>photos/**/*.jpg</c>: a folder without wildcards, and what is looked for below it.</summary>
internal sealed class FileGlob
{
    private static readonly char[] _wildcards = ['*', '?'];
    private readonly string _pattern;

    public FileGlob(string pattern)
    {
        // What comes before the first wildcard may be absolute or lead upwards, which a matcher does not follow.
        var wildcard = pattern.IndexOfAny(_wildcards);
        var cut = pattern.LastIndexOfAny(['/', Path.DirectorySeparatorChar], wildcard < 0 ? pattern.Length - 1 : wildcard) + 1;
        Folder = Path.GetFullPath(cut == 0 ? "." : pattern[..cut]);
        _pattern = pattern[cut..];
    }

    /// <summary>The folder before the first wildcard.</summary>
    public string Folder { get; }

    /// <summary>Whether a name has wildcards.</summary>
    public static bool Is(string name) => name.IndexOfAny(_wildcards) >= 0;

    /// <summary>The files that match, in the order of their paths.</summary>
    public IEnumerable<string> Files()
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddInclude(_pattern);
        return Directory.Exists(Folder) ? ImageFiles.Walk(Folder, new LeftFiles()).Where(file => matcher.Match(Folder, file).HasMatches) : [];
    }
}
