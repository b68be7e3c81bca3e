using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FeatureTransfer.FineTuning;

/// <summary>Asks ONNX Runtime which tensors of a model hold floats.</summary>
internal static class FloatTensors
{
    /// <summary>Their names.</summary>
    public static IReadOnlySet<string> Of(OnnxModel model)
    {
        var proto = model.Proto.Clone();
        proto.Graph.Output.Clear();
        proto.Graph.ValueInfo.Clear();
        proto.Graph.Output.AddRange(model.TensorNames.Distinct(StringComparer.Ordinal).Select(name => new ValueInfoProto { Name = name }));
        using var session = OrtSessions.OpenForShapes(new OnnxModel(proto, model.Name));
        return session.OutputMetadata.Where(pair => pair.Value.IsTensor && pair.Value.ElementDataType == TensorElementType.Float).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
    }
}
