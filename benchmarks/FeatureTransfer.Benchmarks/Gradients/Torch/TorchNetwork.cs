using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using FeatureTransfer.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Benchmarks.Gradients.Torch;

/// <summary>A network that PyTorch exported, with its loss and gradients, in a folder that goes with this object.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ft-torch-").FullName;
    private readonly FileStream _tensors;

    /// <summary>Lets PyTorch make the network; networks.py knows the names.</summary>
    public TorchNetwork(string python, string name, int threads)
    {
        Name = name;
        if (TorchPython.Run(python, "gradients.py", [name, _folder, threads.ToString(CultureInfo.InvariantCulture)], threads) is null)
        {
            Directory.Delete(_folder, recursive: true);
            throw new InvalidOperationException($"PyTorch's side of {name} ended with an error.");
        }

        Index = JsonSerializer.Deserialize<TorchIndex>(File.ReadAllText(Path.Combine(_folder, "index.json")), JsonSerializerOptions.Web)!;
        _tensors = File.OpenRead(Path.Combine(_folder, "tensors.bin"));
    }

    public string Name { get; }

    public TorchIndex Index { get; }

    public string ModelPath => Path.Combine(_folder, "model.onnx");

    public OnnxModel Model() => OnnxModel.Load(ModelPath);

    public float[] Floats(TorchTensor tensor) => Read<float>(tensor);

    /// <summary>A tensor as the runtime takes it.</summary>
    public OrtValue Value(TorchTensor tensor) => tensor.Kind == "int64"
        ? OrtValue.CreateTensorValueFromMemory(Read<long>(tensor), tensor.Shape)
        : OrtValue.CreateTensorValueFromMemory(Read<float>(tensor), tensor.Shape);

    public void Dispose()
    {
        _tensors.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private T[] Read<T>(TorchTensor tensor)
        where T : unmanaged
    {
        var values = new T[tensor.Count];
        _tensors.Position = tensor.Offset;
        _tensors.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
