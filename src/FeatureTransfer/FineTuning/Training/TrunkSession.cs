using FeatureTransfer.Devices;
using FeatureTransfer.Onnx.Memory;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.FineTuning;

/// <summary>
/// Runs the frozen part over the images of a batch, where they are other ones in each epoch. It works for the next batch while the last one
/// is learned from.
/// </summary>
internal sealed class TrunkSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _outputs;
    private readonly bool _rowByRow;

    public TrunkSession(TuningModel model, TuningPart part, TuningPart whole, int batchSize, SessionSettings settings)
    {
        _outputs = [.. part.Inputs.Select(input => input.Name)];
        _rowByRow = model.FeatureModel.HasFixedBatch;
        _session = DeviceSessions.Open(GraphCutter.Cut(model.FeatureModel, _outputs), $"{model.Model.Name} (frozen part)", settings with { SharesMemory = true, OptimizedFolder = FeatureTransferPaths.Optimized });
        Images = new TrainingBatch(whole.Inputs, model.Outputs, [], batchSize);
    }

    /// <summary>The images, with their labels, to fill before each run.</summary>
    public TrainingBatch Images { get; }

    /// <summary>Computes what the trainable part begins with; labels come along.</summary>
    public void Run(TrainingBatch batch)
    {
        batch.Rows = Images.Rows;
        Images.Targets.CopyTo(batch.Targets, 0);
        for (var row = 0; row < Images.Rows; row += _rowByRow ? 1 : Images.Rows)
            Run(batch, row, _rowByRow ? 1 : Images.Rows);
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
        TrainingMemory.Trim();
    }

    private void Run(TrainingBatch batch, int first, int rows)
    {
        OrtValue[] images = [.. Images.InputTensors(first, rows)];
        OrtValue[] activations = [.. batch.InputTensors(first, rows)];
        try
        {
            _session.Run(_runOptions, [_session.InputNames[0]], images, _outputs, activations);
        }
        finally
        {
            foreach (var value in images.Concat(activations))
                value.Dispose();
        }
    }
}
