using FeatureTransfer.Onnx.Gradients.Layouts;
using FeatureTransfer.Onnx.Kernels;

namespace FeatureTransfer.Onnx.Gradients;

/// <summary>
/// Writes the backward pass of a model as a graph of standard operators: reverse-mode automatic differentiation
/// (Griewank and Walther 2008, "Evaluating Derivatives"), from ONNX to ONNX.
/// </summary>
public static class GradientGraph
{
    /// <summary>Adds to a model with a loss the gradients of everything that is to learn.</summary>
    /// <param name="model">The forward graph with the loss among its tensors; it is left as it is.</param>
    /// <param name="request">The loss, what learns, and what else to put out.</param>
    /// <returns>
    /// A graph whose inputs are the model's plus one per trainable initializer, and whose outputs are the loss, the kept tensors and
    /// <c>grad/NAME</c> per trainable tensor, in this order; then the batch's statistics where they were asked for.
    /// </returns>
    /// <exception cref="FeatureTransferException">
    /// A name is not in the model, the loss is not one number, or an operator between loss and weights has no gradient; the message
    /// names the node and the layer from which training works.
    /// </exception>
    public static TrainingGraph Build(OnnxModel model, GradientRequest request)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        var forward = ForwardGraph.Prepare(model, request);
        var statistics = request.BatchStatistics ? BatchStatistics.Apply(forward.Proto.Graph, request.Trainable) : [];
        var kept = request.GradientFactors.Keys.ToHashSet(StringComparer.Ordinal);
        if (request.Rearrange)
        {
            FoldedPadding.Apply(forward.Proto.Graph, kept);
            FoldedNormalization.Apply(forward.Proto.Graph, kept);
        }

        var tensors = TensorTable.Measure(forward);
        Check(forward, request, tensors);
        var path = TrainablePath.Find(forward.Proto.Graph, request.Trainable, request.Loss, tensors);
        if (request.Rearrange && ChannelsFirst.Apply(forward.Proto, tensors, path.Except(kept).ToHashSet(StringComparer.Ordinal), request.UseKernels))
        {
            tensors = TensorTable.Measure(forward);
            path = TrainablePath.Find(forward.Proto.Graph, request.Trainable, request.Loss, tensors);
        }

        var emitter = new BackwardEmitter(forward, tensors);
        var flow = new GradientFlow(emitter, path);
        flow.Add(request.Loss, One(emitter, tensors[request.Loss]));
        Walk(forward, path, emitter, flow, request);
        return Finish(forward, request, emitter, flow, statistics);
    }

    private static void Check(OnnxModel model, GradientRequest request, TensorTable tensors)
    {
        if (tensors[request.Loss] is not { First: { } sizes } facts || TensorValues.Count(sizes) != 1 || !TensorValues.IsFloating(facts.Type))
            throw GradientFaults.NotANumber(model.Name, request.Loss);
        if (request.Trainable.FirstOrDefault(name => !TensorValues.IsFloating(tensors[name].Type)) is { } wrong)
            throw GradientFaults.NotTrainable(model.Name, wrong);
    }

    private static string One(BackwardEmitter emitter, TensorFacts loss) =>
        emitter.Constant(TensorValues.Floats(loss.Type, [1f], loss.First));

    private static void Walk(OnnxModel model, IReadOnlySet<string> path, BackwardEmitter emitter, GradientFlow flow, GradientRequest request)
    {
        foreach (var node in model.Proto.Graph.Node.Reverse().ToList())
        {
            if (!node.Output.Any(path.Contains) || !node.Output.Any(output => flow.Gradient(output) is not null))
                continue;
            if (node.Domain is not ("" or "ai.onnx" or KernelOperators.Domain) || !OperatorGradients.ByName.TryGetValue(node.OpType, out var gradient))
                throw GradientFaults.Unsupported(model.Name, node, "its gradient is not known");
            if (Passes(node, flow, request))
                gradient.Build(new GradientContext(emitter, flow, node, request));
        }
    }

    private static bool Passes(NodeProto node, GradientFlow flow, GradientRequest request)
    {
        foreach (var output in node.Output.Where(request.GradientFactors.ContainsKey))
        {
            if (request.GradientFactors[output] is not { } factor)
                return false;
            flow.Multiply(output, factor);
        }

        return true;
    }

    private static TrainingGraph Finish(OnnxModel model, GradientRequest request, BackwardEmitter emitter, GradientFlow flow, IReadOnlyList<BatchStatistic> statistics)
    {
        var graph = model.Proto.Graph;
        var trainable = request.Trainable.Select(name => AddGradient(model, name, request.Loss, emitter, flow)).ToList();
        string[] outputs =
        [
            .. request.Keep.Prepend(request.Loss).Distinct(),
            .. trainable.Select(tensor => tensor.Gradient),
            .. statistics.SelectMany(statistic => new[] { statistic.BatchMean, statistic.BatchVariance }),
        ];
        graph.Output.Clear();
        graph.Output.AddRange(outputs.Select(name => Output(name, trainable, emitter)));
        ConstantFolding.Apply(model);
        DeadNodes.Remove(graph);
        RunningOrder.Arrange(graph, trainable.Select(tensor => tensor.Gradient).ToHashSet(StringComparer.Ordinal));
        KernelShapes.Note(graph, emitter.Tensors);
        return new TrainingGraph(model, request.Loss, trainable) { Statistics = statistics };
    }

    private static TrainableTensor AddGradient(OnnxModel model, string name, string loss, BackwardEmitter emitter, GradientFlow flow)
    {
        var gradient = flow.Gradient(name) ?? throw GradientFaults.NoInfluence(model.Name, name, loss);
        var output = emitter.Unused($"grad/{name}");
        model.Proto.Graph.Node.Add(new NodeProto { OpType = "Identity", Name = output, Input = { gradient }, Output = { output } });
        return new TrainableTensor(name, output, [.. emitter.Tensors[name].First!.Select(size => checked((int)size))]);
    }

    private static ValueInfoProto Output(string name, List<TrainableTensor> trainable, BackwardEmitter emitter)
    {
        if (trainable.Find(tensor => tensor.Gradient == name) is { } gradient)
            return ForwardGraph.Value(name, emitter.Tensors[gradient.Name].Type, [.. gradient.Shape.Select(size => (long)size)]);
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)emitter.Tensors[name].Type } },
        };
    }
}
