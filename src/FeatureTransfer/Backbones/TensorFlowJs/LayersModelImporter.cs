using System.Text.Json.Nodes;
using FeatureTransfer.Graphs;
using Onnx;

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
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or NullReferenceException or KeyNotFoundException)
        {
            throw new FeatureTransferException($"{modelPath}: the layers model cannot be converted. {exception.Message}", exception);
        }
    }

    private static OnnxModel Convert(JsonObject model, Dictionary<string, LayersModelWeight> weights, string name)
    {
        var config = model["modelTopology"]!["model_config"]!;
        var layers = config["config"] as JsonArray ?? config["config"]!["layers"]!.AsArray();
        var builder = new GraphBuilder(name);
        var writer = new KerasLayerWriter(builder, weights);
        string? previous = null;
        foreach (var layer in layers)
            previous = writer.Write(layer!.AsObject(), previous);

        foreach (var output in OutputLayers(config["config"]!, previous!))
            builder.Graph.Output.Add(new ValueInfoProto { Name = output, Type = GraphBuilder.FloatValue(output).Type });
        foreach (var output in builder.Graph.Output)
            output.Type.TensorType.Shape = null;

        var proto = new ModelProto { IrVersion = 8, ProducerName = "FeatureTransfer", Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, name);
    }

    private static IEnumerable<string> OutputLayers(JsonNode config, string last) =>
        config is JsonObject functional && functional["output_layers"] is JsonArray outputs
            ? outputs.Select(output => (string)output![0]!)
            : [last];
}
