using FeatureTransfer.Devices;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Cascades;

/// <summary>A graph of one float input as a stage; without rows it is not run.</summary>
public sealed class OnnxStage : CascadeStage, IDisposable
{
    private readonly InferenceSession _session;
    private readonly IReadOnlyList<string> _outputs;

    /// <summary>Opens a graph.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="model">The graph, whose first output is read.</param>
    /// <param name="input">The value that it reads.</param>
    /// <param name="output">The value that it gives.</param>
    /// <param name="device">What it runs on. Default <see cref="Device.Auto"/>.</param>
    /// <exception cref="FeatureTransferException">The graph cannot be opened, or has several inputs.</exception>
    public OnnxStage(string name, OnnxModel model, string input, string output, Device? device = null)
        : this(name, model, input, [output], device)
    {
    }

    /// <summary>Opens a graph of several outputs.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="model">The graph.</param>
    /// <param name="input">The value that it reads.</param>
    /// <param name="outputs">The values that it gives: the graph's first outputs, in order.</param>
    /// <param name="device">What it runs on. Default <see cref="Device.Auto"/>.</param>
    /// <exception cref="FeatureTransferException">The graph cannot be opened, has several inputs, or fewer outputs.</exception>
    public OnnxStage(string name, OnnxModel model, string input, IReadOnlyList<string> outputs, Device? device = null)
        : base(name, [Port(input, OneInput(model))], Ports(model, outputs))
    {
        _outputs = [.. model.Outputs.Take(outputs.Count).Select(output => output.Name)];
        _session = DeviceSessions.Open(model.ToBytes(), model.Name, new SessionSettings { Device = device ?? Device.Auto });
        GraphInput = model.Inputs[0].Name;
    }

    /// <summary>What the graph calls its input.</summary>
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
        using var results = _session.Run(options, [GraphInput], [value], _outputs);
        return [.. results.Select(result => new CascadeTensor(result.GetTensorDataAsSpan<float>().ToArray(), [.. result.GetTensorTypeAndShape().Shape.Select(size => (int)size)]))];
    }

    /// <summary>Frees the session.</summary>
    public void Dispose() => _session.Dispose();

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
