using FeatureTransfer.Devices;
using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Onnx;
using FeatureTransfer.Onnx.Proto;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Benchmarks.Gradients.Torch;

/// <summary>Runs a model over a batch that lies in the device's memory, and leaves what comes out there.</summary>
internal sealed class DeviceRun : IDisposable
{
    private readonly OrtMemoryInfo _memory;
    private readonly RunOptions _options = new();
    private readonly InferenceSession _session;
    private readonly IDisposableReadOnlyCollection<OrtValue> _input;
    private readonly OrtIoBinding _binding;

    public DeviceRun(OnnxModel model, string name, Device device, TensorBatch tensors, int batch)
    {
        _memory = new OrtMemoryInfo(device.Kind == DeviceKind.Cuda ? "Cuda" : "Cpu", OrtAllocatorType.DeviceAllocator, device.Index, OrtMemType.Default);
        var settings = new SessionSettings { Device = device };
        using (var copy = DeviceSessions.Open(Copy(), "copy", settings))
        using (var images = tensors.InputValue(0, batch))
        using (var binding = copy.CreateIoBinding())
        {
            binding.BindInput("x", images);
            binding.BindOutputToDevice("y", _memory);
            _input = copy.RunWithBoundResults(_options, binding);
        }

        _session = DeviceSessions.Open(model, name, settings);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(_session.InputNames[0], _input[0]);
        _binding.BindOutputToDevice(_session.OutputNames[0], _memory);
    }

    public void Run()
    {
        _session.RunWithBinding(_options, _binding);
        _binding.SynchronizeBoundOutputs();
    }

    public void Dispose()
    {
        _binding.Dispose();
        _session.Dispose();
        _input.Dispose();
        _options.Dispose();
        _memory.Dispose();
    }

    /// <summary>x -> y, the same on the device.</summary>
    private static OnnxModel Copy()
    {
        var builder = new GraphBuilder("copy");
        builder.Graph.Input.Add(GraphBuilder.FloatValue(builder.Unused("x"), -1, 3, 224, 224));
        builder.Node("Abs", "y", ["x"]);
        builder.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        var proto = new ModelProto { IrVersion = 8, Graph = builder.Graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 13 });
        return new OnnxModel(proto, "copy");
    }
}
