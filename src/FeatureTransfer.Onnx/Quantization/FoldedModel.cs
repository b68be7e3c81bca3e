using FeatureTransfer.Onnx.Opsets;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Quantization;

/// <summary>Folds what can be computed beforehand: batch normalization and biases into convolutions, and all that is constant.</summary>
internal static class FoldedModel
{
    /// <summary>A model that computes the same with fewer nodes, in an operator set that has a scale a channel.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="keep">Tensors that become outputs behind its own, so that they stay.</param>
    /// <exception cref="FeatureTransferException">The model is too old, or ONNX Runtime cannot load it.</exception>
    public static OnnxModel Of(OnnxModel model, IEnumerable<string> keep)
    {
        var raised = new OnnxModel(model.Proto.Clone(), model.Name);
        OpsetUpgrade.Apply(raised);
        ValidPadding.Drop(raised.Proto.Graph);
        raised.Proto.Graph.Output.AddRange(keep.Except(raised.Proto.Graph.Output.Select(output => output.Name)).Select(name => new ValueInfoProto { Name = name }));
        return Optimized(raised, GraphOptimizationLevel.ORT_ENABLE_BASIC);
    }

    /// <summary>A model as ONNX Runtime runs it on this machine.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="level">How much is optimized.</param>
    /// <exception cref="FeatureTransferException">ONNX Runtime cannot load the model.</exception>
    public static OnnxModel Optimized(OnnxModel model, GraphOptimizationLevel level)
    {
        var file = Path.GetTempFileName();
        try
        {
            Write(model, level, file);
            var optimized = new OnnxModel(OnnxModel.Load(file).Proto, model.Name);
            Tidy(optimized.Proto);
            return optimized;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Write(OnnxModel model, GraphOptimizationLevel level, string file)
    {
        using var options = OnnxRuntimeLibrary.NewOptions();
        options.GraphOptimizationLevel = level;
        options.OptimizedModelFilePath = file;
        try
        {
            using var session = new InferenceSession(model.ToBytes(), options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new FeatureTransferException($"{model.Name}: ONNX Runtime cannot load the model. {exception.Message}", exception);
        }
    }

    // ONNX Runtime imports every set of operators that it knows, and writes down shapes that no longer hold.
    private static void Tidy(ModelProto proto)
    {
        var used = proto.Graph.Node.Select(node => node.Domain).Append("").ToHashSet(StringComparer.Ordinal);
        foreach (var import in proto.OpsetImport.Where(import => !used.Contains(import.Domain)).ToList())
            proto.OpsetImport.Remove(import);
        proto.Graph.ValueInfo.Clear();
    }
}
