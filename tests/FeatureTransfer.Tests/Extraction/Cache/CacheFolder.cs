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
            Assert.That(values, Is.EqualTo(Values(number, count)), $"{number}: a wrong answer");
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

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
