using FeatureTransfer.Onnx.Fusion;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Devices;

/// <summary>A model that ONNX Runtime has optimized: a folder with its graph, its weights and a checksum over both.</summary>
/// <param name="folder">The folder.</param>
internal sealed class OptimizedModel(string folder)
{
    private const string GraphName = "graph.onnx";
    private const string WeightsName = "weights";
    private readonly string _graph = Path.Combine(folder, GraphName);
    private readonly string _weights = Path.Combine(folder, WeightsName);
    private readonly string _checksum = Path.Combine(folder, "checksum");

    /// <summary>Where it lies.</summary>
    public string Folder => folder;

    /// <summary>Whether it is there and undamaged.</summary>
    public bool IsSound
    {
        get
        {
            try
            {
                return File.Exists(_checksum) && File.ReadAllText(_checksum) == Checksum();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    /// <summary>Opens it; its weights are mapped, so that they are read when they are used, and processes share them.</summary>
    /// <param name="options">How to open it.</param>
    public InferenceSession Open(SessionOptions options)
    {
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        return new InferenceSession(_graph, options);
    }

    /// <summary>Opens a model and writes here what ONNX Runtime makes of it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How to open it.</param>
    public InferenceSession Make(ModelContent model, SessionOptions options)
    {
        Directory.CreateDirectory(folder);
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL;
        options.OptimizedModelFilePath = _graph;
        options.AddSessionConfigEntry("session.optimized_model_external_initializers_file_name", WeightsName);
        var session = new InferenceSession(GraphFusion.TryApply(model.Model)?.ToBytes() ?? model.Write(), options);
        File.WriteAllText(_checksum, Checksum());
        return session;
    }

    private string Checksum() => Crc32C.Of([_graph, _weights]).ToString("x8", CultureInfo.InvariantCulture);
}
