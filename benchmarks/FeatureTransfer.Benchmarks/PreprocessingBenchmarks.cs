using BenchmarkDotNet.Attributes;
using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Benchmarks;

/// <summary>One encoded image to one tensor, on one thread.</summary>
public class PreprocessingBenchmarks
{
    private readonly byte[] _png = File.ReadAllBytes(EmojiFiles.Take(1)[0]);
    private readonly ImagePreprocessor _preprocessor = new(new ImagePreprocessing());
    private readonly float[] _tensor = new float[new ImagePreprocessing().TensorLength];

    [Benchmark]
    public void Png64() => _preprocessor.Read(_png, _tensor);
}
