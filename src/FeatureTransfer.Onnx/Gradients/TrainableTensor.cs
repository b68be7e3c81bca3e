namespace FeatureTransfer.Onnx.Gradients;

/// <summary>A tensor that learns.</summary>
/// <param name="Name">The input that takes its current values: the name of the initializer.</param>
/// <param name="Gradient">The output that holds the gradient of the loss, of the same shape.</param>
/// <param name="Shape">Its sizes, outermost first.</param>
public sealed record TrainableTensor(string Name, string Gradient, int[] Shape);
