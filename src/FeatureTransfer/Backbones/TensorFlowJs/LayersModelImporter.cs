using System.Text.Json.Nodes;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Backbones.TensorFlowJs;

/// <summary>
/// Turns a TensorFlow.js layers model (Keras's functional models and plain stacks) into ONNX with a free batch.
/// Images go from (batch, height, width, channels) to (batch, channels, height, width); each tensor has the name of its Keras layer.
/// </summary>
public static class LayersModelImporter
{
    /// <summary>Reads a model and its shards.</summary>
    /// <param name="modelPath">The <c>model.json</c>, or the script that wraps it.</param>
    /// <param name="shardPaths">The shards of weights, in the manifest's order.</param>
    /// <exception cref="FeatureTransferException">A file is damaged, or a layer is of a kind that is not known.</exception>
    public static OnnxModel Import(string modelPath, IReadOnlyList<string> shardPaths)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        ArgumentNullException.ThrowIfNull(shardPaths);
        var model = LayersModelFile.ReadModel(modelPath);
        var bytes = LayersModelFile.ReadShards(shardPaths);
        try
        {
            var weights = LayersModelWeights.Decode(model["weightsManifest"]!.AsArray(), bytes);
            return Convert(model, weights, Path.GetFileName(modelPath));
        }
        catch (Exception exception) when (exception is not (FeatureTransferException or OutOfMemoryException))
        {
            // Any member of the JSON may be missing or of another kind, and any shape may have fewer sizes than its layer takes.
            throw new FeatureTransferException($"{modelPath}: the layers model cannot be converted. {exception.Message}", exception);
        }
    }

    private static OnnxModel Convert(JsonObject model, Dictionary<string, LayersModelWeight> weights, string name)
    {
        var topology = model["modelTopology"]!;
        var builder = new GraphBuilder(name);
        var outputs = new KerasModelWriter(new KerasLayerWriter(builder, weights)).Write((topology["model_config"] ?? topology)["config"]!, []);
        foreach (var output in outputs)
            builder.Graph.Output.Add(new ValueInfoProto { Name = output, Type = GraphBuilder.FloatValue(output).Type });
        foreach (var output in builder.Graph.Output)
            output.Type.TensorType.Shape = null;

        var proto = new ModelProto { IrVersion = 8, ProducerName = "FeatureTransfer", Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, name);
    }
}
