using System.Text.Json.Serialization;
using FeatureTransfer.Devices;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Cascades;

/// <summary>A graph of one float input as a stage; without rows it is not run.</summary>
public sealed class OnnxStage : CascadeStage, IDisposable
{
    private readonly Lazy<InferenceSession> _session;

    /// <summary>Takes a graph; it is opened when it is first run.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="model">The graph, whose first output is read.</param>
    /// <param name="input">The value that it reads.</param>
    /// <param name="output">The value that it gives.</param>
    /// <param name="device">What it runs on. Default <see cref="Device.Auto"/>.</param>
    /// <exception cref="FeatureTransferException">The graph has several inputs.</exception>
    public OnnxStage(string name, OnnxModel model, string input, string output, Device? device = null)
        : base(name, [Port(input, OneInput(model))], [Port(output, model.Outputs[0])])
    {
        (Model, Input, Output, Device) = (model, input, output, device);
        _session = new(() => DeviceSessions.Open(model.ToBytes(), model.Name, new SessionSettings { Device = device ?? Devices.Device.Auto }));
        GraphInput = model.Inputs[0].Name;
    }

    /// <summary>The graph.</summary>
    public OnnxModel Model { get; }

    /// <summary>The value that it reads.</summary>
    public string Input { get; }

    /// <summary>The value that it gives.</summary>
    public string Output { get; }

    /// <summary>What it runs on; null is <see cref="Devices.Device.Auto"/>.</summary>
    public Device? Device { get; }

    /// <summary>What the graph calls its input.</summary>
    [JsonIgnore]
    public string GraphInput { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var tensor = (CascadeTensor)inputs[0];
        if (tensor.Shape[0] == 0)
            return [new CascadeTensor(ReadOnlyMemory<float>.Empty, [0, .. Outputs[0].Shape.Skip(1).Select(size => (int)(size ?? 0))])];
        using var value = OrtValue.CreateTensorValueFromMemory(tensor.Values.ToArray(), [.. tensor.Shape.Select(size => (long)size)]);
        using var options = new RunOptions();
        using var results = _session.Value.Run(options, [GraphInput], [value], [Model.Outputs[0].Name]);
        return [new CascadeTensor(results[0].GetTensorDataAsSpan<float>().ToArray(), [.. results[0].GetTensorTypeAndShape().Shape.Select(size => (int)size)])];
    }

    /// <summary>Frees the session.</summary>
    public void Dispose()
    {
        if (_session.IsValueCreated)
            _session.Value.Dispose();
    }

    private static TensorInfo OneInput(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Inputs is [var only] ? only : throw new FeatureTransferException($"{model.Name}: has {model.Inputs.Count} inputs. Expected a graph with one.");
    }

    private static CascadePort Port(string name, TensorInfo tensor) => new(name, CascadeKind.Tensor) { Shape = [.. tensor.Shape] };
}
