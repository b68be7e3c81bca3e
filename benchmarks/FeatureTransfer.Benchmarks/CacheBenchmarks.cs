using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Benchmarks;

/// <summary>A warm second run: 10,000 cached vectors of 1,728 floats, the cache opened anew each time.</summary>
[InProcess]
[IterationCount(8), WarmupCount(2), InvocationCount(4, 1)]
public class CacheBenchmarks
{
    private const int Vectors = 10_000, Length = 1728, FileLength = 4096;
    private readonly string _folder = Directory.CreateTempSubdirectory("ft-bench-").FullName;
    private readonly byte[] _scope = FeatureKey.Scope([1], "preprocessing");
    private readonly FeatureKey[] _keys = new FeatureKey[Vectors];
    private readonly string[] _files = new string[Vectors];
    private FeatureKey[] _mixed = [];

    [GlobalSetup]
    public void Fill()
    {
        using var cache = new FeatureCache(Path.Combine(_folder, "features"));
        Directory.CreateDirectory(Path.Combine(_folder, "files"));
        var random = new Random(1);
        var (values, bytes) = (new float[Length], new byte[FileLength]);
        for (var vector = 0; vector < Vectors; vector++)
        {
            random.NextBytes(bytes);
            Array.ForEach(Enumerable.Range(0, Length).ToArray(), i => values[i] = random.NextSingle());
            _files[vector] = Path.Combine(_folder, "files", $"{vector}.bin");
            File.WriteAllBytes(_files[vector], bytes);
            _keys[vector] = FeatureKey.Of(bytes, _scope);
            cache.Add(_keys[vector], values);
        }

        _mixed = [.. _keys];
        random.Shuffle(_mixed);
    }

    [Benchmark(Baseline = true)]
    public int InOrder() => Read(_keys);

    [Benchmark]
    public int InAnyOrder() => Read(_mixed);

    /// <summary>The index was lost: the segments are looked through.</summary>
    [Benchmark]
    public int WithoutIndex()
    {
        foreach (var index in Directory.EnumerateFiles(_folder, "*.index", SearchOption.AllDirectories))
            File.Delete(index);
        return Read(_keys);
    }

    /// <summary>With what goes before it in a real run: reading and hashing 10,000 files of 4 KB, on two threads.</summary>
    [Benchmark]
    public int WithFiles()
    {
        using var cache = new FeatureCache(Path.Combine(_folder, "features"));
        var found = 0;
        Parallel.For(0, Vectors, new ParallelOptions { MaxDegreeOfParallelism = 2 }, () => (Count: 0, Values: new float[Length]), (file, _, local) =>
        {
            var key = FeatureKey.Of(File.ReadAllBytes(_files[file]), _scope);
            return (cache.TryGet(key, local.Values) ? local.Count + 1 : local.Count, local.Values);
        }, local => Interlocked.Add(ref found, local.Count));
        return Whole(found);
    }

    /// <summary>Reading and hashing the files alone, for comparison.</summary>
    [Benchmark]
    public int FilesAlone()
    {
        var found = 0;
        Parallel.For(0, Vectors, new ParallelOptions { MaxDegreeOfParallelism = 2 }, file => Interlocked.Add(ref found, SHA256.HashData(File.ReadAllBytes(_files[file])).Length));
        return found;
    }

    [GlobalCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    private int Read(FeatureKey[] keys)
    {
        using var cache = new FeatureCache(Path.Combine(_folder, "features"));
        var values = new float[Length];
        return Whole(keys.Count(key => cache.TryGet(key, values)));
    }

    private static int Whole(int found) => found == Vectors ? found : throw new InvalidOperationException($"{found} of {Vectors} vectors were found.");
}
