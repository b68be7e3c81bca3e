namespace FeatureTransfer.FineTuning;

/// <summary>A tensor where the trainable part begins.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="RowShape">Its sizes without the batch.</param>
internal sealed record PartInput(string Name, IReadOnlyList<int> RowShape)
{
    /// <summary>The numbers a row.</summary>
    public int Length { get; } = RowShape.Aggregate(1, (product, size) => checked(product * size));
}

/// <summary>The part of a graph that is run in every step: from where it is cut to the logits.</summary>
/// <param name="Model">The part.</param>
/// <param name="Inputs">Where it begins.</param>
/// <param name="FromImages">Whether it begins at the image, so that there is no frozen part before it.</param>
internal sealed record TuningPart(OnnxModel Model, IReadOnlyList<PartInput> Inputs, bool FromImages)
{
    /// <summary>The numbers a row, over all inputs.</summary>
    public int RowLength => Inputs.Sum(input => input.Length);

    /// <summary>The part that weights need to learn; what comes before it gives the same values in every step.</summary>
    public static TuningPart Of(TuningModel model, IEnumerable<TrainableWeight> weights)
    {
        var graph = model.Model.Proto.Graph;
        var cuts = PartCut.Find(model, weights.Select(weight => weight.Node));
        if (cuts.Contains(model.Image))
            return Whole(model);
        CheckBatch(model, cuts);
        var part = new OnnxModel(model.Model.Proto.Clone(), model.Model.Name);
        foreach (var node in part.Proto.Graph.Node.Where(node => node.Output.Any(cuts.Contains)).ToList())
            part.Proto.Graph.Node.Remove(node);
        part = GraphCutter.Cut(part, [model.Layout.Logits]);
        part.Proto.Graph.Input.Clear();
        var inputs = graph.Node.SelectMany(node => node.Output).Where(cuts.Contains)
            .Select(name => new PartInput(name, [.. model.Shapes[name].Skip(1).Select(size => (int)size)]))
            .ToList();
        part.Proto.Graph.Input.AddRange(inputs.Select(input => GraphBuilder.FloatValue(input.Name, [-1, .. input.RowShape.Select(size => (long)size)])));
        part.Proto.Graph.ValueInfo.Clear();
        return new TuningPart(part, inputs, false);
    }

    /// <summary>The whole graph, for images that are other ones in each epoch.</summary>
    public static TuningPart Whole(TuningModel model)
    {
        var part = GraphCutter.Cut(model.Model, [model.Layout.Logits]);
        part.Proto.Graph.ValueInfo.Clear();
        return new TuningPart(part, [new PartInput(model.Image, [.. model.Shapes[model.Image].Skip(1).Select(size => (int)size)])], true);
    }

    private static void CheckBatch(TuningModel model, IReadOnlySet<string> cuts)
    {
        if (model.FeatureModel.HasFixedBatch && !cuts.SetEquals([model.Layout.Features]))
            throw new FeatureTransferException($"{model.Model.Name}: takes one image at a time, and its batch cannot be freed, so only a head can learn on it. Export it with a free batch, or name nothing that is to be trained.");
    }

    /// <summary>The frozen part: from the image to where this part begins, as one vector a row.</summary>
    public OnnxModel Trunk(TuningModel model) => Inputs is [var only] && only.Name == model.Layout.Features
        ? model.FeatureModel
        : FeatureGraph.Build(model.FeatureModel, [.. Inputs.Select(input => input.Name)], Pooling.Flatten);
}
