using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Kernels;

/// <summary>A graph's loss and gradients with operators of our own and without.</summary>
internal static class TrainedGraph
{
    /// <summary>Builds the gradients of the tensor <c>loss</c>, runs them on two threads, and checks that each has the shape of what it is the gradient of.</summary>
    /// <param name="graph">The forward pass.</param>
    /// <param name="trainable">What learns.</param>
    /// <param name="useKernels">Whether with operators of our own.</param>
    /// <param name="feed">The values and the shape of an input or of what learns, by its name.</param>
    /// <param name="rearrange">Whether the way forward may change.</param>
    /// <param name="factors">What gradients are multiplied by on their way.</param>
    public static (Dictionary<string, float[]> Results, List<string> Operators) Run(
        GraphProto graph, string[] trainable, bool useKernels, Func<string, (float[] Values, long[] Shape)> feed, bool rearrange = true,
        IReadOnlyDictionary<string, string?>? factors = null)
    {
        var training = Build(graph, trainable, useKernels, rearrange, factors);
        using var options = OnnxRuntimeLibrary.NewOptions();
        options.IntraOpNumThreads = 2;
        KernelOperators.AddTo(options);
        using var session = new InferenceSession(training.Model.ToBytes(), options);
        var values = session.InputNames.Select(name => OrtValue.CreateTensorValueFromMemory(feed(name).Values, feed(name).Shape)).ToList();
        using var run = new RunOptions();
        using var results = session.Run(run, session.InputNames, values, session.OutputNames);
        values.ForEach(value => value.Dispose());
        Assert.That(results.Skip(1).Select(result => result.GetTensorTypeAndShape().Shape), Is.EqualTo(training.Trainable.Select(tensor => feed(tensor.Name).Shape)));
        return (
            session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray()),
            [.. training.Model.Proto.Graph.Node.Select(node => node.OpType)]);
    }

    /// <summary>Builds the gradients of the tensor <c>loss</c>.</summary>
    public static TrainingGraph Build(GraphProto graph, string[] trainable, bool useKernels, bool rearrange = true, IReadOnlyDictionary<string, string?>? factors = null)
    {
        graph.Output.Add(new ValueInfoProto { Name = "loss" });
        var model = new OnnxModel(new ModelProto { IrVersion = 9, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 18 } } }, "graph");
        var request = new GradientRequest { Loss = "loss", Trainable = trainable, UseKernels = useKernels, Rearrange = rearrange };
        return GradientGraph.Build(model, factors is null ? request : request with { GradientFactors = factors });
    }
}
