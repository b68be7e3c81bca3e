using System.Diagnostics;
using System.Numerics.Tensors;
using FeatureTransfer.Devices;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Fusion;
using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Kernels;
using FeatureTransfer.Onnx.Memory;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Benchmarks.Gradients;

/// <summary>A training step of a network of the catalogue on ONNX Runtime: the end of it, or all, and a linear head learn by SGD with momentum.</summary>
internal sealed class NetworkStep : IDisposable
{
    private const float Rate = 0.001f;
    private const float Momentum = 0.9f;

    private readonly SessionOptions _options;
    private readonly InferenceSession? _frozen;
    private readonly InferenceSession _learning;
    private readonly RunOptions _run = new();
    private readonly TrainingGraph _graph;
    private readonly Dictionary<string, OrtValue> _fed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (float[] Values, float[] Velocity)> _weights = new(StringComparer.Ordinal);
    private readonly string? _seam;

    public NetworkStep(BenchmarkedNetwork network, int batch, int classes, int threads, Device device, bool profile = false, bool plain = false)
    {
        var model = network.Load();
        _graph = GradientGraph.Build(LearningPart.Of(model, network, classes), LearningPart.Request with { UseKernels = device.Kind == DeviceKind.Cpu && !plain });
        _options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };

        // Two sessions take turns: threads of the one that spin for work would take the cores from the other.
        _options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (device.Kind != DeviceKind.Cpu)
            ExecutionProvider.Of(device.Kind).AppendTo(_options, device.Index);
        _options.EnableMemoryPattern = false;
        if (device.Kind == DeviceKind.Cpu)
        {
            TrainingMemory.AddTo(_options);
            KernelOperators.AddTo(_options);
        }

        _frozen = network.Seam is null ? null : new InferenceSession(Frozen(GraphCutter.Cut(model, [network.Seam]), device, plain).ToBytes(), _options);
        if (profile)
        {
            _options.EnableProfiling = true;
            _options.ProfileOutputPathPrefix = Path.Combine(Path.GetTempPath(), "ft-step");
        }

        _learning = new InferenceSession(_graph.Model.ToBytes(), _options);
        _seam = network.Seam;
        foreach (var input in model.Inputs)
            _fed[input.Name] = BenchmarkInputs.Of(network, input, batch);
        _fed[LearningPart.Labels] = BenchmarkInputs.Labels(batch, classes);
        if (_seam is not null)
            _fed[_seam] = Features();
        foreach (var weight in _graph.Trainable)
            Add(weight, LearningPart.Initial(model, weight));
    }

    // As fine-tuning opens it.
    private static OnnxModel Frozen(OnnxModel trunk, Device device, bool plain) => device.Kind == DeviceKind.Cpu && !plain ? GraphFusion.TryApply(trunk) ?? trunk : trunk;

    /// <summary>The forward pass of what is frozen.</summary>
    public OrtValue? Trunk() => _frozen?.Run(_run, _frozen.InputNames, [.. _frozen.InputNames.Select(name => _fed[name])], _frozen.OutputNames)[0];

    /// <summary>Forward and back through what learns, and the update; returns the loss.</summary>
    public float Learn(OrtValue? features = null)
    {
        var names = _learning.InputNames;
        var values = names.Select(name => name == _seam && features is not null ? features : _fed[name]).ToList();
        using var results = _learning.Run(_run, names, values, _learning.OutputNames);
        for (var i = 0; i < _graph.Trainable.Count; i++)
        {
            var (weights, velocity) = _weights[_graph.Trainable[i].Name];
            TensorPrimitives.MultiplyAdd(velocity, Momentum, results[i + 1].GetTensorDataAsSpan<float>(), velocity);
            TensorPrimitives.MultiplyAdd(velocity, -Rate, weights, weights);
        }

        return results[0].GetTensorDataAsSpan<float>()[0];
    }

    /// <summary>The forward pass of what is frozen, then the step of what learns.</summary>
    public void Whole()
    {
        using var features = Trunk();
        Learn(features);
    }

    /// <summary>Medians of many steps. What is computed comes back from the device, as it does in training.</summary>
    public StepTimes Measure(int steps) => new(
        "FeatureTransfer",
        Median(() => Trunk()?.Dispose(), Math.Max(3, steps / 4)),
        Median(() => Learn(), steps),
        Median(Whole, Math.Max(3, steps / 4)));

    /// <summary>Ends profiling and returns the file.</summary>
    public string EndProfiling() => _learning.EndProfiling();

    public void Dispose()
    {
        foreach (var value in _fed.Values)
            value.Dispose();
        _learning.Dispose();
        _frozen?.Dispose();
        _options.Dispose();
        _run.Dispose();
    }

    internal static double Median(Action work, int count)
    {
        work();
        work();
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[count / 2];
    }

    private OrtValue Features()
    {
        using var features = Trunk()!;
        return OrtValue.CreateTensorValueFromMemory(features.GetTensorDataAsSpan<float>().ToArray(), features.GetTensorTypeAndShape().Shape);
    }

    private void Add(TrainableTensor tensor, float[] values)
    {
        _weights[tensor.Name] = (values, new float[values.Length]);
        _fed[tensor.Name] = OrtValue.CreateTensorValueFromMemory(values, [.. tensor.Shape.Select(size => (long)size)]);
    }
}
