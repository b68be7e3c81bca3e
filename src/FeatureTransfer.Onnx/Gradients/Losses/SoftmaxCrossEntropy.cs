namespace FeatureTransfer.Onnx.Gradients;

/// <summary>
/// -sum t log p over the classes, p being the softmax of the scores, as LogSoftmax so that no score is too large; focal: each class's
/// part times (1 - p)^gamma.
/// </summary>
internal static class SoftmaxCrossEntropy
{
    public static string Write(LossWriter writer, string logits, string labels, long classes, LossOptions options)
    {
        var logarithms = writer.Node("LogSoftmax", [logits], GraphBuilder.Int("axis", -1));
        var parts = writer.Mul(Smoothed(writer, labels, classes, options.LabelSmoothing), logarithms);
        if (options.Kind == LossKind.Focal && options.FocalGamma > 0)
            parts = writer.Mul(parts, Doubt(writer, logarithms, options.FocalGamma));
        var rows = writer.Node("Neg", [writer.SumOverClasses(parts)]);
        if (options.ClassWeights is null)
            return writer.Loss("ReduceMean", rows);

        var weights = writer.SumOverClasses(writer.Mul(labels, writer.Numbers(options.ClassWeights)));
        return writer.Loss("Div", writer.Sum(writer.Mul(rows, weights)), writer.Sum(weights));
    }

    private static string Smoothed(LossWriter writer, string labels, long classes, float smoothing) => smoothing == 0
        ? labels
        : writer.Add(writer.Mul(labels, writer.Number(1 - smoothing)), writer.Number(smoothing / classes));

    // Rounding may leave 1 - p at 0 or below, where a fractional power has no slope.
    private static string Doubt(LossWriter writer, string logarithms, float gamma)
    {
        var rest = writer.Sub(writer.Number(1), writer.Node("Exp", [logarithms]));
        return writer.Node("Pow", [writer.Node("Max", [rest, writer.Number(1e-7f)]), writer.Number(gamma)]);
    }
}
