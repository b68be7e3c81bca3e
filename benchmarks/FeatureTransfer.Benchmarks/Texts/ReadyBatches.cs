using FeatureTransfer.Devices;
using FeatureTransfer.Extraction;
using FeatureTransfer.Extraction.Flow;
using FeatureTransfer.Inputs.Text;
using FeatureTransfer.Onnx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Benchmarks.Texts;

/// <summary>ONNX Runtime alone, set as extraction sets it, on the batches that extraction makes of texts, ready in memory: as many runs at once as there are cores, one thread each.</summary>
internal sealed class ReadyBatches : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly List<List<Dictionary<string, OrtValue>>> _blocks = [];

    public ReadyBatches(OnnxModel model, TextPreparation preparation, IReadOnlyList<string> texts)
    {
        _session = DeviceSessions.Open(model, model.Name, new SessionSettings { IntraOpThreads = 1, AllowSpinning = false });
        foreach (var block in Blocks(preparation, texts))
            _blocks.Add([.. WindowBatches.Of(block, WindowSettings.DefaultBatch, preparation.RunLength).Select(batch => Values(preparation, batch))]);
    }

    public void Run() => _blocks.ForEach(block => Together.Do(block, Environment.ProcessorCount, CancellationToken.None, batch =>
    {
        using var results = _session.Run(_options, batch, _session.OutputNames);
    }));

    public void Dispose()
    {
        foreach (var value in _blocks.SelectMany(block => block).SelectMany(batch => batch.Values))
            value.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    private Dictionary<string, OrtValue> Values(TextPreparation preparation, IReadOnlyList<WindowPlace> batch) =>
        preparation.Batch([.. batch.Select(place => place.Window)]).Where(tensor => _session.InputMetadata.ContainsKey(tensor.Name)).ToDictionary(tensor => tensor.Name, tensor => tensor.ToOrtValue());

    private static IEnumerable<WindowBlock<string>> Blocks(TextPreparation preparation, IReadOnlyList<string> texts)
    {
        var keeper = new FeatureKeeper([], null, 1, NullLogger.Instance);
        var reader = new WindowBlockReader<string>(preparation, keeper, new WindowSettings(WindowSettings.DefaultBatch, 1, 1));
        using var source = texts.Select(text => new FlowInput<string>(new FeatureInput(text, TextContent.Of(text)), text)).GetEnumerator();
        for (WindowBlock<string> block; ;)
        {
            yield return block = reader.Read(source, 1, CancellationToken.None);
            if (block.IsLast)
                yield break;
        }
    }
}
