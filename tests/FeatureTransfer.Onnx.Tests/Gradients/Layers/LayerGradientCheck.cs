using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Kernels;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Compares the gradients of a layer with central differences of its output, summed in double precision.</summary>
internal static class LayerGradientCheck
{
    public static void Check(LayerCase layer)
    {
        using var forward = new InferenceSession(layer.Forward().ToBytes());
        var values = layer.Values();
        var (output, shape) = Run(forward, values);
        var random = new Random(3);
        var weights = output.Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray();
        var plain = Gradients(layer, values, weights, shape, rearrange: false);
        var rearranged = Gradients(layer, values, weights, shape, rearrange: true);
        var kernels = Gradients(layer, values, weights, shape, rearrange: true, useKernels: true);
        Assert.Multiple(() =>
        {
            foreach (var name in layer.Learning)
            {
                var expected = Differences(forward, values, name, weights, layer.Step);
                Assert.That(Tensors.RelativeDistance(plain[name], expected), Is.LessThan(1e-3), $"{layer}: {name}");
                Assert.That(Tensors.RelativeDistance(rearranged[name], expected), Is.LessThan(1e-3), $"{layer}, rearranged: {name}");
                Assert.That(Tensors.RelativeDistance(kernels[name], expected), Is.LessThan(1e-3), $"{layer}, with operators of our own: {name}");
            }
        });
    }

    private static Dictionary<string, float[]> Gradients(LayerCase layer, Dictionary<string, (float[] Values, long[] Shape)> values, float[] weights, long[] shape, bool rearrange, bool useKernels = false)
    {
        var training = GradientGraph.Build(layer.WithLoss(shape), new GradientRequest { Loss = "loss", Trainable = layer.Learning, Rearrange = rearrange, UseKernels = useKernels });
        using var options = OnnxRuntimeLibrary.NewOptions();
        KernelOperators.AddTo(options);
        using var session = new InferenceSession(training.Model.ToBytes(), options);
        var fed = new Dictionary<string, (float[] Values, long[] Shape)>(values) { ["r"] = (weights, shape) };
        using var results = RunAll(session, fed, [.. training.Trainable.Select(tensor => tensor.Gradient)]);
        Assert.That(results.Select(result => result.GetTensorTypeAndShape().Shape), Is.EqualTo(training.Trainable.Select(tensor => values[tensor.Name].Shape)), $"{layer}: shapes");
        return training.Trainable.Zip(results).ToDictionary(pair => pair.First.Name, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
    }

    private static float[] Differences(InferenceSession session, Dictionary<string, (float[] Values, long[] Shape)> values, string name, float[] weights, float step)
    {
        var (point, shape) = values[name];
        var moved = new Dictionary<string, (float[] Values, long[] Shape)>(values);
        return [.. Enumerable.Range(0, point.Length).Select(i => (float)((Loss(i, step) - Loss(i, -step)) / (2 * step)))];

        double Loss(int i, float by)
        {
            var copy = point.ToArray();
            copy[i] += by;
            moved[name] = (copy, shape);
            return Run(session, moved).Output.Zip(weights, (value, weight) => (double)value * weight).Sum();
        }
    }

    private static (float[] Output, long[] Shape) Run(InferenceSession session, Dictionary<string, (float[] Values, long[] Shape)> values)
    {
        using var results = RunAll(session, values, ["y"]);
        return (results[0].GetTensorDataAsSpan<float>().ToArray(), results[0].GetTensorTypeAndShape().Shape);
    }

    private static IDisposableReadOnlyCollection<OrtValue> RunAll(
        InferenceSession session, Dictionary<string, (float[] Values, long[] Shape)> values, string[] outputs)
    {
        var names = session.InputMetadata.Keys.ToList();
        var fed = names.ConvertAll(name => OrtValue.CreateTensorValueFromMemory(values[name].Values, values[name].Shape));
        try
        {
            using var options = new RunOptions();
            return session.Run(options, names, fed, outputs);
        }
        finally
        {
            fed.ForEach(value => value.Dispose());
        }
    }
}
