using BenchmarkDotNet.Attributes;
using FeatureTransfer.Extraction;

namespace FeatureTransfer.Benchmarks;

/// <summary>Images to features with MobileNetV2, end to end, by batch size; and the same from a warm cache.</summary>
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class ExtractionBenchmarks
{
    private const int Images = 128;
    private readonly string[] _paths = EmojiFiles.Take(Images);
    private readonly string _folder = Directory.CreateTempSubdirectory("ft-bench-").FullName;
    private FeatureCache? _cache;
    private FeatureExtractor? _cold;
    private FeatureExtractor? _warm;

    [Params(1, 8, 32)]
    public int BatchSize { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _cache = new FeatureCache(_folder);
        var services = FeatureTransferServices.Default with { Cache = _cache };
        var options = new ExtractFeaturesOptions { Backbone = "mobilenet_v2.nsfwjs", Layers = ["features"], BatchSize = BatchSize };
        _cold = new FeatureExtractor(options with { UseCache = false }, services);
        _warm = new FeatureExtractor(options, services);
        _ = _warm.Extract(_paths).Count();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Images)]
    public int Computed() => _cold!.Extract(_paths).Count();

    [Benchmark(OperationsPerInvoke = Images)]
    public int FromTheCache() => _warm!.Extract(_paths).Count();

    [GlobalCleanup]
    public void Close()
    {
        _cold?.Dispose();
        _warm?.Dispose();
        _cache?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
