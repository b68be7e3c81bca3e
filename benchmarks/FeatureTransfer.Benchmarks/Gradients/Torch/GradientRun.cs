using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Kernels;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Benchmarks.Gradients.Torch;

/// <summary>Our side: the gradient graph of all parameters of a network, run by ONNX Runtime.</summary>
internal sealed class GradientRun : IDisposable
{
    private const string Logits = "logits";

    private readonly TrainingGraph _graph;
    private readonly SessionOptions _options;
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly Dictionary<string, OrtValue> _fed = new(StringComparer.Ordinal);

    public GradientRun(TorchNetwork network, bool asTrained, int threads)
    {
        var model = network.Model();
        var weights = model.Proto.Graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var (whole, loss, labels) = LossGraph.Append(model, Logits, new LossOptions());
        _graph = GradientGraph.Build(whole, new GradientRequest
        {
            Loss = loss,
            Trainable = [.. network.Index.Gradients.Select(gradient => gradient.Name)],
            Keep = [Logits],
            Rearrange = asTrained,
            UseKernels = asTrained,
        });
        _options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        KernelOperators.AddTo(_options);
        _session = new InferenceSession(_graph.Model.ToBytes(), _options);
        foreach (var input in network.Index.Inputs)
            _fed[input.Name] = network.Value(input);
        _fed[labels] = network.Value(network.Index.Labels);
        foreach (var weight in _graph.Trainable)
            _fed[weight.Name] = OrtValue.CreateTensorValueFromMemory(MemoryMarshal.Cast<byte, float>(weights[weight.Name].RawData.Span).ToArray(), [.. weight.Shape.Select(size => (long)size)]);
    }

    /// <summary>The loss, the scores, then one gradient a parameter in PyTorch's order.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Run() => _session.Run(
        _run, _session.InputNames, [.. _session.InputNames.Select(name => _fed[name])], [_graph.Loss, Logits, .. _graph.Trainable.Select(tensor => tensor.Gradient)]);

    /// <summary>Whether runs one after the other give the same bits.</summary>
    public bool Repeats(int runs) => Enumerable.Range(0, runs).Select(_ => Bits()).Distinct(StringComparer.Ordinal).Count() == 1;

    public void Dispose()
    {
        foreach (var value in _fed.Values)
            value.Dispose();
        _session.Dispose();
        _options.Dispose();
        _run.Dispose();
    }

    private string Bits()
    {
        using var results = Run();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var result in results)
            hash.AppendData(MemoryMarshal.AsBytes(result.GetTensorDataAsSpan<float>()));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
