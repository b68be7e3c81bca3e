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
        var features = FeatureGraph.Build(Prepare(backbone, recipe), layers, pooling);
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

    // Weights that nodes hold become initializers, so that they can be named, trained and updated in place. A size that the graph leaves open
    // becomes the recipe's, for gradients depend on it.
    private static OnnxModel Prepare(OnnxModel backbone, ImageRecipe recipe)
    {
        var prepared = new OnnxModel(backbone.Proto.Clone(), backbone.Name);
        var graph = prepared.Proto.Graph;
        ConstantNodes.ToInitializers(graph);
        if (graph.Input.FirstOrDefault(input => input.Type.TensorType?.Shape?.Dim.Count == 4)?.Type.TensorType.Shape.Dim is not { } sizes)
            return prepared;
        long[] image = recipe.Layout == TensorLayout.Nchw ? [3, recipe.Height, recipe.Width] : [recipe.Height, recipe.Width, 3];
        for (var axis = 1; axis < sizes.Count; axis++)
        {
            if (sizes[axis].DimValue <= 0)
                sizes[axis] = new TensorShapeProto.Types.Dimension { DimValue = image[axis - 1] };
        }

        return prepared;
    }

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
