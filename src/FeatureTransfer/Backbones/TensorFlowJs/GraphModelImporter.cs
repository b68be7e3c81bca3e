using System.Text.Json.Nodes;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Backbones.TensorFlowJs;

/// <summary>
/// Turns a TensorFlow.js graph model, a convolutional network of images, into ONNX with a free batch. Tensors go from (batch, height, width,
/// channels) to (batch, channels, height, width) and keep the names of their nodes.
/// </summary>
public static class GraphModelImporter
{
    /// <summary>Reads a model and its shards.</summary>
    /// <param name="modelPath">The <c>model.json</c>.</param>
    /// <param name="shardPaths">The shards of weights, in the manifest's order.</param>
    /// <param name="outputs">The tensors to give; nodes that they do not need are left out, whatever they are. Default those of the model's signature.</param>
    /// <exception cref="FeatureTransferException">A file is damaged, or a node is of a kind that is not known.</exception>
    public static OnnxModel Import(string modelPath, IReadOnlyList<string> shardPaths, IReadOnlyList<string>? outputs = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        ArgumentNullException.ThrowIfNull(shardPaths);
        try
        {
            var model = JsonNode.Parse(File.ReadAllText(modelPath))!;
            var weights = LayersModelWeights.Decode(model["weightsManifest"]!.AsArray(), LayersModelFile.ReadShards(shardPaths));
            List<GraphModelNode> nodes = [.. model["modelTopology"]!["node"]!.AsArray().Select(node => new GraphModelNode(node!.AsObject()))];
            return Convert(nodes, weights, outputs ?? Signature(model), Path.GetFileName(modelPath));
        }
        catch (Exception exception) when (exception is not (FeatureTransferException or OutOfMemoryException))
        {
            // Any member of the JSON may be missing or of another kind, and any shape may have fewer sizes than its node takes.
            throw new FeatureTransferException($"{modelPath}: the graph model cannot be converted. {exception.Message}", exception);
        }
    }

    private static OnnxModel Convert(List<GraphModelNode> nodes, Dictionary<string, LayersModelWeight> weights, IReadOnlyList<string> outputs, string name)
    {
        var builder = new GraphBuilder(name);
        var writer = new GraphNodeWriter(builder, weights);
        var needed = Needed(nodes, outputs);
        foreach (var node in nodes.Where(node => needed.Contains(node.Name) && node.Op != "Const"))
            writer.Write(node);
        foreach (var output in outputs)
            builder.Graph.Output.Add(GraphBuilder.FloatValue(output, writer.Shape(output)));
        var proto = new ModelProto { IrVersion = 8, ProducerName = "FeatureTransfer", Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return new OnnxModel(proto, name);
    }

    private static List<string> Signature(JsonNode model) =>
        [.. ((model["signature"] ?? model["userDefinedMetadata"]?["signature"])!["outputs"]!.AsObject()).Select(output => GraphModelNode.Tensor((string)output.Value!["name"]!))];

    // Converters write a node behind those that it reads.
    private static HashSet<string> Needed(List<GraphModelNode> nodes, IReadOnlyList<string> outputs)
    {
        var needed = outputs.ToHashSet(StringComparer.Ordinal);
        foreach (var node in Enumerable.Reverse(nodes).Where(node => needed.Contains(node.Name)))
            needed.UnionWith(node.Inputs);
        return needed;
    }
}
