using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>D: files to tensors, nothing else, with all cores busy.</summary>
internal static class DecodingAlone
{
    public static Contender Of(ImagePreprocessing preprocessing) =>
        new("D: decoding and preprocessing alone", [.. Enumerable.Range(1, 2 * Environment.ProcessorCount).Select(threads => Threads(preprocessing, threads))]);

    private static Setting Threads(ImagePreprocessing preprocessing, int threads)
    {
        var preprocessor = new ImagePreprocessor(preprocessing);
        return new($"{threads} threads", images => Workers.Rate(threads, images.Count, () =>
        {
            var tensor = new float[preprocessing.TensorLength];
            return i => preprocessor.ReadFile(images[i], tensor);
        }));
    }
}
