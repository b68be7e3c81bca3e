using FeatureTransfer.Onnx.Opsets;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.Backbones.Speech;

/// <summary>
/// Joins openWakeWord's two models, samples to log-mel frames and 76 frames to an embedding, to one that hears a whole recording. The second
/// is a network of convolutions that pads nothing in time and strides by 8 frames, so on more frames it gives what it would give for every
/// window of 76 frames, 8 apart, at a fraction of the work.
/// </summary>
public static class SpeechGraph
{
    /// <summary>The tensor of the embeddings: (batch, windows, 96).</summary>
    public const string Windows = "windows";

    /// <summary>The tensor of the log-mel frames that the embedding takes: (batch, 1, frames, 32).</summary>
    public const string Mel = "mel";

    /// <summary>The input: (batch, samples), in amplitudes of 16 bits.</summary>
    public const string Samples = "samples";

    /// <summary>The samples that make the 76 frames of one embedding; fewer give none.</summary>
    public const int MinSamples = 512 + (75 * 160);

    /// <summary>Makes one model of the two.</summary>
    /// <param name="mel">openWakeWord's <c>melspectrogram.onnx</c>: (batch, samples) to (batch, 1, frames, 32).</param>
    /// <param name="embedding">Its <c>embedding_model.onnx</c>: (batch, 76, 32, 1) to (batch, 1, 1, 96).</param>
    /// <param name="samples">The length of the input, at least <see cref="MinSamples"/>; null leaves it free. Default 20,480, which gives 7 windows.</param>
    /// <returns>A model from <see cref="Samples"/> to <see cref="Windows"/>. Rows of a batch are apart: each gives what it gives alone.</returns>
    /// <exception cref="FeatureTransferException">The models are others.</exception>
    public static OnnxModel Join(OnnxModel mel, OnnxModel embedding, int? samples = 20480)
    {
        ArgumentNullException.ThrowIfNull(mel);
        ArgumentNullException.ThrowIfNull(embedding);
        if (samples is { } length)
            ArgumentOutOfRangeException.ThrowIfLessThan(length, MinSamples, nameof(samples));
        return GraphMerger.Append(Frames(mel, samples), Sliding(embedding), Mel, [(Windows, Windows)], prefix: "");
    }

    private static OnnxModel Frames(OnnxModel mel, int? samples)
    {
        if (mel is not { Inputs: [{ Shape.Count: 2 } input], Outputs: [{ Shape: [_, 1, _, 32] } output] })
            throw new FeatureTransferException($"{mel}: expected a log-mel model (batch, samples) -> (batch, 1, frames, 32), openWakeWord's melspectrogram.onnx.");
        var model = new OnnxModel(mel.Proto.Clone(), mel.Name);
        OpsetUpgrade.Apply(model);
        var graph = model.Proto.Graph;
        RowReductions.Apply(graph, rank: 4);
        Rename(graph, input.Name, Samples);
        graph.Input[0] = GraphBuilder.FloatValue(Samples, -1, samples ?? -1);
        if (samples is null)
            graph.Input[0].Type.TensorType.Shape.Dim[1].DimParam = Samples;

        // What openWakeWord does between the two.
        var builder = new GraphBuilder(graph);
        var tenth = builder.Node("Div", builder.Unused($"{Mel}/tenth"), [output.Name, builder.Constant($"{Mel}/ten", [10f])]);
        builder.Node("Add", Mel, [tenth, builder.Constant($"{Mel}/two", [2f])]);
        graph.Output.Clear();
        graph.Output.Add(GraphBuilder.FloatValue(Mel, -1, 1, -1, 32));
        graph.Output[0].Type.TensorType.Shape.Dim[2].DimParam = "frames";
        return model;
    }

    private static OnnxModel Sliding(OnnxModel embedding)
    {
        if (embedding is not { Inputs: [{ Shape: [_, 76, 32, 1] } input], Outputs: [{ Shape: [_, 1, 1, 96] } output] })
            throw new FeatureTransferException($"{embedding}: expected an embedding model (batch, 76, 32, 1) -> (batch, 1, 1, 96), openWakeWord's embedding_model.onnx.");
        var model = new OnnxModel(embedding.Proto.Clone(), embedding.Name);
        OpsetUpgrade.Apply(model);
        var graph = model.Proto.Graph;
        CheckSlides(embedding, graph);
        if (graph.Node is not [{ OpType: "Reshape" } first, .., { OpType: "Reshape" } last] || first.Input[0] != input.Name || last.Output[0] != output.Name)
            throw new FeatureTransferException($"{embedding.Name}: expected a Reshape at its beginning and at its end, as openWakeWord's embedding_model.onnx has.");
        graph.Node.Remove(first);
        graph.Node.Remove(last);
        Rename(graph, first.Output[0], Mel);
        graph.Input.Clear();
        graph.Input.Add(GraphBuilder.FloatValue(Mel, -1, 1, -1, 32));
        AddOutput(graph, last.Input[0]);
        return model;
    }

    // (batch, 96, windows, 1) to (batch, windows, 96).
    private static void AddOutput(GraphProto graph, string tensor)
    {
        var builder = new GraphBuilder(graph);
        var flat = builder.Node("Squeeze", builder.Unused($"{Windows}/flat"), [tensor, builder.Constant($"{Windows}/axis", [3L], 1)]);
        builder.Node("Transpose", Windows, [flat], GraphBuilder.Ints("perm", 0, 2, 1));
        graph.Output.Clear();
        graph.Output.Add(GraphBuilder.FloatValue(Windows, -1, -1, 96));
        graph.Output[0].Type.TensorType.Shape.Dim[1].DimParam = Windows;
    }

    // Padding in time would be seen by a window of its own and not by one inside a recording.
    private static void CheckSlides(OnnxModel embedding, GraphProto graph)
    {
        var padded = graph.Node.FirstOrDefault(node => node.OpType is "Conv" or "MaxPool"
            && (node.Attribute.Any(attribute => attribute.Name == "pads" && (attribute.Ints[0] != 0 || attribute.Ints[2] != 0))
                || node.Attribute.Any(attribute => attribute.Name == "auto_pad" && attribute.S.ToStringUtf8().StartsWith("SAME", StringComparison.Ordinal))));
        if (padded is not null)
            throw new FeatureTransferException($"{embedding.Name}: its layer '{padded.Output[0]}' pads in time, so it cannot slide over a recording. Expected openWakeWord's embedding_model.onnx.");
    }

    private static void Rename(GraphProto graph, string from, string to)
    {
        foreach (var names in graph.Node.Select(node => node.Input))
        {
            for (var i = 0; i < names.Count; i++)
                names[i] = names[i] == from ? to : names[i];
        }
    }
}
