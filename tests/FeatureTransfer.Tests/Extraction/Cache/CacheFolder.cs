using FeatureTransfer.Extraction;

namespace FeatureTransfer.Tests.Extraction.Cache;

/// <summary>A temporary folder for a cache, and numbered records in one scope: number n has the values n, n + 0.5, -n and so on.</summary>
internal sealed class CacheFolder : IDisposable
{
    public static readonly byte[] Scope = FeatureKey.Scope([1], "preprocessing");

    public string Root { get; } = Directory.CreateTempSubdirectory("ft-cache-").FullName;

    public CacheSettings Settings { get; init; } = new() { RefreshPause = TimeSpan.Zero };

    /// <summary>The segments, the first begun first.</summary>
    public string[] Segments => [.. Directory.GetFiles(Root, "*.features", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public string Segment => Segments.Single();

    public string Index => Path.ChangeExtension(Segment, ".index");

    /// <summary>Files of the folder that this process has open, where the system tells.</summary>
    public string[] Held => OperatingSystem.IsLinux()
        ? [.. Directory.EnumerateFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget ?? "").Where(file => file.StartsWith(Root, StringComparison.Ordinal))]
        : [];

    /// <summary>How many parts of its files are mapped into memory; null where the system does not tell.</summary>
    public int? Mapped => OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/maps").Count(line => line.Contains(Root, StringComparison.Ordinal)) : null;

    public static FeatureKey Key(int number, byte[]? scope = null) => FeatureKey.Of(BitConverter.GetBytes(number), scope ?? Scope);

    public static float[] Values(int number, int count = 4) => [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? number + (i * 0.25f) : -number)];

    public FeatureCache Open() => new(Root, Settings);

    /// <summary>The values of a number, or null when the cache has none.</summary>
    public static float[]? Get(FeatureCache cache, int number, int count = 4, byte[]? scope = null)
    {
        var values = new float[count];
        return cache.TryGet(Key(number, scope), values) ? values : null;
    }

    /// <summary>Which of the numbers a fresh look finds; wrong values fail at once.</summary>
    public List<int> Found(IEnumerable<int> numbers, int count = 4)
    {
        using var cache = Open();
        var found = new List<int>();
        foreach (var number in numbers)
        {
            if (Get(cache, number, count) is not { } values)
                continue;
            Assert.That(values.AsSpan().SequenceEqual(Values(number, count)), Is.True, $"{number}: a wrong answer");
            found.Add(number);
        }

        return found;
    }

    public void Fill(params IEnumerable<int> numbers) => Fill(numbers, 4);

    public void Fill(IEnumerable<int> numbers, int count)
    {
        using var cache = Open();
        foreach (var number in numbers)
            cache.Add(Key(number), Values(number, count));
    }

    /// <summary>Removes the folder; a test that left a file of it open fails.</summary>
    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        Assert.That(Held, Is.Empty, "files that are still open");
    }
}
