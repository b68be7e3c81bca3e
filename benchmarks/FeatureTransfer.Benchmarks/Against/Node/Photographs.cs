namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>The JPEGs that the race runs over, repeated until there are enough.</summary>
internal static class Photographs
{
    public static string[] Take(string? folder, int count)
    {
        var from = folder ?? SharedFlowers()
            ?? throw new DirectoryNotFoundException("The flower photographs are not beside the repository (../shared/datasets/flowers). Name a folder of JPEGs: --images FOLDER.");
        var files = Directory.EnumerateFiles(from, "*.jp*g", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
            throw new FileNotFoundException($"There is no JPEG in {from}.");
        return [.. Enumerable.Range(0, count).Select(i => files[i % files.Length])];
    }

    private static string? SharedFlowers()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var flowers = Path.Combine(folder, "..", "shared", "datasets", "flowers");
            if (File.Exists(Path.Combine(folder, "FeatureTransfer.sln")) && Directory.Exists(flowers))
                return Path.GetFullPath(flowers);
        }

        return null;
    }
}
