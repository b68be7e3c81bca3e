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
    /// <param name="recipe">The images' size.</param>
    /// <param name="options">The head and the seed.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="outputs">The outputs a row.</param>
    /// <param name="labels">The classes.</param>
    public static TuningModel Create(
        OnnxModel backbone, IReadOnlyList<string> layers, Pooling pooling, ImageRecipe recipe, FineTuneOptions options, FineTuneTask task, int outputs, IReadOnlyList<string> labels)
    {
        var features = FeatureGraph.Build(Prepare(backbone), layers, pooling);
        var shapes = TensorShapes.Measure(features, recipe.Height, recipe.Width);
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
    /// <param name="recipe">The images' size.</param>
    /// <param name="task">What is to be learned now.</param>
    /// <param name="labels">The classes now: those that the model knows keep their weights, the others begin at 0.</param>
    public static TuningModel Continue(OnnxModel saved, ImageRecipe recipe, FineTuneTask task, IReadOnlyList<string> labels)
    {
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
        return Finish(whole, layout, features, TensorShapes.Measure(features, recipe.Height, recipe.Width));
    }

    // Weights that nodes hold become initializers, so that they can be named, trained and updated in place.
    private static OnnxModel Prepare(OnnxModel backbone)
    {
        var prepared = new OnnxModel(backbone.Proto.Clone(), backbone.Name);
        ConstantNodes.ToInitializers(prepared.Proto.Graph);
        return prepared;
    }

    private static TuningModel Finish(OnnxModel whole, TuningLayout layout, OnnxModel features, IReadOnlyDictionary<string, long[]> shapes)
    {
        var graph = whole.Proto.Graph;
        graph.Output.Clear();
        graph.Output.Add(new ValueInfoProto
        {
            Name = layout.Scores,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } },
        });
        layout.WriteTo(whole.Proto);
        return new TuningModel(whole, features, layout, shapes, FloatTensors.Of(features));
    }
}
