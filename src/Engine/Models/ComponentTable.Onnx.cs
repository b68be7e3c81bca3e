using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

internal static partial class ComponentTable
{
    static partial void AddOnnx(Dictionary<string, Func<ModelLoadContext, object>> readers) =>
        readers.Add(OnnxTransformer.Kind, OnnxTransformer.Load);
}
