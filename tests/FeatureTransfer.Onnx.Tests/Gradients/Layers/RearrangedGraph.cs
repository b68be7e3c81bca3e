using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>A small network over images x with free rows, whose loss and gradients must be the same however it is rearranged.</summary>
internal sealed class RearrangedGraph
{
    private const int Batch = 2;

    private readonly Dictionary<string, int[]> _shapes = [];
    private readonly List<string> _learning = [];

    public RearrangedGraph(params int[] image)
    {
        Builder.Graph.Input.Add(GraphBuilder.FloatValue("x", [-1, .. image.Select(size => (long)size)]));
        _shapes["x"] = [Batch, .. image];
    }

    /// <summary>The network so far.</summary>
    public GraphBuilder Builder { get; } = new("rearranged");

    /// <summary>The operator set. Default 18.</summary>
    public int Opset { get; init; } = 18;

    /// <summary>Adds weights that learn.</summary>
    public string Weight(string name, params int[] shape)
    {
        _shapes[name] = shape;
        _learning.Add(name);
        return Builder.Constant(name, Numbers(name), [.. shape.Select(size => (long)size)]);
    }

    /// <summary>Adds a convolution whose weights learn.</summary>
    public string Conv(string output, string input, int[] weights, bool bias = true, params AttributeProto[] attributes)
    {
        string[] inputs = bias ? [input, Weight($"{output}/w", weights), Weight($"{output}/b", weights[0])] : [input, Weight($"{output}/w", weights)];
        return Builder.Node("Conv", output, inputs, attributes);
    }

    /// <summary>Adds a batch normalization of so many channels with stored statistics.</summary>
    public string Normalization(string output, string input, int channels, params AttributeProto[] attributes)
    {
        var mean = Builder.Constant($"{output}/mean", Numbers($"{output}/mean", channels), channels);
        var variance = Builder.Constant($"{output}/variance", [.. Numbers($"{output}/variance", channels).Select(number => number + 1.5f)], channels);
        return Builder.Node("BatchNormalization", output, [input, Weight($"{output}/scale", channels), Weight($"{output}/offset", channels), mean, variance], attributes);
    }

    /// <summary>The operators of the rearranged graph in front of the loss, after it was held against the graph as it was.</summary>
    public List<string> Check(string output, bool useKernels = false, params string[] keep)
    {
        var plain = Build(output, rearrange: false, useKernels: false, keep);
        var rearranged = Build(output, rearrange: true, useKernels, keep);
        var (expected, actual) = (Run(plain), Run(rearranged));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys));
            foreach (var (name, values) in expected)
                Assert.That(Tensors.RelativeDistance(actual[name], values), Is.LessThan(1e-4), name);
        }

        return [.. rearranged.Model.Proto.Graph.Node.TakeWhile(node => !node.Output.Contains("loss")).Select(node => node.OpType)];
    }

    private TrainingGraph Build(string output, bool rearrange, bool useKernels, string[] keep)
    {
        var graph = Builder.Graph.Clone();
        var builder = new GraphBuilder(graph);
        builder.Node("ReduceSumSquare", "loss", [output], GraphBuilder.Int("keepdims", 0));
        var model = new OnnxModel(new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = Opset } } }, "rearranged");
        return GradientGraph.Build(model, new GradientRequest { Loss = "loss", Trainable = _learning, Keep = keep, Rearrange = rearrange, UseKernels = useKernels });
    }

    private Dictionary<string, float[]> Run(TrainingGraph training)
    {
        using var options = OnnxRuntimeLibrary.NewOptions();
        options.IntraOpNumThreads = 1;
        KernelOperators.AddTo(options);
        using var session = new InferenceSession(training.Model.ToBytes(), options);
        var values = session.InputNames.Select(name => OrtValue.CreateTensorValueFromMemory(Numbers(name), [.. _shapes[name].Select(size => (long)size)])).ToList();
        using var run = new RunOptions();
        using var results = session.Run(run, session.InputNames, values, session.OutputNames);
        values.ForEach(value => value.Dispose());
        return session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
    }

    private float[] Numbers(string name) => Numbers(name, _shapes[name].Aggregate((product, size) => product * size));

    private static float[] Numbers(string name, int count)
    {
        var random = new Random(name.Sum(letter => letter));
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }
}
