using Microsoft.ML.Vision;

namespace Microsoft.ML;

internal static partial class ComponentTable
{
    static partial void AddVision(Dictionary<string, Func<ModelLoadContext, object>> readers) =>
        readers.Add(ImageClassificationModelParameters.Kind, ImageClassificationModelParameters.Load);
}
