using FeatureTransfer.Devices;
using FeatureTransfer.Onnx.Gradients;
using FeatureTransfer.Onnx.Memory;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.FineTuning;

/// <summary>Runs forward and backward in one graph: a batch in, the loss and the gradients out, into the parameters' own memory.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly float[] _loss = new float[1];
    private readonly OrtValue _lossTensor;
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly RunningStatistics _statistics;
    private readonly AlignmentStrength? _alignment;

    public TrainingSession(
        TuningModel model, TuningPart part, IReadOnlyList<Parameter> parameters, IReadOnlyList<Parameter> statistics, FineTuneOptions options, float[]? classWeights, bool aligned, SessionSettings settings)
    {
        _parameters = parameters;
        var masks = DropoutMasks.Insert(part.Model, model.Layout, options.Head.Dropout);
        var (whole, loss, labels) = LossGraph.Append(masks.Model, model.Layout.Logits, TrainingLoss.Of(model.Layout.Task, options.Loss, classWeights));
        var request = new GradientRequest
        {
            Loss = loss,
            Trainable = [.. parameters.Select(parameter => parameter.Name)],
            BatchStatistics = statistics.Count > 0,
            UseKernels = DeviceSessions.RunsOnCpu(settings.Device),
        };
        if (aligned)
        {
            _alignment = new AlignmentStrength(options.Alignment);
            request = AlignmentGraph.Append(whole, labels, model.Layout, options, request);
        }

        var graph = GradientGraph.Build(whole, request);
        _statistics = new RunningStatistics(graph.Statistics, statistics.ToDictionary(statistic => statistic.Name, StringComparer.Ordinal));
        MaskWidths = masks.Widths;
        _session = DeviceSessions.Open(graph.Model, $"{model.Model.Name} (training)", settings with { SharesMemory = true });
        _inputs = [.. part.Inputs.Select(input => input.Name), .. masks.Inputs, labels, .. aligned ? [AlignmentGraph.Strength] : Array.Empty<string>(), .. parameters.Select(parameter => parameter.Name)];
        _outputs = [graph.Loss, .. graph.Trainable.Select(tensor => tensor.Gradient), .. _statistics.Outputs];
        _lossTensor = OrtValue.CreateTensorValueFromMemory(_loss, [.. _session.OutputMetadata[graph.Loss].Dimensions.Select(size => (long)size)]);
    }

    /// <summary>The width of each mask of the head's dropout.</summary>
    public IReadOnlyList<int> MaskWidths { get; }

    /// <summary>Computes the gradients of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="progress">How much of the stage is done, 0 to 1.</param>
    /// <returns>The mean loss of the batch.</returns>
    public double Run(TrainingBatch batch, double progress)
    {
        OrtValue[] own = [.. batch.InputTensors(), .. batch.MaskTensors(), batch.TargetTensor()];
        OrtValue[] strength = _alignment is null ? [] : [_alignment.At(progress)];
        try
        {
            _session.Run(
                _runOptions,
                _inputs,
                [.. own, .. strength, .. _parameters.Select(parameter => parameter.Tensor)],
                _outputs,
                [_lossTensor, .. _parameters.Select(parameter => parameter.GradientTensor), .. _statistics.Tensors]);
            return _loss[0];
        }
        finally
        {
            foreach (var value in own)
                value.Dispose();
        }
    }

    /// <summary>Moves the stored statistics of batch normalizations towards those of the last batch, where they are to move.</summary>
    public void UpdateStatistics() => _statistics.Update();

    public void Dispose()
    {
        _statistics.Dispose();
        _alignment?.Dispose();
        _lossTensor.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
        TrainingMemory.Trim();
    }
}
