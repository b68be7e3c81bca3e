namespace FeatureTransfer.Onnx.Gradients;

/// <summary>The mean of (z - t)^2 over rows and columns.</summary>
internal static class MeanSquaredError
{
    public static string Write(LossWriter writer, string predictions, string labels)
    {
        var difference = writer.Sub(predictions, labels);
        return writer.Loss("ReduceMean", writer.Mul(difference, difference));
    }
}
