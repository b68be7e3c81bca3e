using FeatureTransfer.Heads;
using HeadFeatures = FeatureTransfer.Heads.LabelledFeatures;

namespace FeatureTransfer.Diagnostics;

/// <summary>A logistic regression that tells two samples apart; it chooses its own L2 regularization.</summary>
/// <param name="Weights">One a feature.</param>
/// <param name="Bias">What is added; both samples count alike, however many rows they have.</param>
internal sealed record DomainClassifier(float[] Weights, float Bias)
{
    /// <summary>The rows of both samples; the second is class 1.</summary>
    public static HeadFeatures Rows(double[][] first, double[][] second) => new(
        [.. first.Concat(second).SelectMany(row => row).Select(value => (float)value)],
        first[0].Length,
        [.. Enumerable.Repeat(0, first.Length), .. Enumerable.Repeat(1, second.Length)],
        2);

    /// <summary>Learns from rows.</summary>
    public static DomainClassifier Learn(HeadFeatures rows, CancellationToken cancellation)
    {
        var scale = UnitVariance.Of(rows);
        var decision = (LinearDecision)new LinearProbeOptions().Learn(scale.Apply(rows), cancellation);
        float[] weights = [.. Enumerable.Range(0, rows.Dimension).Select(i => (decision.Weights[rows.Dimension + i] - decision.Weights[i]) * scale.Factors[i])];
        var prior = Math.Log(rows.Labels.Count(label => label == 1) / (double)rows.Labels.Count(label => label == 0));
        return new DomainClassifier(weights, (float)(decision.Biases[1] - decision.Biases[0] - prior));
    }

    /// <summary>How much likelier each row of the reference is in the other sample, scaled to a mean of 1.</summary>
    public static double[] Ratios(TwoSamples samples, CancellationToken cancellation)
    {
        var rows = Rows(samples.Reference, samples.Fresh);
        var classifier = Learn(rows, cancellation);
        double[] logs = [.. Enumerable.Range(0, samples.Reference.Length).Select(row => (double)classifier.LogRatio(rows.Row(row)))];

        // Less the largest, none overflows.
        var largest = logs.Max();
        var ratios = Array.ConvertAll(logs, value => Math.Exp(value - largest));
        var mean = ratios.Average();
        return Array.ConvertAll(ratios, ratio => ratio / mean);
    }

    /// <summary>The logarithm of the ratio of the second sample's density to the first's.</summary>
    public float LogRatio(ReadOnlySpan<float> row) => System.Numerics.Tensors.TensorPrimitives.Dot(Weights, row) + Bias;
}
