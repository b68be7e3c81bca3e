using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>A whole network under test: a loss behind one of its layers, gradients of everything in front of it.</summary>
internal sealed class DifferentiatedNetwork : IDisposable
{
    private readonly InferenceSession _session;
    private readonly Dictionary<string, (float[] Values, long[] Shape)> _fed;

    /// <summary>Puts a weighted sum of a tensor behind a model and differentiates it by these weights.</summary>
    public DifferentiatedNetwork(OnnxModel model, string tensor, int rows, bool rearrange = true)
    {
        var cut = FreeBatch.Apply(GraphCutter.Cut(model, [tensor]));
        Trainable = [.. Weights(cut).Select(weight => weight.Name)];
        Values = Weights(cut).ToDictionary(weight => weight.Name, weight => (TensorValues.Floats(weight)!, weight.Dims.ToArray()));
        Graph = GradientGraph.Build(WithLoss(cut, tensor), new GradientRequest { Loss = "loss", Trainable = Trainable, Rearrange = rearrange });
        _session = new InferenceSession(Graph.Model.ToBytes());
        _fed = new(Values) { [cut.Inputs[0].Name] = Images(cut.Inputs[0], rows) };
    }

    public IReadOnlyList<string> Trainable { get; }

    public TrainingGraph Graph { get; }

    /// <summary>The weights as the model has them.</summary>
    public IReadOnlyDictionary<string, (float[] Values, long[] Shape)> Values { get; }

    /// <summary>The loss and the gradients at these weights.</summary>
    public (double Loss, Dictionary<string, float[]> Gradients) Run(IReadOnlyDictionary<string, (float[] Values, long[] Shape)> weights)
    {
        var names = _session.InputMetadata.Keys.ToList();
        var values = names.ConvertAll(name =>
        {
            var (numbers, shape) = weights.TryGetValue(name, out var weight) ? weight : _fed[name];
            return OrtValue.CreateTensorValueFromMemory(numbers, shape);
        });
        try
        {
            string[] outputs = [Graph.Loss, .. Graph.Trainable.Select(tensor => tensor.Gradient)];
            using var options = new RunOptions();
            using var results = _session.Run(options, names, values, outputs);
            return (
                results[0].GetTensorDataAsSpan<float>()[0],
                Graph.Trainable.Zip(results.Skip(1)).ToDictionary(pair => pair.First.Name, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray()));
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    public void Dispose() => _session.Dispose();

    // Floating point initializers with more than one element; those of a shape or of a clip are none.
    private static IEnumerable<TensorProto> Weights(OnnxModel model) =>
        model.Proto.Graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float && TensorValues.Count(tensor.Dims) > 1);

    private static OnnxModel WithLoss(OnnxModel model, string tensor)
    {
        var proto = model.Proto.Clone();
        proto.Graph.Output.Clear();
        var builder = new GraphBuilder(proto.Graph);
        builder.Node("Mul", "squared", [tensor, tensor]);
        builder.Node("ReduceMean", "loss", ["squared"], GraphBuilder.Int("keepdims", 0));
        proto.Graph.Output.Add(new ValueInfoProto { Name = "loss" });
        return new OnnxModel(proto, model.Name);
    }

    private static (float[] Values, long[] Shape) Images(TensorInfo input, int rows)
    {
        var shape = input.Shape.Select((size, axis) => axis == 0 ? rows : size ?? 224).ToArray();
        var random = new Random(2);
        return ([.. Enumerable.Range(0, (int)TensorValues.Count(shape)).Select(_ => (float)random.NextDouble())], shape);
    }
}
