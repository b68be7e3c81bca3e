using FeatureTransfer.Devices;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.FineTuning;

/// <summary>Runs the trainable part forward with weights as they are at the moment.</summary>
internal sealed class ScoringSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputs;
    private readonly string _logits;

    public ScoringSession(TuningModel model, TuningPart part, IReadOnlyList<Parameter> parameters, SessionSettings settings)
    {
        var forward = WithInputs(part.Model, parameters);
        _session = DeviceSessions.Open(forward, $"{model.Model.Name} (validation)", settings);
        _inputs = [.. part.Inputs.Select(input => input.Name), .. parameters.Select(parameter => parameter.Name)];
        _logits = model.Layout.Logits;
    }

    /// <summary>Computes the logits of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="weights">One tensor a parameter.</param>
    /// <param name="logits">Takes (rows, outputs).</param>
    public void Run(TrainingBatch batch, IReadOnlyList<OrtValue> weights, float[] logits)
    {
        OrtValue[] own = [.. batch.InputTensors()];
        using var output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, logits.AsMemory(0, batch.Rows * batch.Outputs), [batch.Rows, batch.Outputs]);
        try
        {
            _session.Run(_runOptions, _inputs, [.. own, .. weights], [_logits], [output]);
        }
        finally
        {
            foreach (var value in own)
                value.Dispose();
        }
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static OnnxModel WithInputs(OnnxModel part, IReadOnlyList<Parameter> parameters)
    {
        var proto = part.Proto.Clone();
        var names = parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var tensor in proto.Graph.Initializer.Where(tensor => names.Contains(tensor.Name)).ToList())
            proto.Graph.Initializer.Remove(tensor);
        foreach (var old in proto.Graph.Input.Where(input => names.Contains(input.Name)).ToList())
            proto.Graph.Input.Remove(old);
        proto.Graph.Input.AddRange(parameters.Select(parameter => GraphBuilder.FloatValue(parameter.Name, [.. parameter.Shape.Select(size => (long)size)])));
        proto.Graph.Output.Clear();
        proto.Graph.Output.Add(new ValueInfoProto { Name = part.Proto.Graph.Output[0].Name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } } });
        return new OnnxModel(proto, part.Name);
    }
}
