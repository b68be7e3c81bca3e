namespace FeatureTransfer.Onnx.Gradients;

/// <summary>
/// -w t log s - (1 - t) log(1 - s), s being the sigmoid of the score and w the weight of yes, as (1 - t + w t) softplus(z) - w t z, so
/// that no score is too large.
/// </summary>
internal static class BinaryCrossEntropy
{
    public static string Write(LossWriter writer, string logits, string labels, LossOptions options)
    {
        var targets = options.LabelSmoothing == 0
            ? labels
            : writer.Add(writer.Mul(labels, writer.Number(1 - options.LabelSmoothing)), writer.Number(options.LabelSmoothing / 2));
        var softplus = writer.Node("Softplus", [logits]);
        if (options.ClassWeights is null)
            return writer.Loss("ReduceMean", writer.Sub(softplus, writer.Mul(targets, logits)));

        var yes = writer.Mul(targets, writer.Numbers(options.ClassWeights));
        var both = writer.Add(writer.Sub(writer.Number(1), targets), yes);
        return writer.Loss("ReduceMean", writer.Sub(writer.Mul(both, softplus), writer.Mul(yes, logits)));
    }
}
