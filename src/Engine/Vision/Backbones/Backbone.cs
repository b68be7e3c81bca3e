using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms.Onnx;
using Onnx;

namespace Microsoft.ML.Vision;

/// <summary>A network up to its features: one vector an image.</summary>
internal sealed class Backbone
{
    /// <summary>The tensor of the features.</summary>
    public const string Features = "ImageClassification/Features";

    private const int OldestIrWithoutListedWeights = 4;

    private Backbone(ModelProto model, ImageInput input) => (Model, Input) = (model, input);

    public ModelProto Model { get; }

    public ImageInput Input { get; }

    /// <summary>Reads a file, cuts it at its features and pools them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="edge">The edge of images where neither the network nor a card says it.</param>
    /// <exception cref="FormatException">The file is no network of images, or its card does not fit it.</exception>
    public static Backbone Load(BackboneFile file, int edge)
    {
        var card = file.HasCard ? BackboneCard.Read(file.CardPath) : new BackboneCard();
        try
        {
            var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(file.Path));
            return Cut(model, card, edge);
        }
        catch (Exception e) when (e is FormatException or InvalidProtocolBufferException or OnnxRuntimeException or InvalidOperationException)
        {
            string beside = file.HasCard ? $"with the model card {file.CardPath}" : "without a model card beside it";
            throw new FormatException($"{file.Path}, {beside}: images cannot be classified with this network: {e.Message}", e);
        }
    }

    private static Backbone Cut(ModelProto model, BackboneCard card, int edge)
    {
        var graph = model.Graph ?? throw new FormatException("the file holds no graph.");
        if (graph.Initializer.Any(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External))
            throw new FormatException("its weights lie in other files; save it as one file.");
        var input = GraphParts.ImageInput(graph, card.InputName);
        var image = ImageOf(input, card, edge);
        GraphParts.Cut(graph, card.Layers.Count > 0 ? [.. card.Layers.Distinct()] : [GraphParts.BeforeClassifier(graph)]);
        Pool(model, card.Pooling);
        return new(model, image);
    }

    // Sizes that the network fixes count; where it leaves them open, the card's.
    private static ImageInput ImageOf(ValueInfoProto input, BackboneCard card, int edge)
    {
        long[] sizes = [.. input.Type?.TensorType?.Shape?.Dim.Select(dimension => dimension.DimValue) ?? []];
        if (sizes.Length != 4)
            throw new FormatException($"its input '{input.Name}' has {sizes.Length} dimensions, expected (batch, channels, height, width).");
        bool isChannelsLast = card.Image?.IsChannelsLast ?? (sizes[3] == 3 && sizes[1] != 3);
        var (height, width, channels) = isChannelsLast ? (sizes[1], sizes[2], sizes[3]) : (sizes[2], sizes[3], sizes[1]);
        var image = card.Image ?? new ImageInput { Name = "", Height = edge, Width = edge, IsChannelsLast = isChannelsLast };
        if (channels is not (0 or 3))
            throw new FormatException($"its input '{input.Name}' has {channels} channels, expected 3.");
        return image with { Name = input.Name, Height = height > 0 ? (int)height : image.Height, Width = width > 0 ? (int)width : image.Width };
    }

    /// <summary>The network with a softmax layer on its features: pixels to probabilities, as an ONNX file.</summary>
    public byte[] With(SoftmaxLayer layer, string output)
    {
        var model = Model.Clone();
        model.Graph.Initializer.Add(Constant("ImageClassification/Weights", layer.Weights, layer.Classes, layer.Features));
        model.Graph.Initializer.Add(Constant("ImageClassification/Biases", layer.Biases, layer.Classes));
        Add(model.Graph, "Gemm", [Features, "ImageClassification/Weights", "ImageClassification/Biases"], "ImageClassification/Logits", ("transB", 1));
        Add(model.Graph, "Softmax", ["ImageClassification/Logits"], output, ("axis", 1));
        GraphParts.Cut(model.Graph, [output]);
        return model.ToByteArray();
    }

    // ONNX Runtime tells the shapes of what is to be pooled.
    private static void Pool(ModelProto model, string pooling)
    {
        var graph = model.Graph;
        var ranks = Ranks(model);
        var vectors = graph.Output.Select(output => Vector(graph, output.Name, ranks[output.Name], pooling)).ToArray();
        Add(graph, "Concat", vectors, Features, ("axis", 1));
        GraphParts.Cut(graph, [Features]);
        model.IrVersion = Math.Max(model.IrVersion, OldestIrWithoutListedWeights);
    }

    private static Dictionary<string, int> Ranks(ModelProto model)
    {
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        using var session = new InferenceSession(model.ToByteArray(), options);
        return session.OutputMetadata.ToDictionary(pair => pair.Key, pair => pair.Value.Dimensions.Length);
    }

    private static string Vector(GraphProto graph, string tensor, int rank, string pooling)
    {
        if (rank < 2)
            throw new FormatException($"its tensor '{tensor}' has {rank} dimensions, expected (batch, features) or (batch, channels, height, width).");
        if (rank > 2 && pooling != "flatten")
            tensor = Append(graph, pooling == "max" ? "GlobalMaxPool" : "GlobalAveragePool", tensor);
        return rank > 2 ? Append(graph, "Flatten", tensor) : tensor;
    }

    private static string Append(GraphProto graph, string op, string tensor)
    {
        string output = $"ImageClassification/{op}/{tensor}";
        Add(graph, op, [tensor], output);
        return output;
    }

    private static void Add(GraphProto graph, string op, string[] inputs, string output, params (string Name, long Value)[] attributes)
    {
        var node = new NodeProto { OpType = op, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes.Select(attribute => OnnxGraph.Attribute(attribute.Name, attribute.Value)));
        graph.Node.Add(node);
    }

    private static TensorProto Constant(string name, float[] values, params long[] shape)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
        };
        tensor.Dims.AddRange(shape);
        return tensor;
    }
}
