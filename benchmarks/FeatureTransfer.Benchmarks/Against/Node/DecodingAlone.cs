using FeatureTransfer.Inputs.Images;

namespace FeatureTransfer.Benchmarks.Against.Node;

/// <summary>D: files to tensors, nothing else, with all cores busy.</summary>
internal static class DecodingAlone
{
    public static Contender Of(ImageRecipe recipe) =>
        new("D: decoding and preprocessing alone", [.. Enumerable.Range(1, 2 * Environment.ProcessorCount).Select(threads => Threads(recipe, threads))]);

    private static Setting Threads(ImageRecipe recipe, int threads)
    {
        var preprocessor = new ImagePreprocessor(recipe);
        return new($"{threads} threads", images => Workers.Rate(threads, images.Count, () =>
        {
            var tensor = new float[recipe.TensorLength];
            return i => preprocessor.ReadFile(images[i], tensor);
        }));
    }
}
