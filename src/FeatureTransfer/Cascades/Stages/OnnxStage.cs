using System.Text.Json.Serialization;
using FeatureTransfer.Devices;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Cascades;

/// <summary>A graph of one float input as a stage; without rows it is not run.</summary>
public sealed class OnnxStage : CascadeStage, IDisposable
{
    private readonly Lazy<InferenceSession> _session;
    private readonly IReadOnlyList<string> _graphOutputs;

    /// <summary>Takes a graph; it is opened when it is first run.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="model">The graph, whose first output is read.</param>
    /// <param name="input">The value that it reads.</param>
    /// <param name="output">The value that it gives.</param>
    /// <param name="device">What it runs on. Default <see cref="Device.Auto"/>.</param>
    /// <exception cref="FeatureTransferException">The graph has several inputs.</exception>
    public OnnxStage(string name, OnnxModel model, string input, string output, Device? device = null)
        : this(name, model, input, [output], device)
    {
    }

    /// <summary>Takes a graph of several outputs.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="model">The graph.</param>
    /// <param name="input">The value that it reads.</param>
    /// <param name="outputNames">The values that it gives: the graph's first outputs, in order.</param>
    /// <param name="device">What it runs on. Default <see cref="Device.Auto"/>.</param>
    /// <exception cref="FeatureTransferException">The graph has several inputs, or fewer outputs.</exception>
    [JsonConstructor]
    public OnnxStage(string name, OnnxModel model, string input, IReadOnlyList<string> outputNames, Device? device = null)
        : base(name, [Port(input, OneInput(model))], Ports(model, outputNames))
    {
        (Model, Input, OutputNames, Device) = (model, input, outputNames, device);
        _graphOutputs = [.. model.Outputs.Take(outputNames.Count).Select(output => output.Name)];
        _session = new(() => DeviceSessions.Open(model, model.Name, new SessionSettings { Device = device ?? Devices.Device.Auto }));
        GraphInput = model.Inputs[0].Name;
    }

    /// <summary>The graph.</summary>
    public OnnxModel Model { get; }

    /// <summary>The value that it reads.</summary>
    public string Input { get; }

    /// <summary>The values that it gives.</summary>
    public IReadOnlyList<string> OutputNames { get; }

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
            return [.. Outputs.Select(output => new CascadeTensor(ReadOnlyMemory<float>.Empty, [0, .. output.Shape.Skip(1).Select(size => (int)(size ?? 0))]))];
        using var value = OrtValue.CreateTensorValueFromMemory(tensor.Values.ToArray(), [.. tensor.Shape.Select(size => (long)size)]);
        using var options = new RunOptions();
        using var results = _session.Value.Run(options, [GraphInput], [value], _graphOutputs);
        return [.. results.Select(result => new CascadeTensor(result.GetTensorDataAsSpan<float>().ToArray(), [.. result.GetTensorTypeAndShape().Shape.Select(size => (int)size)]))];
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

    private static CascadePort[] Ports(OnnxModel model, IReadOnlyList<string> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return outputs.Count <= model.Outputs.Count
            ? [.. outputs.Zip(model.Outputs, Port)]
            : throw new FeatureTransferException($"{model.Name}: has {model.Outputs.Count} outputs, and {outputs.Count} names are given.");
    }

    private static CascadePort Port(string name, TensorInfo tensor) => new(name, CascadeKind.Tensor) { Shape = [.. tensor.Shape] };
}
