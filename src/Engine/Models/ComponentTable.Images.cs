using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML;

internal static partial class ComponentTable
{
    static partial void AddImages(Dictionary<string, Func<ModelLoadContext, object>> readers)
    {
        readers.Add(ImageLoadingTransformer.Kind, ImageLoadingTransformer.Load);
        readers.Add(ImageResizingTransformer.Kind, ImageResizingTransformer.Load);
        readers.Add(ImageGrayscalingTransformer.Kind, ImageGrayscalingTransformer.Load);
        readers.Add(ImagePixelExtractingTransformer.Kind, ImagePixelExtractingTransformer.Load);
        readers.Add(VectorToImageConvertingTransformer.Kind, VectorToImageConvertingTransformer.Load);
    }
}
