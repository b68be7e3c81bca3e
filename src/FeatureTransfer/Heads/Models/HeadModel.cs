namespace FeatureTransfer.Heads;

/// <summary>What a classifier over features learned. It never changes, and any number of threads may use it.</summary>
public sealed class HeadModel
{
    internal HeadModel(HeadDecision decision, int featureLength, IReadOnlyList<string> labels, double temperature) =>
        (Decision, FeatureLength, Labels, Temperature) = (decision, featureLength, labels, temperature);

    /// <summary>The classes, in the order of the scores.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How many features a row has.</summary>
    public int FeatureLength { get; }

    /// <summary>What the logits were divided by, so that probabilities mean what they say; 1 where no temperature was fitted.</summary>
    public double Temperature { get; }

    /// <summary>The L2 regularization that <see cref="LinearProbeOptions"/> chose; null for other classifiers.</summary>
    public double? L2Regularization => (Decision as LinearDecision)?.L2Regularization;

    /// <summary>How many rows without a label <see cref="SelfTrainingOptions"/> gave one in its last round; null where it met none, and for other classifiers.</summary>
    public int? PseudoLabelledRows => (Decision as LinearDecision)?.PseudoLabelled;

    /// <summary>The weights and the bias of a class; null where the classifier has none: it compares with the training rows.</summary>
    /// <param name="label">The place of the class among <see cref="Labels"/>.</param>
    public (ReadOnlyMemory<float> Weights, float Bias)? WeightsOf(int label) =>
        Decision is LinearDecision linear ? (linear.Weights.AsMemory(label * FeatureLength, FeatureLength), linear.Biases[label]) : null;

    internal HeadDecision Decision { get; }
}
