namespace FeatureTransfer.Onnx.Gradients;

/// <summary>
/// The statistics of one batch in one batch normalization. After a step the stored ones become
/// <c>momentum * stored + (1 - momentum) * batch</c>.
/// </summary>
/// <param name="Mean">The initializer of the stored means, one a channel.</param>
/// <param name="Variance">The initializer of the stored variances, one a channel.</param>
/// <param name="BatchMean">The tensor of the batch's means.</param>
/// <param name="BatchVariance">The tensor of the batch's variances.</param>
/// <param name="Momentum">How much of the stored ones stays.</param>
public sealed record BatchStatistic(string Mean, string Variance, string BatchMean, string BatchVariance, float Momentum);
