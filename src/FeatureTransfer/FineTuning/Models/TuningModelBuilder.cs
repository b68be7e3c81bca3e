using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Images;
using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;

namespace FeatureTransfer.FineTuning;

/// <summary>Makes the graph that is trained: a backbone with a new head, or one that was trained before.</summary>
internal static class TuningModelBuilder
{
    /// <summary>A backbone with a new head.</summary>
    /// <param name="backbone">The backbone; it is left as it is.</param>
    /// <param name="layers">The tensors that the head reads.</param>
    /// <param name="pooling">How each becomes a vector.</param>
    /// <param name="preparation">How inputs become tensors.</param>
    /// <param name="options">The head and the seed.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="outputs">The outputs a row.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="feeds">The backbone's own inputs, where it takes tokens; the graph that is trained takes them packed.</param>
    public static TuningModel Create(
        OnnxModel backbone, IReadOnlyList<string> layers, Pooling pooling, FixedPreparation preparation, FineTuneOptions options, FineTuneTask task, int outputs, IReadOnlyList<string> labels, GraphFeeds? feeds = null)
    {
        backbone = feeds is null ? FreeSize.Apply(backbone, preparation.RowShape, layers) : PackedInput.Pack(backbone, feeds, preparation.RowShape);
        var features = FeatureGraph.Build(Prepare(backbone, preparation), layers, pooling, feeds is null ? null : PackedInput.Feeds(feeds));
        var shapes = Shapes(features, preparation);
        var name = features.Proto.Graph.Output[0].Name;
        var length = shapes[name] is [_, > 0 and var size]
            ? (int)size
            : throw new FeatureTransferException($"{backbone.Name}: the features have the shape ({string.Join(", ", shapes[name])}), and a head reads vectors (batch, features). Choose another pooling than 'none'.");
        var whole = new OnnxModel(features.Proto.Clone(), backbone.Name);
        var layout = new HeadBuilder(new GraphBuilder(whole.Proto.Graph), options.Head, options.Seed).Build(name, length, outputs, task, labels);
        return Finish(whole, layout, features, shapes);
    }

    /// <summary>A model that was trained before, with a head for these classes.</summary>
    /// <param name="saved">The model; it is left as it is.</param>
    /// <param name="preparation">How inputs become tensors.</param>
    /// <param name="task">What is to be learned now.</param>
    /// <param name="labels">The classes now: those that the model knows keep their weights, the others begin at 0.</param>
    /// <param name="feeds">The model's own inputs, where it takes tokens.</param>
    public static TuningModel Continue(OnnxModel saved, FixedPreparation preparation, FineTuneTask task, IReadOnlyList<string> labels, GraphFeeds? feeds = null)
    {
        if (feeds is not null)
            saved = PackedInput.Pack(saved, feeds, preparation.RowShape);
        var layout = TuningLayout.Of(saved) ?? throw new FeatureTransferException($"{saved.Name}: was not saved by fine-tuning, so its head is not known. Name it as the backbone instead of continuing it.");
        if (layout.Task != task)
            throw new FeatureTransferException($"{saved.Name}: learned {layout.Task}, and now {task} is to be learned. Name it as the backbone instead of continuing it.");
        var whole = new OnnxModel(saved.Proto.Clone(), saved.Name);
        if (task is FineTuneTask.Multiclass or FineTuneTask.MultiLabel)
        {
            HeadExtension.Apply(whole.Proto.Graph, layout, labels);
            layout = layout with { Labels = labels };
        }

        var features = GraphCutter.Cut(whole, [layout.Features]);
        return Finish(whole, layout, features, Shapes(features, preparation));
    }

    // Weights that nodes hold become initializers, so that they can be named, trained and updated in place. A size that the graph leaves open
    // becomes the preparation's, for gradients depend on it.
    private static OnnxModel Prepare(OnnxModel backbone, FixedPreparation preparation)
    {
        var prepared = new OnnxModel(backbone.Proto.Clone(), backbone.Name);
        var graph = prepared.Proto.Graph;
        ConstantNodes.ToInitializers(graph);
        if (graph.Input.FirstOrDefault(input => input.Type.TensorType?.Shape?.Dim.Count == preparation.RowShape.Length + 1)?.Type.TensorType.Shape.Dim is not { } sizes)
            return prepared;
        var row = preparation.RowShape;
        for (var axis = 1; axis < sizes.Count; axis++)
        {
            if (sizes[axis].DimValue <= 0)
                sizes[axis] = new TensorShapeProto.Types.Dimension { DimValue = row[axis - 1] };
        }

        return prepared;
    }

    private static IReadOnlyDictionary<string, long[]> Shapes(OnnxModel model, FixedPreparation preparation) =>
        preparation is ImagePreparation { Preprocessing: var image } ? TensorShapes.Measure(model, image.Height, image.Width) : TensorShapes.Measure(model, 1, 1);

    private static TuningModel Finish(OnnxModel whole, TuningLayout layout, OnnxModel features, IReadOnlyDictionary<string, long[]> shapes)
    {
        var model = new TuningModel(whole, features, layout, shapes, FloatTensors.Of(features));
        whole.Proto.Graph.Output.Clear();

        // ML.NET's ApplyOnnxModel runs no graph whose outputs have no shape.
        whole.Proto.Graph.Output.Add(GraphBuilder.FloatValue(layout.Scores, -1, model.Outputs));
        layout.WriteTo(whole.Proto);
        return model;
    }
}
