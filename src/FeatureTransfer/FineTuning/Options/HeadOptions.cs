namespace FeatureTransfer.FineTuning;

/// <summary>The part that is put on top of the backbone: linear, or a perceptron with hidden layers.</summary>
public sealed record HeadOptions
{
    /// <summary>The widths of hidden layers, each followed by ReLU and dropout. Default: none, the head is linear.</summary>
    public ValueList<int> Hidden { get; init; } = [];

    /// <summary>The share of values that dropout (Srivastava and others, 2014) takes out before each linear layer of the head. Default 0.</summary>
    public double Dropout { get; init; }

    /// <summary>
    /// Whether the head takes off each feature's mean over the training rows and divides by its deviation, which lets it learn fast whatever
    /// the backbone's scale. Default true.
    /// </summary>
    public bool Standardize { get; init; } = true;
}
