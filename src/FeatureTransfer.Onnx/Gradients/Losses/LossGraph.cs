using FeatureTransfer.Onnx.Opsets;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>Appends a loss to a model, as a part of its graph.</summary>
public static class LossGraph
{
    /// <summary>Adds an input for the labels and the nodes that compare the scores with them.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="logits">The tensor of scores, before any softmax or sigmoid: (batch, classes), or any shape where no softmax is taken.</param>
    /// <param name="options">Which loss, and how.</param>
    /// <returns>
    /// The model with the loss as its last output, the name of the loss, a single number, and the name of the labels' input, which has the
    /// shape of the scores: probabilities of the classes, 0 or 1 per score, or numbers.
    /// </returns>
    /// <exception cref="FeatureTransferException">There is no such tensor, its shape does not fit, or an option makes no sense.</exception>
    public static (OnnxModel Model, string Loss, string LabelsInput) Append(OnnxModel model, string logits, LossOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var whole = new OnnxModel(model.Proto.Clone(), model.Name);
        if (!whole.Proto.Graph.Node.Any(node => node.Output.Contains(logits)))
            throw GradientFaults.NoSuchTensor(model.Name, "layer", logits, whole.TensorNames);
        OpsetUpgrade.Apply(whole);
        var facts = TensorTable.Measure(whole)[logits];
        var classes = Classes(whole, logits, facts, options);

        var builder = new GraphBuilder(whole.Proto.Graph);
        var labels = builder.Unused("labels");
        whole.Proto.Graph.Input.Add(LabelsLike(labels, facts, FreeName(whole)));
        var writer = new LossWriter(builder, facts.Type);
        var loss = options.Kind switch
        {
            LossKind.BinaryCrossEntropy => BinaryCrossEntropy.Write(writer, logits, labels, options),
            LossKind.MeanSquaredError => MeanSquaredError.Write(writer, logits, labels),
            _ => SoftmaxCrossEntropy.Write(writer, logits, labels, classes, options),
        };
        whole.Proto.Graph.Output.Add(new ValueInfoProto
        {
            Name = loss,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)facts.Type, Shape = new TensorShapeProto() } },
        });
        return (whole, loss, labels);
    }

    private static long Classes(OnnxModel model, string logits, TensorFacts facts, LossOptions options)
    {
        if (facts.First is null || !TensorValues.IsFloating(facts.Type))
            throw new FeatureTransferException($"{model.Name}: the shape of '{logits}' cannot be told before the graph runs. Choose a layer of scores (batch, classes).");
        var softmax = options.Kind is LossKind.SoftmaxCrossEntropy or LossKind.Focal;
        var count = facts.Shape is [_, .., { } last] ? last : 0;
        if (softmax && count < 2)
            throw new FeatureTransferException($"{model.Name}: a softmax needs scores (batch, classes) of two classes or more, but '{logits}' has {Show(facts)}.");
        if (options.ClassWeights is { } weights && weights.Count != count)
            throw new FeatureTransferException($"{model.Name}: there are {weights.Count} class weights, but '{logits}' has {Show(facts)}. Expected one per class.");
        return count;
    }

    private static string Show(TensorFacts facts) => $"the shape ({string.Join(", ", facts.Shape!.Select(size => size?.ToString(CultureInfo.InvariantCulture) ?? "?"))})";

    // The rows of the labels are those of the model's own inputs.
    private static string FreeName(OnnxModel model) => model.Proto.Graph.Input
        .Select(input => input.Type?.TensorType?.Shape?.Dim is [var rows, ..] ? rows.DimParam : "")
        .FirstOrDefault(name => name.Length > 0) ?? "batch";

    private static ValueInfoProto LabelsLike(string name, TensorFacts facts, string rows)
    {
        var value = ForwardGraph.Value(name, facts.Type, facts.First!);
        for (var axis = 0; axis < facts.Shape!.Length; axis++)
        {
            if (facts.Shape[axis] is null)
                value.Type.TensorType.Shape.Dim[axis] = new TensorShapeProto.Types.Dimension { DimParam = axis == 0 ? rows : $"{name}_{axis}" };
        }

        return value;
    }
}
