using FeatureTransfer.Devices;
using FeatureTransfer.Inputs;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Extraction.Sessions;

/// <summary>Runs a feature graph of named inputs in ONNX Runtime. Safe to use from several threads.</summary>
internal sealed class WindowSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly UseCount _uses = new(nameof(WindowSession));
    private readonly string _name;

    public WindowSession(ModelContent model, string name, WindowPreparation preparation, SessionSettings settings)
    {
        _name = name;
        (_session, Device, _) = DeviceSessions.OpenOn(model, name, settings with { AllowSpinning = false });
        try
        {
            Shape = Run([preparation.Sample()], preparation, out _);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the model runs on.</summary>
    public Device Device { get; }

    /// <summary>The shape of a window's features.</summary>
    public int[] Shape { get; }

    /// <summary>The features of windows, one after the other.</summary>
    public float[] Run(IReadOnlyList<Window> windows, WindowPreparation preparation)
    {
        Run(windows, preparation, out var features);
        return features;
    }

    /// <summary>Waits for the runs of the moment, then frees the session.</summary>
    public void Dispose()
    {
        if (!_uses.Close())
            return;
        _runOptions.Dispose();
        _session.Dispose();
    }

    private int[] Run(IReadOnlyList<Window> windows, WindowPreparation preparation, out float[] features)
    {
        using var use = _uses.Enter();
        var tensors = preparation.Batch(windows).Where(tensor => _session.InputMetadata.ContainsKey(tensor.Name)).ToList();
        var values = tensors.ConvertAll(tensor => tensor.ToOrtValue());
        try
        {
            using var results = _session.Run(_runOptions, tensors.ConvertAll(tensor => tensor.Name), values, _session.OutputNames);
            features = results[0].GetTensorDataAsSpan<float>().ToArray();
            return [.. results[0].GetTensorTypeAndShape().Shape.Skip(1).Select(size => (int)size)];
        }
        catch (OnnxRuntimeException exception)
        {
            throw new FeatureTransferException($"{_name}: the model fails in ONNX Runtime on {string.Join(", ", tensors.Select(tensor => $"{tensor.Name} ({string.Join(", ", tensor.Shape)})"))}. {exception.Message} Look at the card's inputs, and at how the model was exported.", exception);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }
}
