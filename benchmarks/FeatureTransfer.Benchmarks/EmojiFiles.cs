namespace FeatureTransfer.Benchmarks;

/// <summary>Real images that every clone has: the emoji that npm brings by the lock file.</summary>
internal static class EmojiFiles
{
    public static string[] Take(int count)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var images = Path.Combine(folder, "node_modules", "emoji-datasource-twitter", "img", "twitter", "64");
            if (Directory.Exists(images))
                return [.. Directory.EnumerateFiles(images, "*.png").Order(StringComparer.Ordinal).Take(count)];
        }

        throw new InvalidOperationException("The emoji of npm's emoji-datasource-twitter are not there: run 'npm ci --ignore-scripts' in the repository.");
    }
}
