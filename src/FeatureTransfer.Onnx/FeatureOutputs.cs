using ElementType = FeatureTransfer.Onnx.Proto.TensorProto.Types.DataType;

namespace FeatureTransfer.Onnx;

/// <summary>Arranges a model's outputs for transfer: classifiers of other libraries may begin with a decision, or end with lists and maps.</summary>
internal static class FeatureOutputs
{
    /// <summary>The model with its tensors alone, those of floats first, or itself where that is so.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <exception cref="FeatureTransferException">No output is a tensor.</exception>
    public static OnnxModel Arrange(OnnxModel model)
    {
        var tensors = model.Proto.Graph.Output
            .Where(output => output.Type?.ValueCase is null or TypeProto.ValueOneofCase.None or TypeProto.ValueOneofCase.TensorType)
            .OrderBy(output => IsFloating(output) ? 0 : 1)
            .ToList();
        if (tensors.Count == 0)
            throw new FeatureTransferException($"{model.Name}: no output is a tensor. Export the model so that it ends with one.");
        if (tensors.SequenceEqual(model.Proto.Graph.Output, ReferenceEqualityComparer.Instance))
            return model;
        var proto = model.Proto.Clone();
        proto.Graph.Output.Clear();
        proto.Graph.Output.AddRange(tensors);
        return new OnnxModel(proto, model.Name);
    }

    private static bool IsFloating(ValueInfoProto output) =>
        (ElementType?)output.Type?.TensorType?.ElemType is null or ElementType.Undefined or ElementType.Float or ElementType.Float16 or ElementType.Bfloat16 or ElementType.Double;
}
