namespace FeatureTransfer.Cli.Terminal;

/// <summary>Commands that are shown, for a person to copy.</summary>
internal static class CommandText
{
    /// <summary>A path as a shell takes it: in quotes where it has spaces.</summary>
    public static string Path(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
