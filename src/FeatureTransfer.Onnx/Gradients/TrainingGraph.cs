namespace FeatureTransfer.Onnx.Gradients;

/// <summary>A graph that computes a loss and its gradients; made of standard operators unless other ones were asked for, it runs in any ONNX Runtime.</summary>
/// <param name="Model">The graph: the model's inputs plus one per trainable tensor, the loss, the kept tensors and the gradients.</param>
/// <param name="Loss">The output that holds the loss.</param>
/// <param name="Trainable">What learns, in the order asked for.</param>
public sealed record TrainingGraph(OnnxModel Model, string Loss, IReadOnlyList<TrainableTensor> Trainable)
{
    /// <summary>The batch normalizations that used the statistics of the batch, which are outputs too. Default none.</summary>
    public IReadOnlyList<BatchStatistic> Statistics { get; init; } = [];
}
